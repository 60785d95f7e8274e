// Where everything lies in the memory and the numbers of this culture. The host writes these before it calls; nothing here is freed,
// because the memory is thrown away after growing. Addresses are in bytes.
//
// Cells are looked at in the order of their bins: the "place" of a cell is its position in that order.

export let neurons: i32 = 0
/** Cells 0 to excitatory - 1 are excitatory. */
export let excitatory: i32 = 0
/** Coordinates by place: pairs of f32, um. Three pairs of padding, far outside, follow. */
export let coordinates: usize = 0
/** Cell at each place, i32; and place of each cell, i32. */
export let cellAt: usize = 0
export let placeOf: usize = 0

/** First place of each bin and the end of the last, i32; bins row by row. */
export let binStart: usize = 0
export let binSide: i32 = 0
export let binUm: f64 = 0
/** Bins further away than this in x or y are not looked at. */
export let reach: i32 = 0
/** Connection probability of two cells at the same point. */
export let peakProbability: f32 = 0

/** -log2(e) / lambda, 1/um: exp(-d / lambda) = 2^(d * decay). */
export let decay: f32 = 0
/** Steps of delay a um. */
export let stepsPerUm: f32 = 0
/** Relative SD of single weights. */
export let weightSd: f32 = 0

/** Keys of the streams of targets and of weights: four 32-bit words each. */
export let targetKey: usize = 0
export let weightKey: usize = 0

/** First row of each cell and the end of the last, i32. */
export let rowStart: usize = 0
/** Rows: delay << 24 | postsynaptic cell while they are drawn, then the cell alone. */
export let post: usize = 0
/** Synapses onto each cell from excitatory and from inhibitory cells, i32. */
export let excitatoryDegrees: usize = 0
export let inhibitoryDegrees: usize = 0
/** Weight of a mean synapse onto each cell from excitatory and from inhibitory cells, f32. */
export let excitatoryScale: usize = 0
export let inhibitoryScale: usize = 0
/** Weights, f32, with room for three more; delays, u8. */
export let weight: usize = 0
export let delaySteps: usize = 0

/** Scratch: two columns of `neurons` + 4 words, used for one cell after the other. */
export let scratchA: usize = 0
export let scratchB: usize = 0
/** Counters of the sort: three times 1,024 words. */
export let counters: usize = 0
/** 64 points of the search for candidates, f64. */
export let points: usize = 0
/** Bounds for a row of bins, with room for three more: hazards and fall-offs, f32. */
export let binHazards: usize = 0
export let binFallOffs: usize = 0
/** Rows on the way to their targets, see incoming.ts: three words each; and 512 counters. */
export let parcels: usize = 0
export let blockEnds: usize = 0

/** Way back from a cell to its inputs: next free entry of each cell, i32; row of each entry, i32; source * 256 + delay, u32. */
export let nextEntry: usize = 0
export let incomingRow: usize = 0
export let incomingOrigin: usize = 0
