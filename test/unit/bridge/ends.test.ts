/** Ends: closing, crashes, killed and stopped processes. Nothing that belonged to a bridge outlives it. */
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Bridge, HostBridge } from '../../../src/bridge/index.js'
import { TRANSPORTS, errorOf, isRunning, openDescriptors, sharedMemoryName, startProbe, until, untilGone } from './support.js'

const spawned = async (bridge: Bridge, body = {}): Promise<number> => Number((await bridge.call('spawn', body)).body['pid'])

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('closing ends the process, its children, its guard and its folder', async () => {
    const { bridge, folder, guard } = await startProbe({ transport })
    const path = sharedMemoryName(`${transport}-close`)
    const pids = [bridge.pid, guard, await spawned(bridge), await spawned(bridge, { path })]
    expect(pids.every(isRunning)).toBe(true)
    await bridge.close()
    expect(pids.filter(isRunning)).toEqual([])
    expect([folder, path].filter(existsSync)).toEqual([])
  })

  it('closing rejects what is in flight, once and for all', async () => {
    const { bridge } = await startProbe({ transport, closeLimitMs: 300 })
    const busy = errorOf(bridge.call('sleep', { seconds: 60 }))
    const closed = bridge.close()
    expect((await busy).code).toBe('bridge/closed')
    expect((await errorOf(bridge.call('echo'))).code).toBe('bridge/closed')
    await closed
    await bridge.close()
    expect(isRunning(bridge.pid)).toBe(false)
    expect(bridge.failure).toBeUndefined()
  })

  it('closing has a limit, also where the process is stopped', async () => {
    const { bridge, guard } = await startProbe({ transport, closeLimitMs: 300 })
    process.kill(bridge.pid, 'SIGSTOP')
    await bridge.close()
    expect(await untilGone(bridge.pid, guard)).toBe(true)
  })

  it('frees sockets and descriptors', async () => {
    // The first bridge of a program opens what ZeroMQ keeps for all.
    await (await Bridge.start({ transport })).close()
    const before = openDescriptors()
    for (let k = 0; k < 3; k++) await (await Bridge.start({ transport })).close()
    expect(await until('descriptors closed', () => openDescriptors() <= before)).toBe(true)
  })

  it('tells a crash with exit code and last words, to every call', async () => {
    const { bridge } = await startProbe({ transport })
    const calls = [bridge.call('die', { status: 3 }), bridge.call('echo')].map(errorOf)
    for (const error of await Promise.all(calls)) {
      expect([error.code, error.data]).toMatchObject(['bridge/crashed', { exit: 'exit code 3', lastWords: 'the probe was asked to die' }])
      expect(error.message).toContain("'die', 'echo' was under way")
    }
    expect(bridge.failure?.code).toBe('bridge/crashed')
    expect(await errorOf(bridge.call('echo'))).toBe(bridge.failure)
  })

  it('tells a fatal refusal, then that the process ended', async () => {
    const { bridge } = await startProbe({ transport })
    expect((await errorOf(bridge.call('fail', { kind: 'fatal' }))).data).toMatchObject({ code: 'probe/refused' })
    await until('the end is told', () => bridge.failure !== undefined)
    expect(bridge.failure?.data).toMatchObject({ exit: 'exit code 70' })
  })

  it('a crash by a fault leaves where it happened', async () => {
    const { bridge } = await startProbe({ transport })
    const error = await errorOf(bridge.call('die', { signal: constants.signals.SIGSEGV }))
    expect(error.data).toMatchObject({ exit: 'signal SIGSEGV', lastWords: expect.stringContaining('probe.py') })
  })

  it('a process killed while idle is noticed, and what it started ends with it', async () => {
    const { bridge, folder, guard } = await startProbe({ transport })
    const path = sharedMemoryName(`${transport}-kill`)
    const pids = [guard, await spawned(bridge), await spawned(bridge, { path })]
    process.kill(bridge.pid, 'SIGKILL')
    await until('the end is told', () => bridge.failure !== undefined)
    expect(bridge.failure?.data).toMatchObject({ exit: 'signal SIGKILL', doing: 'nothing was under way' })
    await untilGone(...pids)
    await bridge.close()
    expect([folder, path].filter(existsSync)).toEqual([])
  })

  it('a process that is stopped is noticed', async () => {
    const { bridge } = await startProbe({ transport, heartbeatMs: 100, callLimitMs: 300 })
    process.kill(bridge.pid, 'SIGSTOP')
    await until('the missing sign of life is told', () => bridge.failure !== undefined)
    expect([bridge.failure?.code, bridge.failure?.data]).toMatchObject(['bridge/timeout', { doing: "'ping'" }])
    await untilGone(bridge.pid)
  })

  it('heartbeats keep a process that answers', async () => {
    const { bridge } = await startProbe({ transport, heartbeatMs: 20, callLimitMs: 5000 })
    let beats = 0
    await until('some beats', () => ++beats > 60)
    expect(bridge.failure).toBeUndefined()
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('eight processes at once, each with its own answers', { timeout: 60_000 }, async () => {
    const probes = await Promise.all(Array.from({ length: 8 }, () => startProbe({ transport })))
    const answers = await Promise.all(probes.flatMap(({ bridge }, game) => [1, 2, 3].map((k) => bridge.call('echo', { game, k }))))
    expect(answers.map(({ body }) => body)).toEqual(probes.flatMap((_, game) => [1, 2, 3].map((k) => ({ game, k }))))
  })

  it('a host is started again in a fresh process, also after a crash', async () => {
    const host = new HostBridge('probe', { a: 1 }, { transport })
    onTestFinished(() => host.close())
    expect((await errorOf(host.call('echo'))).code).toBe('bridge/closed')
    expect((await host.start()).body).toMatchObject({ options: { a: 1 } })
    const first = host.pid ?? 0
    expect((await host.start()).body).toMatchObject({ options: { a: 1 } })
    expect(host.pid).toBe(first)
    await errorOf(host.call('die', { status: 1 }))
    expect(host.failure?.code).toBe('bridge/crashed')
    expect((await host.restart()).body).toMatchObject({ options: { a: 1 } })
    expect(host.pid).not.toBe(first)
    expect([host.failure, (await host.call('echo', { b: 2 })).body]).toEqual([undefined, { b: 2 }])
    await host.close()
    expect([first, host.pid ?? 0].filter(isRunning)).toEqual([])
    expect((await errorOf(host.call('echo'))).code).toBe('bridge/closed')
    expect((await errorOf(host.restart())).code).toBe('bridge/closed')
  })

  it('a host that refuses to be made leaves no process', async () => {
    const host = new HostBridge('probe', { refuse: true }, { transport })
    expect((await errorOf(host.start())).data).toMatchObject({ code: 'probe/refused' })
    expect(host.pid).toBeUndefined()
    expect((await errorOf(host.call('echo'))).code).toBe('bridge/closed')
  })

  it('a host closed while it starts is closed', async () => {
    const host = new HostBridge('probe', {}, { transport })
    const started = host.start()
    // Its turn has begun.
    await new Promise(setImmediate)
    await host.close()
    const { body } = await started
    expect([host.pid ?? 0, Number(body['guard'])].filter(isRunning)).toEqual([])
  })
})
