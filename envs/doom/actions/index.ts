/** Which way to act an environment was asked for, for the buttons that its game has. */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../../../src/errors.js'
import type { Box, Discrete, MultiBinary, MultiDiscrete, Space } from '../../../src/spaces/index.js'
import type { DoomButtonInfo } from '../description.js'
import { binaryCodec } from './binary.js'
import { choiceCodec, combinations, countCombinations } from './choices.js'
import type { ActionCodec, DoomHead } from './codec.js'
import { continuousCodec, mixedCodec, type MixedSpace } from './delta.js'
import { headsCodec, headsOf } from './heads.js'
import type { DoomActions, DoomCombination } from './options.js'

/** The action space of a way to act. */
export type ActionSpaceOf<A> = A extends 'heads'
  ? MultiDiscrete
  : A extends 'continuous'
    ? Box
    : A extends 'mixed'
      ? MixedSpace
      : A extends { readonly discrete: unknown } | readonly unknown[]
        ? Discrete
        : A extends 'multiBinary' | undefined
          ? MultiBinary
          : Space

/** A Discrete with more options than this is a mistake. */
const MAX_COMBINATIONS = 65_536

/**
 * A way to act, with what an environment tells about it. Its codec takes values of its own space, against which the environment checks
 * every action.
 */
export interface ActionTable {
  readonly codec: ActionCodec
  /** For `'heads'`; empty otherwise. */
  readonly heads: readonly DoomHead[]
  /** For a Discrete: the buttons of each action, or its name on the list; empty otherwise. */
  readonly actionNames: readonly string[]
}

const refuse = (option: string, asked: string, reason: string): never => {
  throw new Bl1Error('doom/option', { option, asked, reason })
}

class Buttons {
  readonly all: readonly DoomButtonInfo[]
  readonly binary: readonly DoomButtonInfo[]
  readonly delta: readonly DoomButtonInfo[]

  constructor(all: readonly DoomButtonInfo[]) {
    this.all = all
    this.binary = all.filter(({ delta }) => !delta)
    this.delta = all.filter(({ delta }) => delta)
  }

  column(name: string): number {
    return this.all.findIndex((button) => button.name === name)
  }

  columns(buttons: readonly { readonly name: string }[]): number[] {
    return buttons.map(({ name }) => this.column(name))
  }

  /** The buttons of an entry of a list of actions. @throws Bl1Error `doom/name` */
  choice({ press }: DoomCombination): { columns: number[]; buttons: string[] } {
    const known = this.binary.map(({ name }) => name)
    for (const name of press) {
      if (known.includes(name)) continue
      const suggestion = known.length > 0 ? closest(name, known) : undefined
      throw new Bl1Error('doom/name', { kind: 'button', received: name, known, suggestion })
    }
    return { columns: press.map((name) => this.column(name)), buttons: [...press] }
  }
}

const binaryOf = (buttons: Buttons, asked: string): ActionCodec<MultiBinary> => {
  if (buttons.binary.length === 0) refuse('actions', asked, "the scenario has no button that is pressed or not; choose 'continuous', or name buttons")
  return binaryCodec(
    buttons.columns(buttons.binary),
    buttons.binary.map(({ name }) => name),
  )
}

const continuousOf = (buttons: Buttons, asked: string, deltaLimit: number): ActionCodec<Box> => {
  if (buttons.delta.length === 0) refuse('actions', asked, 'the scenario has no delta button; name some in the option buttons')
  return continuousCodec(
    buttons.columns(buttons.delta),
    buttons.delta.map(({ max }) => (max > 0 ? max : deltaLimit)),
  )
}

const listed = (buttons: Buttons, list: readonly DoomCombination[]): ActionTable => {
  const actionNames = list.map(({ name }) => name)
  const twice = actionNames.find((name, i) => actionNames.indexOf(name) !== i)
  if (twice !== undefined) refuse('actions', `'${twice}' twice`, 'each action needs a name of its own')
  return { codec: choiceCodec(list.map((entry) => buttons.choice(entry))), heads: [], actionNames }
}

const allOf = (buttons: Buttons, maxPressed: number): ActionTable => {
  const names = buttons.binary.map(({ name }) => name)
  const count = countCombinations(names.length, maxPressed)
  if (count > MAX_COMBINATIONS) {
    refuse('actions', `discrete with maxPressed ${maxPressed}`, `${names.length} buttons give ${count} combinations; press fewer at once, or name the buttons`)
  }
  const columns = buttons.columns(buttons.binary)
  const choices = combinations(names.length, maxPressed).map((combination) => ({
    columns: combination.map((i) => columns[i]),
    buttons: combination.map((i) => names[i]),
  }))
  return { codec: choiceCodec(choices), heads: [], actionNames: choices.map((choice) => choice.buttons.join('+') || 'none') }
}

/** @throws Bl1Error `doom/option` where the game has no buttons for that, `doom/name` for an unknown button */
export const actionTable = (all: readonly DoomButtonInfo[], actions: DoomActions, deltaLimit: number): ActionTable => {
  const buttons = new Buttons(all)
  if (typeof actions === 'object') return 'discrete' in actions ? allOf(buttons, actions.discrete.maxPressed) : listed(buttons, actions)
  if (actions === 'heads') {
    const heads = headsOf(buttons.binary.map(({ name }) => name))
    if (heads.length === 0) refuse('actions', actions, 'the scenario has no button to move, turn or attack')
    return { codec: headsCodec(heads, (name) => buttons.column(name)), heads, actionNames: [] }
  }
  const plain = { heads: [], actionNames: [] }
  if (actions === 'continuous') return { codec: continuousOf(buttons, actions, deltaLimit), ...plain }
  const binary = binaryOf(buttons, actions)
  if (actions === 'multiBinary') return { codec: binary, ...plain }
  return { codec: mixedCodec(binary, continuousOf(buttons, actions, deltaLimit), all.length), ...plain }
}
