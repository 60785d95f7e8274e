import { describe, expect, it } from 'vitest'
import { wrap } from '../../../src/env/index.js'
import { Box, Dict, Discrete, Graph, MultiDiscrete, OneOf, Sequence, Text, Tuple } from '../../../src/spaces/index.js'
import { delayObservation } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('delayObservation', () => {
  it.each([false, true])('shows observations late, zero first, in every episode (buffers reused: %s)', (reusesBuffers) => {
    const env = wrap(new CountingEnv(4, reusesBuffers), delayObservation({ steps: 2 }))
    for (let episode = 0; episode < 2; episode++) {
      const shown = [env.reset({ seed: 1 }).observation, ...Array.from({ length: 4 }, () => env.step(0).observation)]
      expect(shown.map((observation) => [...observation])).toEqual([[0, 0], [0, 0], [0, 10], [1, 9], [2, 8]])
    }
  })

  it('changes nothing with a delay of 0', () => {
    const env = wrap(new CountingEnv(), delayObservation({ steps: 0 }))
    expect(env.reset().observation).toEqual(Float32Array.of(0, 10))
    expect(env.step(0).observation).toEqual(Float32Array.of(1, 9))
  })

  it('begins with the member nearest to zero, whatever the space', async () => {
    const far = new Box({ low: [2, -5, -1], high: [4, -3, 1] })
    const space = new Dict({
      far,
      choice: new Discrete({ n: 3, start: 7 }),
      pads: new MultiDiscrete({ nvec: [2, 2], start: [1, 5] }),
      events: new Sequence({ space: new Discrete({ n: 2 }) }),
      either: new OneOf([new Discrete({ n: 2 }), far]),
      pair: new Tuple([new Discrete({ n: 2 }), new Text({ maxLength: 4, minLength: 2, charset: 'xyz' })]),
    })
    const value = {
      far: Float32Array.of(3, -4, 0),
      choice: 8,
      pads: Int32Array.of(2, 6),
      events: [1],
      either: { index: 0, value: 1 },
      pair: [1, 'zzz'],
    } as const
    expect(first(wrap(showing(space, value), delayObservation({ steps: 1 })))).toEqual({
      far: Float32Array.of(2, -3, 0),
      choice: 7,
      pads: Int32Array.of(1, 5),
      events: [],
      either: { index: 0, value: 0 },
      pair: [0, 'xx'],
    })
    const graph = new Graph({ nodeSpace: far })
    const nodes = { nodes: [Float32Array.of(3, -4, 0)], edgeLinks: new Int32Array() }
    expect(await errorCode(() => wrap(showing(graph, nodes), delayObservation({ steps: 1 })))).toBe('env/wrapper-space')
  })

  it('refuses a state that it did not save', async () => {
    const hooks = delayObservation({ steps: 1 })(new CountingEnv() as never)
    for (const state of [null, { underWay: 3 }, { underWay: [[0, 0], [0, 0]] }]) {
      expect(await errorCode(() => hooks.load?.(state))).toBe('env/state')
    }
    expect(await errorCode(() => hooks.load?.({ underWay: ['x'] }))).toBe('space/value')
  })
})
