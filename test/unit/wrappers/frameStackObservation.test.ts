import { describe, expect, expectTypeOf, it } from 'vitest'
import { wrap } from '../../../src/env/index.js'
import { Box, Dict, Discrete, Graph, MultiDiscrete } from '../../../src/spaces/index.js'
import { frameStackObservation } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('frameStackObservation', () => {
  it.each([false, true])('shows the latest observations, oldest first (buffers reused: %s)', (reusesBuffers) => {
    const env = wrap(new CountingEnv(100, reusesBuffers), frameStackObservation({ stackSize: 3 }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box>()
    expect(env.observationSpace.shape).toEqual([3, 2])
    for (let episode = 0; episode < 2; episode++) {
      expect([...env.reset().observation]).toEqual([0, 10, 0, 10, 0, 10])
      expect([...env.step(0).observation]).toEqual([0, 10, 0, 10, 1, 9])
      env.step(0)
      expect([...env.step(0).observation]).toEqual([1, 9, 2, 8, 3, 7])
    }
    expect(env.reusesBuffers).toBe(reusesBuffers)
  })

  it('begins with zeros where asked to', () => {
    const env = wrap(new CountingEnv(), frameStackObservation({ stackSize: 2, padding: 'zero' }))
    expect(env.reset().observation).toEqual(Float32Array.of(0, 0, 0, 10))
    expect(env.step(0).observation).toEqual(Float32Array.of(0, 10, 1, 9))
  })

  it('stacks every kind of space as its batch space does', async () => {
    const space = new Dict({ choice: new Discrete({ n: 3, start: 4 }), place: new Box({ low: 0, high: 1, shape: [2] }) })
    const env = wrap(showing(space, { choice: 5, place: Float32Array.of(0, 1) }), frameStackObservation({ stackSize: 2, padding: 'zero' }))
    expectTypeOf(first(env).choice).toEqualTypeOf<Int32Array>()
    expect(first(env)).toEqual({ choice: Int32Array.of(4, 5), place: Float32Array.of(0, 0, 0, 1) })
    expect(env.observationSpace.spaces.choice.equals(new MultiDiscrete({ nvec: [3, 3], start: 4 }))).toBe(true)
    const nodeSpace = new Box({ low: 0, high: 1, shape: [1] })
    const graph = showing(new Graph({ nodeSpace }), { nodes: [Float32Array.of(1)], edgeLinks: new Int32Array() })
    const graphs = wrap(graph, frameStackObservation({ stackSize: 2 }))
    const shown = first(graphs)
    expect(shown).toHaveLength(2)
    // What is shown is the user's to write to.
    shown[1].nodes[0].fill(0)
    expect(graphs.step(0).observation[0].nodes).toEqual([Float32Array.of(1)])
    expect(await errorCode(() => wrap(graph, frameStackObservation({ stackSize: 2, padding: 'zero' })))).toBe('env/wrapper-space')
  })
})
