/** The options of CultureGame-v0: which game the culture plays, and how its spikes become moves. */
import { z } from 'zod'
import { group, quantity } from '../../../src/parameters.js'
import { channelList, cultureEnvParameters } from '../parameters.js'

/** The id under which it is registered. */
export const CULTURE_GAME_ID = 'CultureGame-v0'
/** Steps of an episode where nothing else is said and the game does not end before. */
export const CULTURE_GAME_STEPS = 1000
/** The game where none is named. */
export const DEFAULT_GAME = 'Pong-v0'

/** The table of CultureGame-v0's options. */
export const cultureGameParameters = group(
  {
    game: z.string().min(1).default(DEFAULT_GAME).meta({ description: 'registered id of the game: one that steps at once and is played with buttons' }),
    gameOptions: z.record(z.string(), z.json()).default({}).meta({ description: "options of the game; Pong-v0's tickMs is stepMs where it is left out" }),
    motorGroups: z
      .array(z.array(channelList).readonly())
      .readonly()
      .nullable()
      .default(null)
      .meta({ description: 'for each choice of an action the groups of electrodes that stand for its options 1, 2, ...; null: DishBrain strips for Pong-v0, else columns of the array from left to right' }),
    restSeconds: quantity({ default: 30, unit: 's', min: 1, max: 36_000, doc: 'time at rest, after settling, from which the decoder learns how active each group is by itself', source: 'the protocol rests for 10 min; three times the mean interval between bursts is enough for whole groups' }),
    renderMode: z.enum(['ansi', 'rgb_array']).exactOptional().meta({ description: "what render() returns: the game's own picture; nothing where left out" }),
    ...cultureEnvParameters,
  },
  'a game that a culture plays while it is stimulated',
)

/** What `CultureGameEnv.create` takes: any part of the table. */
export type CultureGameOptions = z.input<typeof cultureGameParameters>
/** The table with every value set. */
export type CultureGameParameters = z.output<typeof cultureGameParameters>
