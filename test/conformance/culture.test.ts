/** Cultures as environments keep the contract, single and in vectors, whatever is asked of them. */
import { describe, expect, it } from 'vitest'
import { CultureControlEnv, cultureControlVector, CultureGameEnv, cultureGameVector } from '../../envs/culture/index.js'
import { checkEnv } from '../../src/env/index.js'
import { checkVectorEnv } from '../../src/vector/index.js'

const tiny = { culture: { neurons: 50 }, dish: { settleSeconds: 0.1 } } as const
const settings = { maxEpisodeSteps: 8 }
const game = { ...tiny, restSeconds: 1 } as const

describe('CultureControl-v0', () => {
  // With its defaults it is checked with the registered ids.
  it('keeps every rule of the checker while the culture lives on', async () => {
    expect(await checkEnv(() => new CultureControlEnv({ ...tiny, task: 'suppressBursts', continuing: true }, settings), { steps: 30 })).toEqual([])
  })

  it('keeps those of vectors', async () => {
    const vector = () => cultureControlVector({ count: 2, maxEpisodeSteps: 8, envOptions: tiny })
    expect(await checkVectorEnv(vector, { steps: 20, single: () => new CultureControlEnv(tiny, settings) })).toEqual([])
  })
})

describe('CultureGame-v0', () => {
  // By itself it is checked with the registered ids.
  it('keeps those of vectors', async () => {
    const vector = () => cultureGameVector({ count: 2, autoreset: 'disabled', reuseBuffers: true, envOptions: game })
    expect(await checkVectorEnv(vector, { steps: 40, single: () => CultureGameEnv.create(game, { maxEpisodeSteps: 1000 }) })).toEqual([])
  })
})
