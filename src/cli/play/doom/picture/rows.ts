/** What the electrodes are for, as it is shown: a name and a colour for each group, a sign for each button. */
import { DOOM_MOTOR_BUTTONS, type DoomCultureLayout } from '../../../../../envs/doom/culture/layout.js'
import type { Color } from '../../../../env/index.js'
import type { ArrayLayout } from '../../../../mea/index.js'
import { THEME } from './theme.js'

/** A button that a motor group presses. */
export interface ShownButton {
  readonly label: string
  readonly sign: string
  readonly colour: Color
}

/** By the engine's name of the button, in the order in which they are shown. */
export const BUTTONS: ReadonlyMap<string, ShownButton> = new Map([
  ['MOVE_FORWARD', { label: 'forward', sign: '↑', colour: THEME.move }],
  ['MOVE_BACKWARD', { label: 'backward', sign: '↓', colour: THEME.move }],
  ['MOVE_LEFT', { label: 'strafe left', sign: '←', colour: THEME.strafe }],
  ['MOVE_RIGHT', { label: 'strafe right', sign: '→', colour: THEME.strafe }],
  ['TURN_LEFT', { label: 'turn left', sign: '↶', colour: THEME.turn }],
  ['TURN_RIGHT', { label: 'turn right', sign: '↷', colour: THEME.turn }],
  ['ATTACK', { label: 'attack', sign: '●', colour: THEME.attack }],
])

/** Electrodes with one purpose. */
export interface RasterGroup {
  readonly label: string
  readonly channels: readonly number[]
  /** Of its spikes. */
  readonly colour: Color
}

/** The groups from top to bottom: what sees, what moves, what is answered on, and the rest of the array. */
export const rasterGroups = ({ encoding, motor, feedback }: DoomCultureLayout, array: ArrayLayout): readonly RasterGroup[] => {
  const other = (label: string, channels: readonly number[]): RasterGroup => ({ label, channels, colour: THEME.other })
  const named: readonly RasterGroup[] = [
    { label: 'encoding', channels: encoding, colour: THEME.encoding },
    ...Object.entries(DOOM_MOTOR_BUTTONS).map(([button, group]) => ({ label: button, colour: THEME.other, ...BUTTONS.get(button), channels: motor[group] })),
    other('reward +', feedback.rewardGood),
    other('reward −', feedback.rewardBad),
    other('kill', feedback.kill),
    other('armour', feedback.armorGained),
    other('damage', feedback.damageTaken),
    other('ammo wasted', feedback.ammoWasted),
  ]
  const taken = new Set(named.flatMap(({ channels }) => channels))
  const rest = Array.from({ length: array.channels }, (_, channel) => channel).filter((channel) => !taken.has(channel) && !array.unusable.has(channel))
  return [...named, other('other', rest)]
}
