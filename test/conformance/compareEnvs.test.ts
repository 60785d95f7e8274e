/** compareEnvs: says where two environments differ first, or that they do not. */
import { describe, expect, it } from 'vitest'
import { compareEnvs, make, toAsync, wrap } from '../../src/env/index.js'
import { Box } from '../../src/spaces/index.js'
import { timeLimit } from '../../src/wrappers/index.js'
import { change, put } from './broken/patch.js'
import { WalkEnv } from './walkEnv.js'

/** A walk that is changed from the third step of the second episode on. */
const changedLater = (to: (observation: Float32Array) => object): WalkEnv => {
  const env = new WalkEnv()
  let [episode, step] = [-1, 0]
  change(env, 'reset', (result) => {
    episode++
    step = 0
    return result
  })
  change(env, 'step', (result) => (++step === 3 && episode === 1 ? { ...result, ...to(result.observation) } : result))
  return env
}

describe('compareEnvs', () => {
  it('finds no difference between equal environments of either kind', async () => {
    expect(await compareEnvs(new WalkEnv(), toAsync(new WalkEnv()), { steps: 30, seed: 4 })).toBeUndefined()
    const made = await make('Walk-v0', { renderMode: 'ansi' })
    expect(await compareEnvs(made, new WalkEnv({ renderMode: 'ansi' }), { steps: 30 })).toBeUndefined()
  })

  it('names the episode, the step, the place and both values of the first difference', async () => {
    const found = await compareEnvs(new WalkEnv(), changedLater(() => ({ reward: 2 })), { steps: 30 })
    expect(found).toEqual({ episode: 1, step: 3, path: 'reward', a: 0, b: 2 })
    const inArray = await compareEnvs(new WalkEnv(), changedLater(([x]) => ({ observation: new Float32Array([x + 1]) })), { steps: 30 })
    expect(inArray).toMatchObject({ episode: 1, step: 3, path: 'observation[0]' })
    expect(Number(inArray?.b) - Number(inArray?.a)).toBeCloseTo(1, 5)
  })

  it('lets numbers lie apart by the tolerance and no more', async () => {
    const near = (): WalkEnv => changedLater(([x]) => ({ observation: new Float32Array([x + 0.01]) }))
    expect(await compareEnvs(new WalkEnv(), near(), { steps: 30, tolerance: 0.011 })).toBeUndefined()
    expect(await compareEnvs(new WalkEnv(), near(), { steps: 30, tolerance: 0.009 })).toMatchObject({ path: 'observation[0]' })
  })

  it('compares infos unless told not to', async () => {
    const chatty = (): WalkEnv => changedLater(() => ({ info: { score: 3 } }))
    expect(await compareEnvs(new WalkEnv(), chatty(), { steps: 30 })).toMatchObject({ path: 'info.score', a: undefined, b: 3 })
    expect(await compareEnvs(new WalkEnv(), chatty(), { steps: 30, infos: false })).toBeUndefined()
  })

  it('compares what both show', async () => {
    const other = new WalkEnv({ renderMode: 'ansi' })
    put(other, 'render', () => 'elsewhere')
    const found = await compareEnvs(new WalkEnv({ renderMode: 'ansi' }), other)
    expect(found).toMatchObject({ episode: 0, step: 0, path: 'rendered', b: 'elsewhere' })
  })

  it('finds different spaces and different ends', async () => {
    const wider = new WalkEnv()
    put(wider, 'observationSpace', new Box({ low: -10, high: 11, shape: [1] }))
    expect(await compareEnvs(new WalkEnv(), wider)).toEqual({ episode: 0, step: 0, path: 'observationSpace.high', a: 10, b: 11 })
    const cut = wrap(new WalkEnv(), timeLimit({ maxEpisodeSteps: 2 }))
    expect(await compareEnvs(new WalkEnv(), cut)).toMatchObject({ episode: 0, step: 2, path: 'truncated', a: false, b: true })
  })
})
