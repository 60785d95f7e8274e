/** The tests of the model once more, with the reference in the place of the fast engine: both must keep to the published equations. */
import { expect, it, vi } from 'vitest'
import type * as Engines from '../../../../src/culture/engine/createEngine.js'
import { Culture } from '../../../../src/culture/index.js'

vi.mock('../../../../src/culture/engine/createEngine.js', async (importOriginal) => {
  const original = await importOriginal<typeof Engines>()
  const { createEngine } = original
  const withReference: typeof createEngine = (snapshot, threading) =>
    createEngine({ ...snapshot, parameters: { ...snapshot.parameters, engine: 'reference' } }, threading)
  return { ...original, createEngine: withReference }
})

it('runs on the reference, whose columns lie in no memory of WebAssembly', () => {
  expect(Culture.grow({ neurons: 3 }, 1).state.v.buffer.byteLength).toBe(3 * 4)
})

await import('../izhikevich.test.js')
await import('../receptors.test.js')
await import('../shortTerm.test.js')
await import('../longTerm.test.js')
await import('../reward.test.js')
await import('../noise.test.js')
await import('../pairs.test.js')
