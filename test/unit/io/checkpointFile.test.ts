/** Checkpoints: what was written comes back exactly, and no bytes whatever are believed that were not written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointHash, readCheckpoint, writeCheckpoint } from '../../../src/io/index.js'
import { caught, folderWith, temporaryFolder } from './support.js'

const newFile = (): string => join(temporaryFolder(), 'last.ckpt')
const written = (value: unknown): string => {
  const file = newFile()
  writeCheckpoint(file, value)
  return file
}

describe('a checkpoint', () => {
  it('brings typed arrays of every kind back, wherever they stand', () => {
    const value = {
      weights: [{ name: 'a', values: Float32Array.of(1.5, NaN, -0) }, Uint8Array.of(255)],
      deep: { bytes: new Int8Array(3), empty: new Float64Array(0), more: [Int16Array.of(-2), Uint16Array.of(2), Int32Array.of(-3), Uint32Array.of(3)] },
      view: new Float64Array([1, 2, 3, 4]).subarray(1, 3),
      clamped: Uint8ClampedArray.of(7),
    }
    expect(readCheckpoint(written(value))).toEqual({ ...value, view: Float64Array.of(2, 3) })
  })

  it('gives each array a buffer of its own, aligned for what it is', () => {
    const value = readCheckpoint(written([Uint8Array.of(1), Float64Array.of(2)]))
    expect(value).toEqual([Uint8Array.of(1), Float64Array.of(2)])
    if (Array.isArray(value)) for (const array of value) expect(array.buffer.byteLength).toBe(array.byteLength)
  })

  it('keeps the numbers that JSON loses, and keys that look like its own marks', () => {
    const value = { nan: NaN, high: Infinity, low: -Infinity, zero: -0, $: ['float32', 0, 1], $$a: { $b: null }, text: 'ä\u0000"' }
    const read = readCheckpoint(written(value))
    expect(read).toEqual(value)
    expect(read).toHaveProperty('zero', -0)
  })

  it('holds any plain value', () => {
    const file = newFile()
    const arrays = fc.oneof(fc.float32Array(), fc.float64Array(), fc.int32Array(), fc.uint8Array())
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        arrays,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        writeCheckpoint(file, value)
        expect(readCheckpoint(file)).toEqual(value)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses what would not come back, and names it', () => {
    expect(caught(() => written({ a: [new Map()] }))).toMatchObject({ code: 'run/not-json', data: { path: 'checkpoint.a[0]', received: 'a Map' } })
    expect(caught(() => written({ act: () => 1 }))).toMatchObject({ code: 'run/not-json', data: { path: 'checkpoint.act' } })
  })

  it('replaces the old file whole, and leaves no other', () => {
    const file = written({ step: 1 })
    writeCheckpoint(file, { step: 2 })
    expect(readCheckpoint(file)).toEqual({ step: 2 })
    expect(readdirSync(join(file, '..'))).toEqual(['last.ckpt'])
  })

  it('has a short name for its content', () => {
    const [one, same, other] = [written({ step: 1 }), written({ step: 1 }), written({ step: 2 })]
    expect(checkpointHash(one)).toMatch(/^[0-9a-f]{12}$/)
    expect(checkpointHash(same)).toBe(checkpointHash(one))
    expect(checkpointHash(other)).not.toBe(checkpointHash(one))
  })
})

describe('a file that is no checkpoint', () => {
  const bytes = readFileSync(written({ step: 3, weights: Float32Array.of(1, 2, 3) }))
  const readBytes = (content: Uint8Array): unknown => readCheckpoint(folderWith({ 'a.ckpt': content })('a.ckpt'))

  it('may be missing, or a folder', () => {
    expect(caught(() => readCheckpoint('/no/such.ckpt'))).toMatchObject({ code: 'checkpoint/missing', data: { reason: 'there is no such file' } })
    expect(caught(() => readCheckpoint(temporaryFolder()))).toMatchObject({ code: 'checkpoint/missing', data: { reason: 'it is a folder' } })
  })

  it('may be something else', () => {
    expect(caught(() => readBytes(Buffer.from('title: an experiment\n'))).code).toBe('checkpoint/not-one')
  })

  it('may be of another version', () => {
    const other = Buffer.from(bytes)
    other.writeUInt32LE(2, 16)
    expect(caught(() => readBytes(other))).toMatchObject({ code: 'checkpoint/version', data: { version: '2', expected: 1 } })
  })

  it('may be cut short anywhere', () => {
    for (let length = 0; length < bytes.length; length++) expect(caught(() => readBytes(bytes.subarray(0, length))).code).toBe('checkpoint/truncated')
  })

  it('may have any one bit changed', () => {
    const file = newFile()
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] ^= 1 << (bit & 7)
      writeFileSync(file, changed)
      expect(caught(() => readCheckpoint(file)).code).toMatch(/^checkpoint\//)
    }
  })

  it('may claim to be of any size: nothing is read for it', () => {
    const huge = Buffer.from(bytes)
    huge.writeBigUInt64LE(2n ** 60n, 24)
    expect(caught(() => readBytes(huge)).code).toBe('checkpoint/damaged')
  })

  it('may hold anything under a right checksum', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (content) => {
        expect(caught(() => readBytes(Buffer.concat([bytes.subarray(0, 16), content]))).code).toMatch(/^checkpoint\//)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the structure of a checkpoint', () => {
  it.each([
    ['{"$":["float32",0,2]}', 'an array lies outside it'],
    ['{"$":["float32",-4,1]}', 'an array lies outside it'],
    ['{"$":["bigint64",0,1]}', 'an array of an unknown kind'],
    ['{"$":"constructor"}', 'an unknown kind of value'],
    ['[', 'JSON'],
    ['['.repeat(300) + ']'.repeat(300), 'nested too deep'],
  ])('%#: is refused where it makes none', async (text, reason) => {
    const { unpackTree } = await import('../../../src/io/checkpointTree.js')
    expect(() => unpackTree(text, new Uint8Array(4))).toThrow(reason)
  })
})
