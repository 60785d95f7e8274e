/** The random streams of one dish: what it is stimulated with and what is done. One purpose never shifts the other. */
import { z } from 'zod'
import { rngJSON, saveRng } from '../../src/env/index.js'
import { Rng } from '../../src/rng.js'

/** The streams of one dish. */
export interface DishStreams {
  readonly stimulation: Rng
  readonly action: Rng
}

/** Schema of saved streams. */
export const streamsJSON = z.strictObject({ stimulation: rngJSON, action: rngJSON })
/** Saved streams: plain JSON. */
export type SavedStreams = z.output<typeof streamsJSON>

/** The streams that belong to a stream: always the same ones, however many numbers it gave. */
export const streamsOf = (rng: Rng): DishStreams => ({ stimulation: rng.split('stimulation'), action: rng.split('action') })

/** As they are now. */
export const saveStreams = ({ stimulation, action }: DishStreams): SavedStreams => ({
  stimulation: saveRng(stimulation),
  action: saveRng(action),
})

/** Goes on from saved ones. */
export const loadStreams = ({ stimulation, action }: SavedStreams): DishStreams => ({
  stimulation: Rng.load(stimulation),
  action: Rng.load(action),
})
