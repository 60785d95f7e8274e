/** Doom keeps the contract of environments, whatever is observed and however one acts. */
import { describe, expect, it } from 'vitest'
import { DoomEnv, type DoomOptions } from '../../envs/doom/index.js'
import { checkEnv, make } from '../../src/env/index.js'

/** A check makes some twenty environments, each with an engine of its own. */
const LIMIT_MS = 120_000

const small: DoomOptions = { resolution: 'RES_160X120' }

describe('Doom', () => {
  // Every button by itself is checked with the registered ids.
  it('keeps every rule of the checker with the heads of a culture and without a picture', { timeout: LIMIT_MS }, async () => {
    expect(await checkEnv(() => DoomEnv.create({ ...small, actions: 'heads', screen: null, features: {} }), { steps: 80 })).toEqual([])
  })

  it('keeps them with delta buttons, everything observed and a picture', { timeout: LIMIT_MS }, async () => {
    const options: DoomOptions = {
      ...small,
      buttons: ['ATTACK', 'TURN_LEFT_RIGHT_DELTA', 'MOVE_LEFT_RIGHT_DELTA'],
      actions: 'mixed',
      screen: { format: 'grey', crop: [0, 20, 0, 0], size: [50, 80] },
      depth: true,
      labels: true,
      automap: {},
      features: {},
      renderMode: 'rgb_array',
    }
    expect(await checkEnv(() => make('Doom-v0', options), { steps: 80 })).toEqual([])
  })
})
