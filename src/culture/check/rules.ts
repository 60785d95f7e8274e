/** Every rule of the culture's contract: its id and the sentence that states it. */

/** The rules by id, in the order in which they are checked. */
export const cultureRules = {
  'silence': 'without noise, drive and stimulation no cell ever fires',
  'recovery': 'stimulating the whole dish (every cell +40 mV at 20 Hz for 1 s) does not leave it in runaway: below 5 Hz within 2 s',
  'transmission/exact': 'a spike arrives at each target after the delay of that synapse, with its weight split between the two receptors, and nowhere else',
  'dale/excitatory': 'spikes of excitatory cells never open GABA receptors, at any synapse',
  'dale/inhibitory': 'spikes of inhibitory cells never open AMPA or NMDA receptors, at any synapse',
  'seed/repeat': 'equal options and seeds give equal activity',
  'seed/other': 'another seed gives other activity',
  'snapshot/exact': 'a restored culture goes on exactly as the one it was copied from, plasticity included, and copying disturbs nothing',
} as const satisfies Readonly<Record<string, string>>

/** The id of a rule. */
export type CultureRule = keyof typeof cultureRules
