/** What can be taken from a trained agent, by the question that it answers. Each question is one family of tests. */

/** What the tests ask. */
export const ABLATION_FAMILIES = {
  chance: 'Is it above chance?',
  spikes: 'Do the spikes carry it?',
  parts: 'Which trained part is needed in play?',
  retrained: 'What must be trained, and in what?',
} as const
/** A question. */
export type AblationFamily = keyof typeof ABLATION_FAMILIES

/** One way to play: what it belongs to, what a table calls it, and what it means. */
export interface AblationText {
  /** Null for what the others are compared with. */
  readonly family: AblationFamily | null
  readonly label: string
  readonly meaning: string
}

/** Every way to play, in reporting order. */
export const ABLATIONS = {
  trained: { family: null, label: 'as trained', meaning: 'nothing is taken: trained encoder, the culture and its spikes, trained decoder' },
  random_actions: { family: 'chance', label: 'random actions', meaning: 'every action drawn at random, in the same episodes: the chance level' },
  spikes_rate_matched: { family: 'spikes', label: 'spikes rate-matched', meaning: "Poisson noise with each electrode's mean count in place of its spikes" },
  spikes_shuffled_time: { family: 'spikes', label: 'spikes of another moment', meaning: 'the spikes of a random earlier step of the same culture' },
  spikes_shuffled_channels: { family: 'spikes', label: 'spikes shuffled over electrodes', meaning: 'the spikes of the moment, electrodes exchanged anew at every step' },
  spikes_zero: { family: 'spikes', label: 'no spikes', meaning: 'the decoder sees zero spikes' },
  encoder_initial: { family: 'parts', label: 'encoder untrained', meaning: 'the encoder has its weights from before training, all else is trained' },
  stimulation_shuffled_time: { family: 'parts', label: 'stimulation of another moment', meaning: 'the encoder is shown a random earlier observation: the same stimulation, at the wrong time' },
  decoder_initial: { family: 'parts', label: 'decoder untrained', meaning: 'the decoder has its weights from before training, all else is trained' },
  plasticity_off: { family: 'parts', label: 'plasticity off in play', meaning: "the culture's plasticity is switched off while it plays" },
  retrained: { family: null, label: 'trained anew', meaning: 'the whole agent trained anew under the budget of those below' },
  retrained_encoder_frozen: { family: 'retrained', label: 'trained anew, encoder frozen', meaning: 'trained anew; the encoder keeps its initial weights' },
  retrained_decoder_frozen: { family: 'retrained', label: 'trained anew, decoder frozen', meaning: 'trained anew; the decoder keeps its initial weights' },
  retrained_without_spikes: { family: 'retrained', label: 'trained anew without spikes', meaning: 'trained anew; the decoder sees zero spikes from the start' },
  retrained_network_dish: {
    family: 'retrained',
    label: 'trained anew, network as dish',
    meaning: 'trained anew around a network of rate units of the same size in place of the culture: no spiking dynamics, no plasticity',
  },
  retrained_no_culture: { family: 'retrained', label: 'ordinary network, no dish', meaning: 'an ordinary policy network trained with the same algorithm and budget, nothing in its middle' },
} as const satisfies Readonly<Record<string, AblationText>>

/** The name of a way to play. */
export type AblationName = keyof typeof ABLATIONS

/** All names in reporting order. */
export const ABLATION_NAMES = Object.keys(ABLATIONS).filter((name): name is AblationName => name in ABLATIONS)

/** Replacements that keep the mean activity and take only what the spikes say of the moment: these decide whether the spikes carry anything. */
export const DECIDING: readonly AblationName[] = ['spikes_rate_matched', 'spikes_shuffled_time']

/** What a way to play is, and the question it belongs to ('' for what the others are compared with). */
export const ablationText = (name: AblationName): AblationText & { readonly question: string } => {
  const text: AblationText = ABLATIONS[name]
  return { ...text, question: text.family === null ? '' : ABLATION_FAMILIES[text.family] }
}
