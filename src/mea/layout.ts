/** Where the electrodes of an array lie and which of them may be used. */
import { Bl1Error } from '../errors.js'

/** Electrode positions relative to the centre of the dish, um; x to the right, y up. */
export interface ArrayLayout {
  readonly name: string
  readonly channels: number
  readonly rows: number
  readonly columns: number
  readonly pitchUm: number
  readonly xUm: Float32Array
  readonly yUm: Float32Array
  /** Channels that can neither stimulate nor record (grounds and references). */
  readonly unusable: ReadonlySet<number>
}

/** A rectangular grid, row by row from the bottom, centred on the dish. */
const grid = (name: string, rows: number, columns: number, pitchUm: number, unusable: readonly number[]): ArrayLayout => {
  const channels = rows * columns
  const along = (index: number, count: number): number => (index - (count - 1) / 2) * pitchUm
  return {
    name,
    channels,
    rows,
    columns,
    pitchUm,
    xUm: Float32Array.from({ length: channels }, (_, k) => along(k % columns, columns)),
    yUm: Float32Array.from({ length: channels }, (_, k) => along(Math.floor(k / columns), rows)),
    unusable: new Set(unusable),
  }
}

/** Names of the layouts. */
export const LAYOUTS = ['cl1'] as const
/** The name of a layout. */
export type LayoutName = (typeof LAYOUTS)[number]

/**
 * The 64 electrodes of the CL1: 8 x 8 at 200 um, 59 of them usable (source: the vendor's SDK and the Doom work on it exclude channels
 * 0, 4, 7, 56 and 63).
 */
export const arrayLayout = (name: LayoutName): ArrayLayout => {
  switch (name) {
    case 'cl1':
      return grid('cl1', 8, 8, 200, [0, 4, 7, 56, 63])
  }
}

/** @throws Bl1Error `mea/channel-unknown`, `mea/channel-forbidden` */
export const checkChannel = (layout: ArrayLayout, channel: number): void => {
  if (!(Number.isInteger(channel) && channel >= 0 && channel < layout.channels)) {
    throw new Bl1Error('mea/channel-unknown', { channel: String(channel), layout: layout.name, last: layout.channels - 1 })
  }
  if (layout.unusable.has(channel)) {
    throw new Bl1Error('mea/channel-forbidden', { channel, layout: layout.name, unusable: [...layout.unusable] })
  }
}
