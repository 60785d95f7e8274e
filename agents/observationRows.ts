/** Observations of any flattenable space as rows of float32, as networks read them. */
import { describe } from '../src/describe.js'
import { Bl1Error } from '../src/errors.js'
import { Box, flatdim, type NumberArray, type Space } from '../src/spaces/index.js'

/** A fixed change of one place of a flat observation: (value - offset) / scale. */
export interface PlaceScale {
  readonly offset: number
  readonly scale: number
}

/** Of each place of the flat observation; null leaves all as they are. */
export type ObservationScale = readonly PlaceScale[] | null

const isNumberArray = (x: unknown): x is NumberArray => ArrayBuffer.isView(x) && !(x instanceof DataView)

const requireScale = (scale: ObservationScale, width: number): void => {
  if (scale === null) return
  const refuse = (received: string): never => {
    const expected = `an observationScale with a finite offset and a finite scale other than 0 for each of the ${width} places`
    throw new Bl1Error('agents/rollout', { expected, received })
  }
  if (scale.length !== width) refuse(`${scale.length} of them`)
  for (const place of scale) {
    if (!Number.isFinite(place.offset) || !Number.isFinite(place.scale) || place.scale === 0) refuse(describe(place))
  }
}

/** Writes observations of one space as rows. */
export class ObservationRows {
  /** Numbers a row. */
  readonly width: number
  readonly #space: Space
  readonly #scale: ObservationScale

  /** @throws Bl1Error `space/flatten` for a space without a fixed length, `agents/rollout` for a scale that does not fit */
  constructor(space: Space, scale: ObservationScale) {
    this.width = flatdim(space)
    requireScale(scale, this.width)
    this.#space = space
    this.#scale = scale
  }

  /** Rows of `out`, as many as it holds, become the observations of a batch. */
  writeBatch(batch: unknown, out: Float32Array): void {
    const { flat, slots } = this.#space
    const count = out.length / this.width
    // A batch of Boxes lies in memory as its rows do.
    if (this.#space instanceof Box && isNumberArray(batch)) out.set(batch)
    else for (let i = 0; i < count; i++) flat?.write(slots.read(batch, i), out, i * this.width)
    this.#rescale(out)
  }

  /** One observation as a row of its own. */
  rowOf(observation: unknown): Float32Array {
    const row = new Float32Array(this.width)
    this.#space.flat?.write(observation, row, 0)
    this.#rescale(row)
    return row
  }

  #rescale(rows: Float32Array): void {
    const scale = this.#scale
    if (scale === null) return
    for (let i = 0; i < rows.length; i++) {
      const place = scale[i % this.width]
      rows[i] = (rows[i] - place.offset) / place.scale
    }
  }
}
