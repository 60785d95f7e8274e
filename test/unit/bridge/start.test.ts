/** Starts: the handshake, strangers at the port, and every way in which there is no process to talk to. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Dealer } from 'zeromq'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Bridge, findPython, packageRoot, pythonFolder, venvPython } from '../../../src/bridge/index.js'
import { encode } from '../../../src/bridge/codec.js'
import { LIMIT_MS, TRANSPORTS, errorOf, fakeInterpreter, openDescriptors, rawChild, startBridge, startProbe, temporaryFolder, until } from './support.js'

/** Where temporary files go for the rest of the test. */
const temporaryFilesIn = (folder: string): void => {
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
}

describe.each(TRANSPORTS)('a start over %s', (transport) => {
  const start = (python: string, startLimitMs = 20_000): Promise<Bridge> => Bridge.start({ transport, python, startLimitMs })

  it('refuses another version of the protocol, naming both', async () => {
    const error = await errorOf(start(rawChild('version')))
    expect([error.code, error.data]).toEqual(['bridge/version', { ours: 1, theirs: '2' }])
  })

  it('refuses a first message that is no hello', async () => {
    expect((await errorOf(start(rawChild('junk-hello')))).code).toBe('bridge/protocol')
  })

  it('has a limit', async () => {
    const error = await errorOf(start(rawChild('no-hello'), 300))
    expect([error.code, error.data]).toMatchObject(['bridge/timeout', { doing: 'to its start', limitMs: 300 }])
  })

  it('tells how a process ended, with its last words', async () => {
    const error = await errorOf(start(rawChild('exit')))
    expect([error.code, error.data]).toMatchObject(['bridge/start', { reason: 'it ended with exit code 7', lastWords: 'some last words' }])
  })

  it('tells that Python is too old', async () => {
    const old = "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); runpy.run_module('bl1_bridge', run_name='__main__')"
    const error = await errorOf(start(fakeInterpreter(`exec {python} -c "${old}"`)))
    expect([error.code, error.data]).toMatchObject(['bridge/python-old', { version: '3.8.1', needed: '3.10' }])
  })

  it('tells which module is missing', async () => {
    const error = await errorOf(start(fakeInterpreter('exec {python} -S "$@"')))
    expect([error.code, error.data]).toMatchObject(['bridge/not-installed', { module: 'msgpack' }])
    const broken = temporaryFolder()
    writeFileSync(join(broken, 'numpy.py'), "raise ImportError('made for another Python')")
    const other = await errorOf(start(fakeInterpreter(`PYTHONPATH='${broken}':"$PYTHONPATH" exec {python} "$@"`)))
    expect(other.data).toMatchObject({ module: 'numpy', reason: 'made for another Python' })
  })

  it('tells that there is no such interpreter, and that one cannot be run', async () => {
    expect((await errorOf(start('/nowhere/python'))).code).toBe('bridge/no-python')
    expect((await errorOf(start('no-such-python-on-the-path'))).code).toBe('bridge/no-python')
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'python'), 'not a program', { mode: 0o644 })
    expect((await errorOf(start(join(folder, 'python')))).code).toBe('bridge/start')
  })

  it('tells that there is no temporary folder to be had, and keeps no port', async () => {
    await (await startBridge({ transport })).close()
    const before = openDescriptors()
    temporaryFilesIn('/nowhere')
    for (let k = 0; k < 3; k++) {
      const error = await errorOf(start(findPython()))
      expect([error.code, error.message]).toEqual(['bridge/start', expect.stringContaining("mkdtemp '/nowhere/")])
    }
    expect(await until('descriptors closed', () => openDescriptors() <= before)).toBe(true)
  })

  it('leaves no folder behind where the name of the interpreter is none', async () => {
    const folder = temporaryFolder()
    temporaryFilesIn(folder)
    expect((await errorOf(start('py\0thon'))).code).toBe('bridge/start')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves nothing behind when it fails', async () => {
    await errorOf(start(rawChild('version')))
    const before = openDescriptors()
    for (const mode of ['version', 'exit', 'junk-hello']) await errorOf(start(rawChild(mode)))
    expect(await until('descriptors closed', () => openDescriptors() <= before)).toBe(true)
  })
})

it('without the secret in its hello a process is a stranger', async () => {
  expect((await errorOf(Bridge.start({ python: rawChild('wrong-secret'), startLimitMs: 1500 }))).code).toBe('bridge/timeout')
})

