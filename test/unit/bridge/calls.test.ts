/** Calls and their answers, over both transports. */
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { BridgeArray, BridgeArrays } from '../../../src/bridge/index.js'
import type { JsonObject } from '../../../src/json.js'
import { TRANSPORTS, errorOf, startBridge, startProbe } from './support.js'

describe.each(TRANSPORTS)('calls over %s', (transport) => {
  it('says with what the process runs', async () => {
    const { bridge } = await startProbe({ transport })
    expect(bridge.hello.python).toMatch(/^3\.\d+\.\d+$/)
    expect(Object.keys(bridge.hello.versions)).toEqual(expect.arrayContaining(['msgpack', 'numpy']))
    expect(bridge.failure).toBeUndefined()
  })

  it('answers many calls in flight, each with its own answer', async () => {
    const { bridge } = await startProbe({ transport })
    const calls = Array.from({ length: 200 }, (_, k) => bridge.call('echo', { k }, { x: { shape: [1], data: Int32Array.of(k) } }))
    const answers = await Promise.all(calls)
    expect(answers.map(({ body, arrays }) => [body['k'], arrays['x'].data[0]])).toEqual(calls.map((_, k) => [k, k]))
  })

  it('drops the late answer of a call that timed out, and goes on', async () => {
    const { bridge } = await startProbe({ transport })
    const slow = bridge.call('sleep', { seconds: 0.4, from: 'slow' }, {}, { limitMs: 50 })
    const next = bridge.call('echo', { from: 'next' })
    const error = await errorOf(slow)
    expect(error.code).toBe('bridge/timeout')
    expect(error.data).toMatchObject({ doing: "'sleep'", limitMs: 50 })
    expect((await next).body).toEqual({ from: 'next' })
    expect((await bridge.call('echo', { from: 'later' })).body).toEqual({ from: 'later' })
    expect(bridge.failure).toBeUndefined()
  })

  it('does nothing twice: a call that timed out was made once', async () => {
    const { bridge } = await startProbe({ transport })
    const busy = bridge.call('sleep', { seconds: 0.2 })
    expect((await errorOf(bridge.call('spawn', {}, {}, { limitMs: 50 }))).code).toBe('bridge/timeout')
    await busy
    const { body } = await bridge.call('count')
    expect(body).toEqual({ spawned: 1 })
  })

  it('brings back JSON as it was', async () => {
    const { bridge } = await startProbe({ transport })
    const body = {
      whole: [0, -1, 127, 128, 255, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -(2 ** 40), Number.MAX_SAFE_INTEGER],
      fractions: [0.1, -1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE],
      text: ['', 'ä', '日本', '😀', 'x'.repeat(70_000)],
      other: [null, true, false, [], {}, [[[{ a: { b: [1] } }]]]],
      keys: Object.fromEntries(Array.from({ length: 70 }, (_, k) => [`key ${k}`, k])),
    }
    expect((await bridge.call('echo', body)).body).toEqual(body)
  })

  const arrays: Record<string, BridgeArray> = {
    uint8: { shape: [2, 3], data: Uint8Array.of(0, 1, 2, 253, 254, 255) },
    int8: { shape: [3], data: Int8Array.of(-128, 0, 127) },
    uint16: { shape: [1, 1, 2], data: Uint16Array.of(0, 65_535) },
    int16: { shape: [2], data: Int16Array.of(-32_768, 32_767) },
    uint32: { shape: [2], data: Uint32Array.of(0, 2 ** 32 - 1) },
    int32: { shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
    float32: { shape: [4], data: Float32Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, 0.1) },
    float64: { shape: [2, 2], data: Float64Array.of(Number.NaN, -0, 1e-300, Math.PI) },
    single: { shape: [], data: Float64Array.of(7) },
    empty: { shape: [0, 4], data: new Float32Array(0) },
    large: { shape: [100, 1000], data: Float32Array.from({ length: 100_000 }, (_, k) => k) },
  }

  it('brings back arrays of every kind and shape', async () => {
    const { bridge } = await startProbe({ transport })
    const { arrays: received } = await bridge.call('echo', {}, arrays)
    expect(received).toEqual(arrays)
    const classes = (those: BridgeArrays) => Object.values(those).map(({ data }) => data.constructor)
    expect(classes(received)).toEqual(classes(arrays))
  })

  it('gives arrays that are fresh, and takes arrays that may change at once', async () => {
    const { bridge } = await startProbe({ transport })
    const sent = new Uint8Array(200_000).fill(1)
    const calls = [bridge.call('echo', {}, { x: { shape: [sent.length], data: sent } })]
    sent.fill(2)
    calls.push(bridge.call('echo', {}, { x: { shape: [sent.length], data: sent } }))
    sent.fill(3)
    const [first, second] = (await Promise.all(calls)).map((answer) => answer.arrays['x'].data)
    expect([new Set(first), new Set(second)]).toEqual([new Set([1]), new Set([2])])
    first.fill(9)
    expect(new Set(second)).toEqual(new Set([2]))
    expect([first.buffer.byteLength, second.buffer.byteLength]).toEqual([200_000, 200_000])
  })

  it('sends the view that was given, wherever it lies in its buffer', async () => {
    const { bridge } = await startProbe({ transport })
    const data = new Float32Array(new Float32Array([1, 2, 3, 4, 5]).buffer, 8, 2)
    expect((await bridge.call('echo', {}, { x: { shape: [2], data } })).arrays['x'].data).toEqual(Float32Array.of(3, 4))
  })

  it('keeps what a host sent when the host uses its buffer again', async () => {
    const { bridge } = await startProbe({ transport })
    const calls = Array.from({ length: 20 }, (_, value) => bridge.call('buffer', { value, size: 300_000 }))
    const answers = await Promise.all(calls)
    expect(answers.map(({ arrays: { x } }) => [...new Set(x.data)])).toEqual(calls.map((_, value) => [value]))
  })

  it('tells refusals and exceptions of the host, and goes on', async () => {
    const { bridge } = await startProbe({ transport })
    const refusal = await errorOf(bridge.call('fail', { kind: 'refusal' }))
    expect([refusal.code, refusal.data]).toEqual(['bridge/remote', { code: 'probe/refused', message: 'asked to fail', data: { kind: 'refusal' } }])
    const exception = await errorOf(bridge.call('fail', { kind: 'exception' }))
    expect(exception.data).toMatchObject({ code: 'python/exception', data: { type: 'KeyError', traceback: expect.stringContaining('probe.py') } })
    const half = await errorOf(bridge.call('fail', { kind: 'half' }))
    expect(half.data).toMatchObject({ code: 'probe/half', message: expect.stringContaining('asked for ?') })
    expect((await errorOf(bridge.call('nonsense'))).data).toMatchObject({ code: 'probe/verb' })
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('refuses to send or to return what the wire cannot carry, and goes on', async () => {
    const { bridge } = await startProbe({ transport })
    const bytes = (length: number): BridgeArray => ({ shape: [length], data: new Uint8Array(length) })
    const cyclic: { inner?: JsonObject } = {}
    cyclic.inner = cyclic
    const wrong: [string, Promise<unknown>][] = [
      ['shape', bridge.call('echo', {}, { x: { shape: [2], data: new Uint8Array(3) } })],
      ['shape NaN', bridge.call('echo', {}, { x: { shape: [Number.NaN], data: new Uint8Array(0) } })],
      ['no name', bridge.call('echo', {}, { '': bytes(1) })],
      ['too many', bridge.call('echo', {}, Object.fromEntries(Array.from({ length: 65 }, (_, k) => [`a${k}`, bytes(1)])))],
      ['too large', bridge.call('echo', {}, { x: bytes(2 ** 26 + 1) })],
      ['cyclic', bridge.call('echo', cyclic)],
      ['large body', bridge.call('echo', { x: 'x'.repeat(2 ** 20) })],
    ]
    for (const [what, call] of wrong) expect([what, (await errorOf(call)).code]).toEqual([what, 'bridge/protocol'])
    // Half a character: JSON has it, UTF-8 has not.
    expect((await errorOf(bridge.call('echo', { x: '\ud800' }))).message).toContain('the process could not read it: the header is not plain msgpack')
    const returned = ['int64', 'object', 'body', 'large', 'deep']
    for (const what of returned) {
      expect([what, (await errorOf(bridge.call('unsendable', { what }))).data]).toMatchObject([what, { code: expect.stringMatching(/^bridge\//) }])
    }
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('sends numbers of Python as the nearest that the wire has', async () => {
    const { bridge } = await startProbe({ transport })
    const { body, arrays: got } = await bridge.call('convert')
    expect(body).toEqual({ integer: 3, truth: true, fraction: 0.5 })
    expect(got).toEqual({
      truth: { shape: [2], data: Uint8Array.of(1, 0) },
      int64: { shape: [2], data: Int32Array.of(-1, 5) },
      uint64: { shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
      half: { shape: [1], data: Float32Array.of(0.5) },
      bigEndian: { shape: [2], data: Int16Array.of(1, -2) },
      transposed: { shape: [3, 2], data: Int32Array.of(0, 3, 1, 4, 2, 5) },
    })
  })

  it('has one host a process, of those there are', async () => {
    const { bridge } = await startProbe({ transport })
    expect((await errorOf(bridge.call('make', { host: 'probe', options: {} }))).data).toMatchObject({ code: 'host/made' })
    const other = await startBridge({ transport })
    expect((await errorOf(other.call('echo'))).data).toMatchObject({ code: 'host/none' })
    expect((await errorOf(other.call('make', { host: 'os', options: {} }))).data).toMatchObject({ code: 'host/unknown' })
  })

  it('does not take a blocked event loop for a process that does not answer', async () => {
    const { bridge } = await startProbe({ transport, heartbeatMs: 50, callLimitMs: 400 })
    const call = bridge.call('sleep', { seconds: 0.1, large: 'x'.repeat(1000) }, { x: { shape: [2 ** 21], data: new Uint8Array(2 ** 21) } })
    await wait(20)
    const free = performance.now() + 1500
    while (performance.now() < free);
    expect((await call).arrays['x'].shape).toEqual([2 ** 21])
    // Heartbeats held up as long are forgiven as well.
    await wait(120)
    const again = performance.now() + 1500
    while (performance.now() < again);
    await wait(200)
    expect(bridge.failure).toBeUndefined()
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('refuses limits that no timer has', async () => {
    const { bridge } = await startProbe({ transport })
    for (const limitMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])
      expect([limitMs, (await errorOf(bridge.call('echo', {}, {}, { limitMs }))).code]).toEqual([limitMs, 'parameter/invalid'])
  })
})
