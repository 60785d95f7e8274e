/** Malformed messages, from the process and to it: refused with a typed error, and both sides go on. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Child } from '../../../src/bridge/child.js'
import { decodeHeader, encode, readAnswer } from '../../../src/bridge/codec.js'
import { findPython } from '../../../src/bridge/index.js'
import { PartReader } from '../../../src/bridge/partReader.js'
import { PipeTransport } from '../../../src/bridge/pipeTransport.js'
import type { Transport } from '../../../src/bridge/transport.js'
import { ZeroMqTransport } from '../../../src/bridge/zeromqTransport.js'
import { Bl1Error } from '../../../src/errors.js'
import { TRANSPORTS, errorOf, rawChild, startBridge } from './support.js'

const packr = new Packr({ useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true, moreTypes: false })

/** The codes of what a function throws, 'none' where it returns. */
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return error instanceof Bl1Error ? error.code : String(error)
  }
}

const decode = (parts: readonly Uint8Array[]) => readAnswer(decodeHeader(parts), parts, false)
const bytes = fc.uint8Array({ maxLength: 300 })
const array = fc.record({
  name: fc.oneof(fc.string(), fc.integer()),
  dtype: fc.constantFrom('uint8', 'float32', 'float64', 'int64', 'toString', null),
  shape: fc.oneof(fc.array(fc.oneof(fc.nat(4), fc.double()), { maxLength: 3 }), fc.anything()),
})

