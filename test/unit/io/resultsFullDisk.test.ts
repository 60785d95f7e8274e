/** A disk that fills up in the middle of a line: in a file of its own because it replaces a function of Node. */
import { readFileSync } from 'node:fs'
import type * as FileSystem from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { RESULTS_FILE, ResultStore } from '../../../src/io/results.js'
import { caught, temporaryFolder } from './support.js'

/** How many bytes the disk still takes. */
const disk = vi.hoisted(() => ({ room: Infinity }))

vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof FileSystem>()
  return {
    ...actual,
    writeSync: (descriptor: number, bytes: Uint8Array, offset: number): number => {
      if (disk.room === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
      // Systems first write what still fits, and complain at the next call.
      const written = actual.writeSync(descriptor, bytes, offset, Math.min(disk.room, 7, bytes.length - offset))
      disk.room -= written
      return written
    },
  }
})

describe('ResultStore on a full disk', () => {
  it('takes the half line back, keeps what was finished and goes on when there is room', () => {
    const folder = temporaryFolder()
    const store = ResultStore.open(folder, {})
    store.add('first', 'x'.repeat(100))
    const before = readFileSync(join(folder, RESULTS_FILE))

    disk.room = 20
    const error = caught(() => store.add('second', 'y'.repeat(100)))
    expect(error.code).toBe('run/write-failed')
    expect(error.message).toContain('no space is left')
    expect(store.has('second')).toBe(false)
    expect(readFileSync(join(folder, RESULTS_FILE)).equals(before)).toBe(true)

    disk.room = Infinity
    store.add('second', 'y')
    expect([...ResultStore.open(folder, {}).entries()].map(([key]) => key)).toEqual(['first', 'second'])
  })
})
