/** The ways to act, as options. */
import { z } from 'zod'
import type { DoomBinaryButton } from '../names.js'

const binaryButton = z.custom<DoomBinaryButton>((x) => typeof x === 'string' && x !== '')

const combination = z.strictObject({ name: z.string().min(1), press: z.array(binaryButton).readonly() })
/** An action by name: the buttons it holds down, none for waiting. */
export type DoomCombination = z.output<typeof combination>

const WORDS = ['multiBinary', 'heads', 'continuous', 'mixed'] as const

const ways = `one of ${WORDS.map((word) => `'${word}'`).join(', ')}, { discrete: { maxPressed: 1 or more } }, or a list of { name, press: [buttons] }`

/**
 * How an agent acts. The order of buttons is that of `env.buttons`.
 *
 * * `'multiBinary'`: every binary button by itself. Delta buttons stay at 0.
 * * `'heads'`: a choice each for `forward`, `strafe`, `turn` and `attack`, as far as the scenario has the buttons; first option: none.
 * * `{ discrete: { maxPressed } }`: one of all combinations of up to so many binary buttons; the first is none.
 * * a list of `{ name, press }`: one of these.
 * * `'continuous'`: the delta buttons, each -1 to 1.
 * * `'mixed'`: `{ binary, continuous }`.
 */
export const doomActions = z
  .union([z.enum(WORDS), z.strictObject({ discrete: z.strictObject({ maxPressed: z.int().min(1) }) }), z.array(combination).min(1).readonly()], {
    error: ways,
  })
  .default('multiBinary')
  .meta({ description: `how an agent acts: ${ways}` })

/** How an agent acts. */
export type DoomActions = z.output<typeof doomActions>
