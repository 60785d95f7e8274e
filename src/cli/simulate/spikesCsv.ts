/** Spikes as CSV, written piece by piece: a long recording is never one text in memory, and the file is whole or not there. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SpikeRecording } from '../../analysis/index.js'
import { CELL_TYPES } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'

const ROWS_A_PIECE = 1 << 15

/** The file's text in pieces: `time_ms,neuron,type`, times since the culture was grown. */
export function* spikesCsv({ steps, neurons, stepMs }: SpikeRecording, cellType: Uint8Array): Generator<string> {
  yield 'time_ms,neuron,type\n'
  for (let first = 0; first < steps.length; first += ROWS_A_PIECE) {
    let piece = ''
    for (let k = first; k < Math.min(steps.length, first + ROWS_A_PIECE); k++) {
      piece += `${steps[k] * stepMs},${neurons[k]},${CELL_TYPES[cellType[neurons[k]]]}\n`
    }
    yield piece
  }
}

/** Writes pieces of text to a temporary name and renames. @throws Bl1Error `run/write-failed`; no temporary file stays */
export const writePieces = (path: string, pieces: Iterable<string>): void => {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      for (const piece of pieces) writeSync(descriptor, piece)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new Bl1Error('run/write-failed', { file: path, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
