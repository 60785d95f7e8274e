import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Bl1Error } from '../../../src/errors.js'
import { formatLine } from '../../../src/io/resultLines.js'
import { RESULTS_FILE, ResultStore } from '../../../src/io/results.js'
import { caught, temporaryFolder } from './support.js'

const fingerprint = { config: { minutes: 20, culture: { neurons: 1000 } }, seeds: [1, 2] }
const pieces: readonly [string, unknown][] = [
  ['fep/1', { rallies: [1, 2, 3], note: 'äöü 🧠 "quoted"\nline' }],
  ['silent/1', { rallies: [], rate: 0.1 + 0.2 }],
  ['fep/2', null],
]
const folder = temporaryFolder()
const file = join(folder, RESULTS_FILE)
const open = () => ResultStore.open(folder, fingerprint)
/** Bytes of a store with all pieces in it, and the length of the file after the header and after each piece. */
const whole = (() => {
  const store = open()
  const ends = [readFileSync(file).length]
  for (const [key, value] of pieces) {
    store.add(key, value)
    ends.push(readFileSync(file).length)
  }
  return { bytes: readFileSync(file), ends }
})()
const openDamaged = (bytes: Uint8Array) => {
  writeFileSync(file, bytes)
  return open()
}

describe('ResultStore', () => {
  it('gives back what was added, in the order of finishing, when it is opened again', () => {
    const store = openDamaged(whole.bytes)
    expect([...store.entries()]).toEqual(pieces)
    expect(store.size).toBe(3)
    expect(store.has('fep/2')).toBe(true)
    expect(store.get('fep/3')).toBeUndefined()
    expect(store.dropped).toBeUndefined()
  })

  it('is JSON lines', () => {
    const lines = whole.bytes.toString().trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ body: { key: 'fep/1', value: pieces[0]?.[1] } })
  })

  it('returns from add what a resumed run would read', () => {
    const store = openDamaged(whole.bytes)
    const value = { zero: -0, left: undefined, x: 1 / 3 }
    const added = store.add('new', value)
    expect(Object.is(open().get('new'), added)).toBe(false)
    expect(open().get('new')).toStrictEqual(added)
    expect(added).toStrictEqual({ zero: 0, x: 1 / 3 })
  })

  it('loses no finished line wherever the file is cut, and goes on from there', () => {
    const { bytes, ends } = whole
    for (let length = 0; length <= bytes.length; length++) {
      const store = openDamaged(bytes.subarray(0, length))
      // A piece is finished once its last byte before the newline is there.
      const finished = ends.slice(1).filter((end) => end - 1 <= length).length
      expect([...store.entries()]).toEqual(pieces.slice(0, finished))
      const isAtEnd = ends.includes(length) || ends.slice(1).includes(length + 1)
      if (isAtEnd) expect(store.dropped).toBeUndefined()
      else expect(store.dropped).toMatchObject({ line: length < (ends[0] ?? 0) ? 1 : finished + 2 })
      for (const [key, value] of pieces.slice(finished)) store.add(key, value)
      expect(readFileSync(file).equals(bytes)).toBe(true)
    }
  })

  it('never returns a changed value, whatever byte is flipped', () => {
    fc.assert(fc.property(fc.nat(whole.bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, mask) => {
      const damaged = Buffer.from(whole.bytes)
      damaged[position] = (damaged[position] ?? 0) ^ mask
      try {
        const store = openDamaged(damaged)
        const found = [...store.entries()]
        expect(found).toEqual(pieces.slice(0, found.length))
        expect(position).toBeGreaterThanOrEqual(whole.ends[found.length] ?? 0)
        expect(store.dropped === undefined).toBe(found.length === pieces.length)
      } catch (error) {
        if (!(error instanceof Bl1Error)) throw error
        expect(error.code).toBe('results/corrupt')
        expect(readFileSync(file).equals(damaged)).toBe(true)
      }
    }), { numRuns: 600 })
  })

  it('drops a damaged last line and says so', () => {
    const damaged = Buffer.from(whole.bytes)
    damaged[damaged.length - 5] = 0x41
    const store = openDamaged(damaged)
    expect(store.dropped).toEqual({ line: 4, bytes: damaged.length - (whole.ends[2] ?? 0), reason: 'its checksum does not match' })
    expect(store.has('fep/2')).toBe(false)
    expect(readFileSync(file).length).toBe(whole.ends[2])
  })

  it('refuses a damaged line in the middle, names it and leaves the file', () => {
    const damaged = Buffer.from(whole.bytes)
    damaged[(whole.ends[1] ?? 0) + 60] = 0x41
    const error = caught(() => openDamaged(damaged))
    expect(error.code).toBe('results/corrupt')
    expect(error.message).toMatch(/^Line 3 of /)
    expect(readFileSync(file).equals(damaged)).toBe(true)
  })

  it('refuses a file that is something else', () => {
    expect(caught(() => openDamaged(Buffer.from('condition,seed\nfep,1\n'))).code).toBe('results/corrupt')
    expect(caught(() => openDamaged(Buffer.from(formatLine({ key: 'a', value: 1 })))).code).toBe('results/corrupt')
    expect(caught(() => openDamaged(Buffer.alloc(1000))).code).toBe('results/corrupt')
  })

  it('refuses a file of another format version', () => {
    const error = caught(() => openDamaged(Buffer.from(formatLine({ format: 'bl1-results', version: 2, fingerprint }))))
    expect(error.code).toBe('results/version')
    expect(error.message).toContain('version 2')
  })

  it('refuses another run and names the first path that differs', () => {
    writeFileSync(file, whole.bytes)
    const other = (changed: unknown) => caught(() => ResultStore.open(folder, changed))
    const neurons = other({ config: { minutes: 20, culture: { neurons: 500 } }, seeds: [1, 2] })
    expect(neurons.code).toBe('results/other-run')
    expect(neurons.message).toContain("'config.culture.neurons' was 1000 there and is 500 now")
    expect(other({ ...fingerprint, seeds: [1, 2, 3] }).message).toContain("'seeds.2' was not set there and is 3 now")
    expect(other({ seeds: [1, 2] }).message).toContain("'config'")
    expect(ResultStore.open(folder, { seeds: [1, 2], config: { culture: { neurons: 1000 }, minutes: 20 } }).size).toBe(3)
  })

  it('refuses to resume where there is nothing', () => {
    expect(caught(() => ResultStore.open(temporaryFolder(), fingerprint, { mustExist: true })).code).toBe('results/missing')
    expect(caught(() => ResultStore.open(join(temporaryFolder(), 'none'), fingerprint)).code).toBe('run/write-failed')
  })

  it('refuses files that are too large, and to make one', () => {
    writeFileSync(file, whole.bytes)
    expect(caught(() => ResultStore.open(folder, fingerprint, { maxBytes: whole.bytes.length - 1 })).code).toBe('results/too-large')
    const store = ResultStore.open(folder, fingerprint, { maxBytes: whole.bytes.length + 100 })
    expect(caught(() => store.add('long', 'x'.repeat(200))).code).toBe('results/too-large')
    expect(readFileSync(file).equals(whole.bytes)).toBe(true)
    expect(store.has('long')).toBe(false)
  })

  it.each([[{ rate: Number.NaN }, "'k.rate'"], [{ a: [new Float32Array(2)] }, "'k.a[0]'"], [() => 1, "'k'"], [new Map(), "'k'"], [10n, "'k'"]])(
    'refuses what JSON would silently change: %o', (value, path) => {
      const error = caught(() => open().add('k', value))
      expect(error.code).toBe('run/not-json')
      expect(error.message).toContain(path)
    })

  it('takes the same result twice and refuses a different one', () => {
    const store = openDamaged(whole.bytes)
    store.add('fep/2', null)
    expect(readFileSync(file).equals(whole.bytes)).toBe(true)
    expect(caught(() => store.add('fep/2', 1)).code).toBe('results/duplicate')
  })

  it('notices another process writing to the same run', () => {
    const [store, other] = [openDamaged(whole.bytes), open()]
    other.add('theirs', 1)
    expect(caught(() => store.add('ours', 2)).code).toBe('results/other-writer')
    expect([...open().entries()].at(-1)).toEqual(['theirs', 1])
  })

  it('reads values through the reader it was given', () => {
    const read = (json: unknown): Date => new Date(z.string().parse(json))
    const dated = temporaryFolder()
    expect(ResultStore.open(dated, {}, { read }).add('a', '2026-01-01')).toEqual(new Date('2026-01-01'))
    expect(ResultStore.open(dated, {}, { read }).get('a')?.getUTCFullYear()).toBe(2026)
    appendFileSync(join(dated, RESULTS_FILE), formatLine({ key: 'b', value: 5 }))
    expect(caught(() => ResultStore.open(dated, {}, { read })).message).toContain('Line 3')
  })
})
