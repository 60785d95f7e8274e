import { describe, expect, it } from 'vitest'
import { PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box } from '../../../src/spaces/index.js'
import { grayscaleObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

const image = (high = 255, shape = [2, 2, 3]) => new Box({ low: 0, high, shape, dtype: 'uint8' })
// red, green, blue, a mixture
const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30)

describe('grayscaleObservation', () => {
  // 255 * 0.2125 = 54.19, 255 * 0.7154 = 182.43, 255 * 0.0721 = 18.39, 2.125 + 14.308 + 2.163 = 18.596: the weights of Gymnasium's wrapper.
  it('weighs red, green and blue by their luminance', () => {
    const env = wrap(showing(image(), pixels), grayscaleObservation())
    expect(first(env)).toEqual(Uint8Array.of(54, 182, 18, 19))
    expect(env.observationSpace.equals(new Box({ low: 0, high: 255, shape: [2, 2], dtype: 'uint8' }))).toBe(true)
  })

  it('keeps a channel where asked to', () => {
    expect(wrap(showing(image(), pixels), grayscaleObservation({ keepChannel: true })).observationSpace.shape).toEqual([2, 2, 1])
  })

  it('leaves grey the same grey', () => {
    for (let grey = 0; grey < 256; grey++) {
      const env = wrap(showing(image(255, [1, 1, 3]), Uint8Array.of(grey, grey, grey)), grayscaleObservation())
      expect(first(env)).toEqual(Uint8Array.of(grey))
    }
  })

  it('refuses what is no colour image of bytes', async () => {
    expect(await errorCode(() => wrap(showing(image(1), new Uint8Array(12)), grayscaleObservation()))).toBe('env/wrapper-space')
    expect(await errorCode(() => wrap(showing(image(255, [3, 4]), new Uint8Array(12)), grayscaleObservation()))).toBe('env/wrapper-space')
    const twoChannels = showing(image(255, [3, 2, 2]), new Uint8Array(12))
    expect(await errorCode(() => wrap(twoChannels, grayscaleObservation()))).toBe('env/wrapper-space')
    // @ts-expect-error floats
    expect(await errorCode(() => wrap(new PendulumEnv(), grayscaleObservation()))).toBe('env/wrapper-space')
  })
})
