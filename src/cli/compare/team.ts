/** Trained agents in a comparison: their encoders and decoders, and copies of the cultures that they were trained around. */
import { startBackend, trainedDecoder, trainedEncoder, trainedHeadsDecoder, type CultureAgent } from '../../../agents/index.js'
import type { PlayerOf } from '../../bench/index.js'
import { Culture } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { Dishes, type Decoder, type Encoder } from '../../loop/index.js'
import { Rng } from '../../rng.js'
import type { Space } from '../../spaces/index.js'
import { newCultureAgent, shapeOf, type Shape } from '../train/build.js'
import { readState, type TrainingState } from '../train/state.js'

/** A trial has one thread. */
const ONE_THREAD = { threads: 1 } as const

/** The spaces of the game that is compared in. */
export interface GameSpaces {
  readonly observationSpace: Space
  readonly actionSpace: Space
}

/** The agents of a comparison, the first seed with the first agent, and so on around. */
export interface Team {
  /** The culture of a seed. */
  grow(seed: number): Culture
  /** Players of a game with one action. */
  players(spaces: GameSpaces): PlayerOf<number>
  /** Players of a game pad with several heads. */
  padPlayers(spaces: GameSpaces): PlayerOf<readonly number[]>
}

/** The same pulses at other electrodes. */
const moved = (encoder: Encoder, channels: readonly number[]): Encoder => {
  const places = new Map(encoder.channels.map((channel, k) => [channel, channels[k]]))
  return {
    name: encoder.name,
    channels,
    reset: () => encoder.reset(),
    encode: (observation, tickMs) => encoder.encode(observation, tickMs).map((pulse) => ({ ...pulse, channel: places.get(pulse.channel) ?? pulse.channel })),
  }
}

/** A culture as the checkpoint holds it, with the noise of a seed. */
const copyOf = ({ parts: { substrate } }: TrainingState, dish: number, seed: number): Culture => {
  const dishes = Dishes.restore(substrate, ONE_THREAD)
  try {
    const from = dish % dishes.count
    dishes.loadOne(from, dishes.saveOne(from), Rng.fromSeed(seed).split('copy').uint32())
    return Culture.restore(dishes.batch.cultures[from].snapshot(), ONE_THREAD)
  } finally {
    dishes.close()
  }
}

/**
 * Reads the agents.
 * @param files their checkpoints
 * @param firstSeed of the comparison
 * @throws Bl1Error `checkpoint/...`, `trained/unfit`, `agents/backend`
 */
export const loadTeam = async (files: readonly string[], firstSeed: number): Promise<Team> => {
  const states = files.map((file) => {
    const state = readState(file)
    if (state.config.substrate !== 'culture') throw new Bl1Error('trained/unfit', { file, reason: 'no culture lives in its dish' })
    return state
  })
  await startBackend(states[0].config.training.backend)
  const placeOf = (seed: number): number => seed - firstSeed
  const grow = (seed: number): Culture => copyOf(states[placeOf(seed) % states.length], Math.floor(placeOf(seed) / states.length), seed)

  const playersWith = <Action>({ observationSpace, actionSpace }: GameSpaces, decoderOf: (agent: CultureAgent, rng: Rng) => Decoder<Action>): PlayerOf<Action> => {
    const made = new Map<number, { readonly agent: CultureAgent; readonly shape: Shape }>()
    const minds = (seed: number) => {
      const index = placeOf(seed) % states.length
      const known = made.get(index)
      if (known !== undefined) return known
      const { config, parts } = states[index]
      const shape = shapeOf(config, observationSpace, actionSpace)
      const agent = newCultureAgent(config, shape, Rng.fromSeed(0))
      agent.load(parts.policy)
      made.set(index, { agent, shape })
      return { agent, shape }
    }
    return (seed) => {
      const { agent, shape: { observationScale } } = minds(seed)
      const sensory = agent.channels.encoding
      const rng = Rng.fromSeed(seed).split('agent')
      return {
        sensory,
        grow: () => grow(seed),
        decoder: () => decoderOf(agent, rng),
        encoder: (channels) => {
          const encoder = trainedEncoder(agent, { rng, greedy: true, observationScale })
          return channels.every((channel, k) => channel === sensory[k]) ? encoder : moved(encoder, channels)
        },
      }
    }
  }
  return {
    grow,
    players: (spaces) => playersWith(spaces, (agent, rng) => trainedDecoder(agent, { rng, greedy: true })),
    padPlayers: (spaces) => playersWith(spaces, (agent, rng) => trainedHeadsDecoder(agent, { rng, greedy: true })),
  }
}
