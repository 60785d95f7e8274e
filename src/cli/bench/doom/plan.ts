/** What `bl1 bench doom` measures: games beside the same loop in Python, calls that do nothing, and cultures at play. */
import { Rng } from '../../../rng.js'
import type { DoomSetup, GamesSetup, Transport } from './setup.js'

/** Games under one setting. */
export interface GamesCase {
  readonly screen: string
  readonly tics: number
  readonly games: number
  /** Without the transport, which differs between the sides. */
  readonly setup: Omit<GamesSetup, 'transport'>
}

/** Everything, in the order in which it is measured. */
export interface DoomPlan {
  readonly games: readonly GamesCase[]
  readonly neurons: readonly number[]
}

/** ZeroMQ first: it is the default. */
export const TRANSPORTS = ['zeromq', 'pipe'] as const satisfies readonly Transport[]

const SCREENS = [
  { screen: '160 x 120 grey', resolution: 'RES_160X120', format: 'grey' },
  { screen: '320 x 240 RGB', resolution: 'RES_320X240', format: 'rgb' },
] as const
const TICS = [1, 4] as const
const GAMES = [1, 2] as const
const NEURONS = [1000, 10_000] as const
const SCENARIO = 'basic'
/** Buttons of that scenario: left, right, attack. */
const BUTTONS = 3
/** Actions taken round and round, and episodes likewise. */
const ACTIONS = 1021
const EPISODES = 16

/** The same actions and episodes in every case and on every side. */
const setupOf = ({ resolution, format }: (typeof SCREENS)[number], tics: number, games: number): GamesCase['setup'] => {
  const rng = Rng.fromSeed(1).split('actions')
  return {
    kind: 'games',
    scenario: SCENARIO,
    resolution,
    format,
    tics,
    actions: Array.from({ length: ACTIONS }, () => rng.integer(2 ** BUTTONS)),
    seeds: Array.from({ length: games }, (_, game) => Array.from({ length: EPISODES }, (__, episode) => game * EPISODES + episode)),
  }
}

/** @param quick one setting of the games, and the small culture */
export const doomPlan = (quick: boolean): DoomPlan => ({
  games: (quick ? GAMES.slice(0, 1) : GAMES).flatMap((games) =>
    (quick ? SCREENS.slice(0, 1) : SCREENS).flatMap((screen) =>
      (quick ? TICS.slice(1) : TICS).map((tics) => ({ screen: screen.screen, tics, games, setup: setupOf(screen, tics, games) })),
    ),
  ),
  neurons: quick ? NEURONS.slice(0, 1) : NEURONS,
})

/** A culture at play. */
export const cultureSetup = (neurons: number): DoomSetup => ({ kind: 'culture', scenario: SCENARIO, neurons, seed: 1 })
