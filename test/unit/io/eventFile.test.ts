/** Event files: byte for byte what TensorBoard's own code writes, and readable by its own reader. */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { crc32c } from '../../../src/io/crc32c.js'
import { scalarsRecord, textRecord, versionRecord } from '../../../src/io/eventRecord.js'
import { EVENT_FILE, EventFile } from '../../../src/io/index.js'
import { caught, temporaryFolder } from './support.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bodyOf = (record: Uint8Array): string => hex(record.subarray(12, -4))

describe('a record', () => {
  it('has the checksum of CRC-32C', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283) // the check value of the CRC catalogue (Williams)
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa) // RFC 3720, B.4: 32 bytes of zeros
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43) // RFC 3720, B.4: 32 bytes of ones
  })

  // The bytes below were serialised and framed by tensorboard 2.21.0 (compat.proto.event_pb2, masked_crc32c).
  it('opens a file as TensorBoard does', () => {
    expect(hex(versionRecord(1.5))).toBe('1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c')
  })

  it('holds scalars as TensorBoard writes them', () => {
    const record = scalarsRecord({ seconds: 1.5, step: 300 }, { 'loss/policy': 0.25, return: -3 })
    expect(bodyOf(record)).toBe('09000000000000f83f10ac022a230a120a0b6c6f73732f706f6c696379150000803e0a0d0a0672657475726e15000040c0')
  })

  it('holds a text as TensorBoard writes it', () => {
    const record = textRecord({ seconds: 1.5, step: 0 }, 'config', '# hi')
    expect(bodyOf(record)).toBe('09000000000000f83f2a240a220a06636f6e666967420e08071204120208014204232068694a080a060a0474657874')
  })

  it.each([NaN, Infinity])('refuses %s', (value) => {
    expect(caught(() => scalarsRecord({ seconds: 0, step: 1 }, { a: value }))).toMatchObject({ code: 'events/value', data: { tag: 'a' } })
  })
})

describe('an event file', () => {
  it('goes on after the bytes that a checkpoint remembers, and forgets those after them', () => {
    const file = join(temporaryFolder(), EVENT_FILE)
    const clock = (): number => 1.5
    const first = new EventFile(file, { clock })
    first.scalars(1, { a: 1 })
    const keep = first.length
    expect(keep).toBe(statSync(file).size)
    first.scalars(2, { a: 2 })
    const whole = readFileSync(file)
    new EventFile(file, { clock, keep }).scalars(2, { a: 2 })
    expect(readFileSync(file).equals(whole)).toBe(true)
  })

  const python = process.env['BL1_PYTHON'] ?? 'python3'
  const hasReader = spawnSync(python, ['-c', 'import tensorboard']).status === 0
  it.skipIf(!hasReader)('is read by TensorBoard', () => {
    const folder = temporaryFolder()
    const events = new EventFile(join(folder, EVENT_FILE))
    for (let step = 0; step < 3; step++) events.scalars(step * 1000, { 'return/mean': step / 2, steps: 2 ** 40 })
    events.text(0, 'config', '# A title')
    const script = [
      'import sys, json',
      'from tensorboard.backend.event_processing.event_accumulator import EventAccumulator',
      'a = EventAccumulator(sys.argv[1]); a.Reload()',
      "text = a.Tensors('config')[0].tensor_proto.string_val[0].decode()",
      "print(json.dumps([[e.step, e.value] for e in a.Scalars('return/mean')] + [text]))",
    ]
    const { stdout, stderr } = spawnSync(python, ['-c', script.join('\n'), folder], { encoding: 'utf8' })
    expect(stderr).not.toContain('Traceback')
    expect(JSON.parse(stdout)).toEqual([[0, 0], [1000, 0.5], [2000, 1], '# A title'])
  })
})
