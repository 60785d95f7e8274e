import { describe, expect, it } from 'vitest'
import { PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box } from '../../../src/spaces/index.js'
import { reshapeObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'

describe('reshapeObservation', () => {
  it('changes the shape and neither bounds nor numbers', () => {
    const inner = new PendulumEnv()
    const env = wrap(inner, reshapeObservation({ shape: [1, 3, 1] }))
    expect(env.observationSpace.equals(new Box({ low: [-1, -1, -8], high: [1, 1, 8], shape: [1, 3, 1] }))).toBe(true)
    expect(env.reset({ options: { state: [0, 4] } }).observation).toEqual(Float32Array.of(1, 0, 4))
  })

  it('refuses another number of elements', async () => {
    expect(await errorCode(() => wrap(new PendulumEnv(), reshapeObservation({ shape: [2, 2] })))).toBe('env/wrapper-space')
    expect(await errorCode(() => reshapeObservation({ shape: [1.5, 2] }))).toBe('parameter/invalid')
  })
})