describe('answers of any bytes', () => {
  it('are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 4 }), (parts) => {
        expect(['none', 'bridge/protocol']).toContain(codeOf(() => decode(parts)))
      }),
      { numRuns: 2000 },
    )
  })

  it('are read or refused where the header is msgpack of anything', () => {
    const header = fc.record({ seq: fc.oneof(fc.nat(), fc.double()), ok: fc.oneof(fc.boolean(), fc.nat()), body: fc.jsonValue(), arrays: fc.oneof(fc.array(array), fc.jsonValue()), error: fc.jsonValue() }, { requiredKeys: [] })
    fc.assert(
      fc.property(header, fc.array(bytes, { maxLength: 3 }), (value, rest) => {
        expect(['none', 'bridge/protocol']).toContain(codeOf(() => decode([packr.pack(value), ...rest])))
      }),
      { numRuns: 2000 },
    )
  })

  it('are read or refused where a good one is cut, grown or changed in a byte', () => {
    const good = encode({ seq: 1, ok: true, body: { a: [1, 'b', { c: 0.5 }] } }, { x: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } })
    expect(decode(good).result).toMatchObject({ body: { a: [1, 'b', { c: 0.5 }] } })
    fc.assert(
      fc.property(fc.nat(1), fc.nat(), fc.nat(255), fc.constantFrom('cut', 'grow', 'change'), (part, where, value, how) => {
        const parts = good.map((one) => Uint8Array.from(one))
        const at = where % parts[part].length
        if (how === 'change') parts[part][at] = value
        else parts[part] = how === 'cut' ? parts[part].subarray(0, at) : Uint8Array.of(...parts[part], value)
        const code = codeOf(() => decode(parts))
        expect(how === 'change' ? ['none', 'bridge/protocol'] : ['bridge/protocol']).toContain(code)
      }),
      { numRuns: 2000 },
    )
  })

  it('never set a prototype', () => {
    const { result } = decode([packr.pack(JSON.parse('{"seq":1,"ok":true,"body":{"__proto__":{"polluted":1}},"arrays":[]}'))])
    expect(result).not.toBeInstanceOf(Bl1Error)
    expect(Reflect.get(result, 'polluted')).toBeUndefined()
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('a stream of any bytes', () => {
  /** Bytes of a message as the pipe carries them. */
  const framed = (parts: readonly Uint8Array[]): Uint8Array => {
    const numbers = Uint32Array.of(parts.length, ...parts.map((part) => part.length))
    return Uint8Array.of(...new Uint8Array(numbers.buffer), ...parts.flatMap((part) => [...part]))
  }

  it('gives the messages that were sent, however it is cut', () => {
    const messages = fc.array(fc.array(bytes, { minLength: 1, maxLength: 5 }), { maxLength: 5 })
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (sent, cuts) => {
        const received: (readonly Uint8Array[])[] = []
        const reader = new PartReader((parts) => received.push(parts))
        const stream = Uint8Array.from(sent.flatMap((parts) => [...framed(parts)]))
        for (let at = 0, k = 0; at < stream.length; at += cuts[k++ % cuts.length]) reader.take(stream.subarray(at, at + cuts[k % cuts.length]))
        expect(received).toEqual(sent)
      }),
    )
  })

  it('is refused before a size that is too large is read', () => {
    const numbers = (...values: number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer)
    for (const start of [numbers(0), numbers(66), numbers(2 ** 32 - 1), numbers(1, 2 ** 26 + 1), numbers(2, 2 ** 26, 1)])
      expect(new PartReader(() => undefined).take(start)).toMatch(/^a message of \d+ (parts|bytes)$/)
  })
})

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('a malformed answer rejects its call, and the next call is answered', { timeout: 60_000 }, async () => {
    const bridge = await startBridge({ transport, python: rawChild('junk') })
    const count = Number((await bridge.call('junk', { index: -1 })).body['count'])
    expect(count).toBeGreaterThan(40)
    for (let index = 0; index < count + 100; index++) {
      expect([index, (await errorOf(bridge.call('junk', { index }, {}, { limitMs: 5000 }))).code]).toEqual([index, 'bridge/protocol'])
      expect((await bridge.call('echo', { index })).body).toEqual({ index })
    }
    expect(bridge.failure).toBeUndefined()
  })

  it('an answer that comes twice answers no other call', async () => {
    const bridge = await startBridge({ transport, python: rawChild('junk') })
    const first = bridge.call('twice', { call: 1 })
    expect((await first).body).toEqual({ call: 1 })
    // The second answer may reach a call in flight only as a refusal.
    const next = await bridge.call('echo', { call: 2 }).catch((error: unknown) => error)
    if (next instanceof Bl1Error) expect(next.code).toBe('bridge/protocol')
    else expect(next).toMatchObject({ body: { call: 2 } })
    expect((await bridge.call('echo', { call: 3 })).body).toEqual({ call: 3 })
  })

  it('the process refuses malformed messages and goes on', { timeout: 60_000 }, async () => {
    const { send, next } = await rawParent(transport)
    const good = { seq: 1, verb: 'ping', body: {}, arrays: [] }
    const x = { name: 'x', dtype: 'uint8', shape: [1] }
    const header = (value: unknown): Uint8Array => packr.pack(value)
    const one = Uint8Array.of(1)
    /** A good message, but for these bytes as a value in its body. */
    const holding = (...value: number[]): Uint8Array => {
      const whole = [...header({ ...good, body: { x: 'MARK' } })]
      const at = whole.findIndex((_, k) => whole[k] === 0xa4 && whole[k + 1] === 0x4d && whole[k + 2] === 0x41)
      return Uint8Array.from(whole.toSpliced(at, 5, ...value))
    }
    const table: Uint8Array[][] = [
      [Uint8Array.of()],
      [Uint8Array.of(0xc1)],
      [header([1])],
      [header(7)],
      [header(good).subarray(0, -1)],
      [Uint8Array.of(...header(good), 0)],
      [Uint8Array.of(0xdf, 255, 255, 255, 255)],
      [Uint8Array.of(0xdd, 255, 255, 255, 255)],
      [Uint8Array.of(0xdb, 255, 255, 255, 255)],
      [new Uint8Array(100_000).fill(0x91)],
      [Uint8Array.of(0x81, 1, 2)],
      // Bytes, an extension without and one with bytes, a time, a key that is a number, text that is none.
      ...[[0xc4, 1, 1], [0xc7, 0, 5], [0xd4, 5, 1], [0xd6, 0xff, 0, 0, 0, 1], [0x81, 1, 2], [0xa2, 0xff, 0xfe]].map((value) => [holding(...value)]),
      [Uint8Array.of(0x81, 0xa1, 0x78, ...new Uint8Array(2000).fill(0x91), 0xc0)],
      [header({ ...good, seq: -1 })],
      [header({ ...good, seq: '1' })],
      [header({ ...good, seq: true })],
      [header({ ...good, seq: Number.NaN })],
      [header({ ...good, seq: 0.5 })],
      [header({ ...good, seq: Number.POSITIVE_INFINITY })],
      [header({ ...good, verb: 7 })],
      [header({ ...good, body: [] })],
      [header({ ...good, arrays: null })],
      [header({ ...good, arrays: { length: 0 } })],
      [header(good), one],
      [header({ ...good, arrays: [x] })],
      [header({ ...good, arrays: [x] }), Uint8Array.of(1, 2)],
      ...[[-1], [Number.NaN], [0.5, 2], ['1'], [true], 1, null, [2 ** 40, 0], Array(9).fill(1)].map((shape) => [header({ ...good, arrays: [{ ...x, shape }] }), one]),
      ...['int64', 'object', 'O', '', null, []].map((dtype) => [header({ ...good, arrays: [{ ...x, dtype }] }), one]),
      ...['', 7, null].map((name) => [header({ ...good, arrays: [{ ...x, name }] }), one]),
      [header({ ...good, arrays: [x, x] }), one, one],
      [header({ ...good, arrays: [7] }), one],
      [header({ ...good, body: { x: 'x'.repeat(2 ** 20) } })],
      ...fc.sample(fc.array(bytes, { minLength: 1, maxLength: 4 }), 200).map(([first, ...rest]) => [Uint8Array.of(0x90, ...first), ...rest]),
    ]
    for (const [k, parts] of table.entries()) {
      send(parts)
      expect([k, (await next()).result]).toMatchObject([k, { code: 'bridge/remote', data: { code: 'protocol/refused' } }])
    }
    send(encode({ seq: 9, verb: 'ping', body: {} }, {}))
    expect(await next()).toEqual({ seq: 9, result: { body: {}, arrays: {} } })
  })
})

