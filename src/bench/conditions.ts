/** The conditions of a comparison and its controls, each with what it changes and why. */

/** What a condition is, beside its feedback policy. */
export interface ConditionInfo {
  /** The paper's conditions, or controls that keep a layout artefact from passing for learning. */
  readonly role: 'condition' | 'control'
  /** Whether living cells are in the dish; without them there is nothing to probe. */
  readonly cells: boolean
  readonly description: string
}

/** All conditions, in the order in which they are reported. */
export const CONDITIONS = {
  fep: { role: 'condition', cells: true, description: 'predictable stimulation after a hit, unpredictable after a miss' },
  open_loop: { role: 'condition', cells: true, description: 'yoked: the stimulation another culture earned under fep, at its times' },
  silent: { role: 'condition', cells: true, description: 'no answer; a miss is followed by an equally long silence' },
  no_feedback: { role: 'condition', cells: true, description: 'no answer; a miss does not end the rally' },
  rest: { role: 'condition', cells: true, description: 'the game is not shown; spontaneous activity moves the paddle' },
  inverted: { role: 'control', cells: true, description: 'answers to hit and miss exchanged' },
  plasticity_off: { role: 'control', cells: true, description: 'fep with STDP and homeostasis off' },
  shuffled_electrodes: { role: 'control', cells: true, description: 'fep with the sensory electrodes in random order' },
  no_cells: { role: 'control', cells: false, description: 'fep on a dish without cells' },
  random_paddle: { role: 'control', cells: false, description: 'random moves, each held for a random time' },
} as const satisfies Record<string, ConditionInfo>

/** The name of a condition. */
export type ConditionName = keyof typeof CONDITIONS

/** Names in reporting order. */
export const CONDITION_NAMES = Object.keys(CONDITIONS).filter((name): name is ConditionName => name in CONDITIONS)
