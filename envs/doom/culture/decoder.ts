/** How the culture's spikes press the buttons of Doom. */
import { Bl1Error } from '../../../src/errors.js'
import { groupDecoder, type GroupDecoder, type GroupDecoderOptions } from '../../../src/loop/index.js'
import type { DoomHead } from '../actions/codec.js'
import { DOOM_MOTOR_BUTTONS, doomCultureLayout, type DoomCultureLayout } from './layout.js'

/** Where the rate of a button's motor group stands in the decoder's `rates`. */
export const doomRateKey = (head: string, button: string): string => `${head} ${button}`

/**
 * In each head the most active motor group presses its button: see `groupDecoder`.
 * @param heads `env.heads`
 * @param layout for counterbalancing `doomCultureLayout(true)`, with left and right exchanged
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `doom/no-motor-group`
 */
export const doomGroupDecoder = (
  options: GroupDecoderOptions,
  heads: readonly DoomHead[],
  layout: Pick<DoomCultureLayout, 'motor'> = doomCultureLayout(),
): GroupDecoder =>
  groupDecoder(
    options,
    heads.map(({ name, options: [, ...buttons] }) => ({
      name,
      names: buttons,
      groups: buttons.map((button) => {
        const group = DOOM_MOTOR_BUTTONS[button]
        if (group === undefined) throw new Bl1Error('doom/no-motor-group', { button, known: Object.keys(DOOM_MOTOR_BUTTONS) })
        return layout.motor[group]
      }),
    })),
  )
