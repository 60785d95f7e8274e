/** How spikes play a game: fixed decoders whose gains come from the rest, and nothing of which changes in play. */
import { describe } from '../../../src/describe.js'
import { Bl1Error } from '../../../src/errors.js'
import { boardLayout, groupDecoder, motorRegionDecoder, type DecodedHead, type Decoder } from '../../../src/loop/index.js'
import { arrayLayout, type ArrayLayout } from '../../../src/mea/index.js'
import { Discrete, MultiBinary, MultiDiscrete, type Space } from '../../../src/spaces/index.js'
import { readoutOf } from '../cultureEnv.js'
import { DEFAULT_GAME, type CultureGameParameters } from './parameters.js'

/** Turns the spikes of a step into an action of the game. */
export interface GamePlayer {
  /** Electrodes it reads. */
  readonly channels: readonly number[]
  /** One step of rest: gains are learned. */
  adapt(counts: Float64Array, stepMs: number): void
  /** The action for the spikes of the last step: a member of the game's action space. */
  act(counts: Float64Array, stepMs: number): unknown
}

/** How many options each choice of an action has, and what the choices are as an action. */
interface Buttons {
  readonly options: readonly number[]
  readonly toAction: (choices: readonly number[]) => unknown
}

const buttonsOf = (space: Space, game: string): Buttons => {
  if (space instanceof Discrete) return { options: [space.n], toAction: ([choice]) => space.start + choice }
  if (space instanceof MultiDiscrete) return { options: space.nvec, toAction: (choices) => space.start.map((first, i) => first + choices[i]) }
  if (space instanceof MultiBinary) return { options: Array.from({ length: space.size }, () => 2), toAction: (choices) => Uint8Array.from(choices) }
  throw new Bl1Error('culture-env/game', { game, expected: 'a game played with buttons (actions in Discrete, MultiDiscrete or MultiBinary)', received: describe(space.toJSON()) })
}

/** Electrodes column by column from the left, cut into equal parts: one for each option but the first of every choice. */
const columnGroups = (channels: readonly number[], options: readonly number[], layout: ArrayLayout): number[][][] => {
  const sorted = [...channels].sort((a, b) => layout.xUm[a] - layout.xUm[b] || layout.yUm[a] - layout.yUm[b])
  const parts = options.reduce((sum, count) => sum + count - 1, 0)
  let part = 0
  return options.map((count) =>
    Array.from({ length: count - 1 }, () => {
      const from = Math.floor((part * sorted.length) / parts)
      part++
      return sorted.slice(from, Math.floor((part * sorted.length) / parts))
    }))
}

const motorGroupsOf = (parameters: CultureGameParameters, { options }: Buttons): readonly (readonly (readonly number[])[])[] => {
  const { game, motorGroups, stimulation, mea } = parameters
  const isFree = (channel: number): boolean => !stimulation.channels.includes(channel)
  if (motorGroups === null) {
    const { up, down } = boardLayout()
    return game === DEFAULT_GAME ? [[up.filter(isFree), down.filter(isFree)]] : columnGroups(readoutOf(parameters), options, arrayLayout(mea.layout))
  }
  const [wanted, given] = [options.map((count) => count - 1), motorGroups.map((groups) => groups.length)]
  if (wanted.join() === given.join()) return motorGroups
  throw new Bl1Error('culture-env/motor-groups', { game, expected: wanted, received: given })
}

const playerOf = <A>(decoder: Decoder<A>, toAction: (decoded: A) => unknown): GamePlayer => ({
  channels: decoder.channels,
  adapt: (counts, stepMs) => decoder.adapt(counts, stepMs),
  act: (counts, stepMs) => toAction(decoder.decode(counts, stepMs)),
})

/**
 * The player of a game. Pong's paddle follows the more active of two regions (`motorRegionDecoder`); elsewhere, in each choice of an
 * action, the most active group wins (`groupDecoder`). Both look at the last step alone.
 * @throws Bl1Error `culture-env/game`, `culture-env/motor-groups`, `loop/channels`
 */
export const gamePlayer = (parameters: CultureGameParameters, actionSpace: Space): GamePlayer => {
  const { game } = parameters
  const buttons = buttonsOf(actionSpace, game)
  const heads = motorGroupsOf(parameters, buttons).map((groups, i): DecodedHead => ({ name: `choice ${i}`, groups }))
  if (game !== DEFAULT_GAME) return playerOf(groupDecoder({ memoryMs: 0 }, heads), buttons.toAction)
  const [{ groups: [up, down] }] = heads
  return playerOf(motorRegionDecoder({ memoryMs: 0 }, { up, down }), (choice) => buttons.toAction([choice]))
}
