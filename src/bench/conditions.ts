/** The conditions of a comparison and its controls. What each means in a game stands in the task of that game. */

/** What a condition is, beside its feedback policy. */
export interface ConditionInfo {
  /** What could have taught and what it must beat, or controls that keep a layout artefact from passing for learning. */
  readonly role: 'condition' | 'control'
  /** Whether living cells are in the dish; without them there is nothing to probe. */
  readonly cells: boolean
}

/** Conditions that teach: a comparison asks of one of them whether it did, and yokes, inverts and controls that one. */
export const TEACHERS = ['fep', 'avoidance', 'reward'] as const
/** The name of a condition that teaches. */
export type TeacherName = (typeof TEACHERS)[number]

/** All conditions, in the order in which they are reported (the taught one first of all). */
export const CONDITIONS = {
  avoidance: { role: 'condition', cells: true },
  reward: { role: 'condition', cells: true },
  fep: { role: 'condition', cells: true },
  open_loop: { role: 'condition', cells: true },
  silent: { role: 'condition', cells: true },
  no_feedback: { role: 'condition', cells: true },
  rest: { role: 'condition', cells: true },
  inverted: { role: 'control', cells: true },
  plasticity_off: { role: 'control', cells: true },
  shuffled_electrodes: { role: 'control', cells: true },
  no_cells: { role: 'control', cells: false },
  random_paddle: { role: 'control', cells: false },
  random_actions: { role: 'control', cells: false },
} as const satisfies Record<string, ConditionInfo>

/** The name of a condition. */
export type ConditionName = keyof typeof CONDITIONS

/** What each condition of a game does, by name: those it can be compared under. */
export type ConditionTexts = Readonly<Partial<Record<ConditionName, string>>>

/** Names in reporting order. */
export const CONDITION_NAMES = Object.keys(CONDITIONS).filter((name): name is ConditionName => name in CONDITIONS)

/** The conditions of a game, in reporting order. */
export const namesOf = (texts: ConditionTexts): ConditionName[] => CONDITION_NAMES.filter((name) => texts[name] !== undefined)