it('a process whose stream is out of step ends', async () => {
  const { send, child } = await rawParent('pipe')
  send(Array<Uint8Array>(70).fill(Uint8Array.of(1)))
  expect((await child.exited).code).toBe(75)
})

/** A real process without a bridge: what is sent to it is not checked here. */
const rawParent = async (kind: (typeof TRANSPORTS)[number]) => {
  const secret = '5'.repeat(64)
  const transport: Transport = kind === 'pipe' ? new PipeTransport() : await ZeroMqTransport.bind(secret)
  const child = new Child(findPython(), transport.descriptors)
  onTestFinished(async () => {
    child.kill()
    await child.exited
    transport.close()
    child.release()
  })
  const waiting: ((parts: readonly Uint8Array[]) => void)[] = []
  const unread: (readonly Uint8Array[])[] = []
  const message = (parts: readonly Uint8Array[]): void => {
    const first = waiting.shift()
    if (first === undefined) unread.push(parts)
    else first(parts)
  }
  const receive = async (): Promise<readonly Uint8Array[]> =>
    unread.shift() ??
    new Promise((resolve, reject) => {
      waiting.push(resolve)
      void child.exited.then(() => reject(new Error(`the process ended: ${child.lastWords}`)))
    })
  transport.open(child.process, { message, failed: (reason) => expect.unreachable(reason) })
  child.instruct(JSON.stringify({ ...transport.instructions, secret }))
  expect(decodeHeader(await receive())).toMatchObject({ verb: 'hello', body: { secret } })
  transport.send(encode({ seq: 0, ok: true, body: {} }, {}))
  const next = async () => {
    const parts = await receive()
    return readAnswer(decodeHeader(parts), parts, false)
  }
  return { child, next, send: (parts: readonly Uint8Array[]) => transport.send(parts) }
}
