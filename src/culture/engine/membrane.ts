/** Constants of the membrane that belong to the model, not to a culture: the same in every engine. */

/** A cell that reaches this potential spikes. */
export const SPIKE_MV = 30
/** A negative pulse pushes no cell below this: from some -150 mV the equation rebounds into a spike, which no membrane does. */
export const LOWEST_PULSED_MV = -120
/**
 * What an empty accumulator is reset to instead of 0, and the least after-hyperpolarisation. Conductances then settle at about 1e-20
 * rather than sink into denormal numbers, which processors handle many times slower; the potential cannot notice it.
 */
export const NOTHING = 1e-20