it.each([{ transport: 'carrier pigeon' }, { callLimitMs: Number.NaN }, { heartbeatMs: 0 }, { startLimitMs: 2 ** 31 }, { python: '' }])(
  'refuses the option %o',
  async (options) => {
    // @ts-expect-error: one of them names a transport that is none
    const started = Bridge.start(options)
    expect((await errorOf(started)).code).toBe('parameter/invalid')
  },
)

describe('strangers at the port', () => {
  const stranger = (endpoint: string): Dealer => {
    const dealer = new Dealer({ linger: 0 })
    onTestFinished(() => dealer.close())
    dealer.connect(endpoint)
    return dealer
  }

  it('are counted and disturb nothing, and none is taken for the process', async () => {
    const { bridge } = await startProbe()
    const endpoint = bridge.endpoint ?? ''
    expect(endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/)
    const strangers = Array.from({ length: 5 }, () => stranger(endpoint))
    const slow = bridge.call('sleep', { seconds: 0.5, from: 'process' })
    const hello = { protocol: 1, secret: '0'.repeat(64), pid: 1, python: '3', versions: {} }
    for (const dealer of strangers) {
      await dealer.send([Buffer.from('junk')])
      await dealer.send(encode({ seq: 0, verb: 'hello', body: hello }, {}))
      // The number of the call that is in flight.
      for (let seq = 1; seq < 5; seq++) await dealer.send(encode({ seq, ok: true, body: { from: 'stranger' } }, {}))
    }
    await until('strangers counted', () => bridge.refusedMessages === 30)
    expect((await slow).body).toMatchObject({ from: 'process' })
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('get nothing sent', async () => {
    const { bridge } = await startProbe()
    const dealer = stranger(bridge.endpoint ?? '')
    dealer.receiveTimeout = 300
    await dealer.send([Buffer.from('hello?')])
    await bridge.call('echo', { a: 1 })
    await expect(dealer.receive()).rejects.toThrow('timed out')
  })

  it('are cut off where they send more than a message may have', async () => {
    const { bridge } = await startProbe()
    const dealer = stranger(bridge.endpoint ?? '')
    await dealer.send(Buffer.alloc(2 ** 26 + 1))
    await dealer.send([Buffer.from('small')])
    await until('the small one counted', () => bridge.refusedMessages > 0)
    expect(bridge.refusedMessages).toBe(1)
    expect((await bridge.call('echo', { a: 1 })).body).toEqual({ a: 1 })
  })

  it('need not speak ZeroMQ', async () => {
    const { bridge } = await startProbe()
    for (const junk of [Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), Buffer.alloc(10_000, 0xff), Buffer.alloc(10_000)]) {
      const raw = createConnection({ host: '127.0.0.1', port: Number(bridge.endpoint?.split(':')[2]) })
      onTestFinished(() => void raw.destroy())
      raw.on('error', () => undefined).resume()
      await new Promise((resolve) => raw.write(junk, resolve))
      for (let a = 0; a < 20; a++) expect((await bridge.call('echo', { a })).body).toEqual({ a })
    }
  })
})

it('a process whose parent died before it said anything leaves no folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bl1-bridge-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { ...process.env, PYTHONPATH: pythonFolder() }
  expect(spawnSync(findPython(), ['-m', 'bl1_bridge'], { cwd: folder, env, input: '', timeout: LIMIT_MS }).status).toBe(75)
  expect(existsSync(folder)).toBe(false)
})

describe('findPython', () => {
  it('takes what is asked for, a path only if it is there', () => {
    expect(findPython({ asked: 'python3.12' })).toBe('python3.12')
    expect(findPython({ asked: process.execPath })).toBe(process.execPath)
    expect(() => findPython({ asked: '/nowhere/python' })).toThrow('/nowhere/python')
    // The process runs in another folder than this program.
    const path = relative(process.cwd(), process.execPath)
    expect(findPython({ asked: path })).toBe(process.execPath)
  })

  it('else takes the first .venv there is, and says where it looked', () => {
    const folders = [temporaryFolder(), temporaryFolder()]
    expect(() => findPython({ asked: '', folders })).toThrow(`${venvPython(folders[0])}, ${venvPython(folders[1])}`)
  })

  it('knows where the package and its Python code are', () => {
    expect(pythonFolder()).toBe(join(packageRoot(), 'python'))
    expect(packageRoot()).toBe(process.cwd())
  })
})
