/** Refuses work that does not fit into memory, before any of it is begun. */
import { freemem, totalmem } from 'node:os'
import { estimateBytes, type CultureParameters } from '../culture/index.js'
import { Bl1Error } from '../errors.js'

const MIB = 2 ** 20
/** A culture and its snapshot. */
const COPIES = 2
/** A worker thread with its own heap and compiled code. */
const THREAD_BYTES = 48 * MIB
/** The command itself with what draws its figures (about 200 MiB), and something left to the machine. */
const MARGIN_BYTES = 320 * MIB

/** What this process may still take. Old versions of Node do not know of container limits, and macOS calls memory free only when it holds no cache. */
const availableBytes = (): number => {
  const free = typeof process.availableMemory === 'function' ? process.availableMemory() : freemem()
  return process.platform === 'darwin' ? Math.max(free, totalmem() / 2) : free
}

/**
 * Refuses cultures that cannot fit side by side.
 * @param jobs cultures at the same time
 * @param extraBytes what each of them needs beside the culture: a recording
 * @param available memory at hand, bytes
 * @throws Bl1Error `culture/too-large`
 */
export const requireMemory = (parameters: CultureParameters, jobs: number, extraBytes = 0, available = availableBytes()): void => {
  const needed = jobs * (COPIES * estimateBytes(parameters) + extraBytes + THREAD_BYTES)
  if (needed + MARGIN_BYTES <= available) return
  throw new Bl1Error('culture/too-large', {
    neurons: parameters.neurons,
    neededMiB: Math.ceil(needed / MIB),
    availableMiB: Math.max(0, Math.floor((available - MARGIN_BYTES) / MIB)),
  })
}
