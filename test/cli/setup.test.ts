/** `bl1 setup doom`: what it makes, that it does so once, and what it says where it cannot. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPython, packageRoot, venvPython } from '../../src/bridge/python.js'
import { peerPython } from '../../src/cli/bench/python.js'
import { pythonPlace } from '../../src/cli/python/place.js'
import { requirementsOf } from '../../src/cli/python/requirements.js'
import { setUpPython, type SetUpOptions } from '../../src/cli/python/setUp.js'
import { bl1, scratchFolder } from './run.js'

const REQUIREMENTS = 'vizdoom==1.3.2\nnumpy==2.2.6; python_version < "3.11"\nnumpy==2.3.5; python_version >= "3.11"\n'
const READY = { vizdoom: '1.3.2', numpy: '2.3.5' }

/** Nothing listens on port 9. */
const UNREACHABLE = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '1', PIP_NO_CACHE_DIR: '1', PIP_CONFIG_FILE: '/dev/null' }

/** A clone that needs two packages. */
const clone = (): string => {
  const root = scratchFolder()
  mkdirSync(join(root, 'python'))
  writeFileSync(join(root, 'python', 'requirements.txt'), REQUIREMENTS)
  return root
}

const program = (file: string, lines: string): string => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${lines}\n`)
  chmodSync(file, 0o755)
  return file
}

/** What an interpreter answers when it is asked for its version and packages. */
const saying = (packages: Readonly<Record<string, string>>, { version = '3.11.7', venv = false, prefix = '', pip = true } = {}): string =>
  `echo '${JSON.stringify({ version, prefix, venv, pip, packages })}'`

/** A PATH with a `python3` that runs these shell lines. */
const pathWith = (lines: string): string => `${dirname(program(join(scratchFolder(), 'python3'), lines))}:/bin:/usr/bin`

/**
 * An environment whose pip works: it notes how it was called, and what it "installs" is there from then on.
 * @param pip what `-m pip install` does
 */
const environment = (venv: string, pip = `touch '${venv}/packages'`): string => {
  const facts = { venv: true, prefix: venv }
  return program(
    join(venv, 'bin', 'python'),
    `echo "$@" | grep -q '^-m' && echo "$@" >> '${venv}/calls'
     case "$1 $2" in
       "-m pip") ${pip};;
       "-m ensurepip") exit 0;;
       *) if [ -e '${venv}/packages' ]; then ${saying(READY, facts)}; else ${saying({}, facts)}; fi;;
     esac`,
  )
}

/** A python3 whose `-m venv` copies that environment. */
const makingVenv = (root: string, pip?: string): string => {
  const template = environment(join(scratchFolder(), 'venv'), pip)
  const text = readFileSync(template, 'utf8').replaceAll(dirname(dirname(template)), join(root, '.venv'))
  writeFileSync(template, text)
  return pathWith(`case "$2" in venv) mkdir -p "$3/bin" && cp -p '${template}' "$3/bin/python";; *) ${saying({})};; esac`)
}

const callsOf = (root: string): string => readFileSync(join(root, '.venv', 'calls'), 'utf8')
const setUp = (root: string, env: NodeJS.ProcessEnv, more: SetUpOptions = {}): ReturnType<typeof setUpPython> =>
  setUpPython({ root, folder: root, env, ...more })

describe('setting up', () => {
  it('makes .venv and installs what is pinned for that Python; the second time it starts no pip', async () => {
    const root = clone()
    const said: string[] = []
    const options = { say: (text: string) => void said.push(text) }
    const env = { PATH: makingVenv(root) }
    const python = venvPython(root)
    expect(await setUp(root, env, options)).toMatchObject({ python, version: '3.11.7', packages: READY, installed: ['vizdoom', 'numpy'] })
    expect(callsOf(root)).toMatch(/^-m pip .*install .*-r .*requirements\.txt\n$/)
    expect(said).toEqual([expect.stringContaining('making'), expect.stringContaining('installing')])
    said.length = 0
    expect(await setUp(root, env, options)).toMatchObject({ python, packages: READY, installed: [] })
    expect({ said, pips: callsOf(root).match(/-m pip/g)?.length }).toEqual({ said: [], pips: 1 })
  })

  it('installs anew what a stopped pip left, even where it looks installed', async () => {
    const root = clone()
    environment(join(root, '.venv'))
    writeFileSync(join(root, '.venv', 'packages'), '')
    writeFileSync(join(root, '.venv', '.bl1-installing'), '')
    await setUp(root, {})
    expect(callsOf(root)).toContain('--ignore-installed')
    expect(existsSync(join(root, '.venv', '.bl1-installing'))).toBe(false)
  })

  it('leaves the mark of a pip that failed, so that the next run installs anew', async () => {
    const root = clone()
    const env = { PATH: makingVenv(root, 'exit 1') }
    await expect(setUp(root, env)).rejects.toMatchObject({ code: 'setup/failed' })
    expect(existsSync(join(root, '.venv', '.bl1-installing'))).toBe(true)
  })

  it('mends an environment that was stopped while it was made', async () => {
    const root = clone()
    mkdirSync(join(root, '.venv', 'bin'), { recursive: true })
    expect(await setUp(root, { PATH: makingVenv(root) })).toMatchObject({ packages: READY })
  })

  it('makes an environment anew whose Python is gone', async () => {
    const root = clone()
    // as after the removal of the Python that it was made with
    mkdirSync(join(root, '.venv', 'bin'), { recursive: true })
    writeFileSync(join(root, '.venv', 'pyvenv.cfg'), 'home = /gone\n')
    symlinkSync(join(root, 'gone'), venvPython(root))
    const failure = setUp(root, { ...process.env, BL1_PYTHON: undefined, ...UNREACHABLE })
    // A real venv was made: only pip, which is real as well, has nobody to ask.
    await expect(failure).rejects.toMatchObject({ code: 'setup/no-network' })
    expect(existsSync(venvPython(root))).toBe(true)
  })

  it('gives pip to an environment that has none', async () => {
    const root = clone()
    const venv = join(root, '.venv')
    program(
      venvPython(root),
      `case "$1 $2" in
         "-m ensurepip") touch '${venv}/pip';;
         "-m pip") [ -e '${venv}/pip' ] && touch '${venv}/packages';;
         *) if [ -e '${venv}/packages' ]; then ${saying(READY)}; else ${saying({}, { pip: false })}; fi;;
       esac`,
    )
    expect(await setUp(root, {})).toMatchObject({ packages: READY })
  })

  it('installs into the interpreter that BL1_PYTHON names, and makes no .venv', async () => {
    const root = clone()
    const venv = join(scratchFolder(), 'mine')
    const python = environment(venv)
    expect(await setUp(root, { BL1_PYTHON: python })).toMatchObject({ python, packages: READY })
    expect(existsSync(join(root, '.venv'))).toBe(false)
  })

  it('says so where pip reported success and nothing is there', async () => {
    const root = clone()
    const failure = setUp(root, { PATH: makingVenv(root, 'exit 0') })
    await expect(failure).rejects.toMatchObject({ code: 'setup/incomplete', data: { name: 'vizdoom', wanted: '1.3.2', found: null } })
  })

  it('runs one at a time: whoever comes second waits and finds the work done', async () => {
    const root = clone()
    const said: string[] = []
    const options = { say: (text: string) => void said.push(text) }
    const env = { PATH: makingVenv(root) }
    const results = await Promise.all([setUp(root, env, options), setUp(root, env, options)])
    expect(results.map(({ installed }) => installed.length)).toEqual([2, 0])
    expect(callsOf(root).match(/-m pip/g)?.length).toBe(1)
    expect(said.filter((text) => text.startsWith('waiting'))).toEqual([expect.stringContaining(`process ${process.pid}`)])
    expect(existsSync(join(root, '.venv.lock'))).toBe(false)
  })

  it('does not wait for one that was killed', async () => {
    const root = clone()
    writeFileSync(join(root, '.venv.lock'), String(spawnSync('true').pid))
    expect(await setUp(root, { PATH: makingVenv(root) })).toMatchObject({ packages: READY })
    expect(existsSync(join(root, '.venv.lock'))).toBe(false)
  })

  it('waits no longer after Ctrl-C, and leaves the lock to its owner', async () => {
    const root = clone()
    writeFileSync(join(root, '.venv.lock'), String(process.pid))
    const controller = new AbortController()
    const failure = setUp(root, { PATH: makingVenv(root) }, { signal: controller.signal, say: () => controller.abort() })
    await expect(failure).rejects.toMatchObject({ code: 'run/interrupted' })
    expect(existsSync(join(root, '.venv.lock'))).toBe(true)
  })

  it('does not wait for what an interpreter leaves running', async () => {
    const left = join(scratchFolder(), 'pid')
    const python = program(join(scratchFolder(), 'p'), `sleep 60 & echo $! > '${left}'; ${saying(READY)}`)
    const startedMs = performance.now()
    expect(await setUp(clone(), { PATH: process.env['PATH'], BL1_PYTHON: python })).toMatchObject({ installed: [] })
    const tookMs = performance.now() - startedMs
    process.kill(Number(readFileSync(left, 'utf8')), 'SIGKILL')
    // It still ran.
    expect(tookMs).toBeLessThan(60_000)
  })

  it('stops on Ctrl-C, and runs through the next time', async () => {
    const root = clone()
    const controller = new AbortController()
    const say = (text: string): void => (text.startsWith('installing') ? controller.abort() : undefined)
    const env = { PATH: makingVenv(root) }
    await expect(setUp(root, env, { signal: controller.signal, say })).rejects.toMatchObject({ code: 'run/interrupted' })
    expect(await setUp(root, env)).toMatchObject({ packages: READY })
  })
})

describe('what cannot be set up', () => {
  const broken = (env: (root: string) => NodeJS.ProcessEnv): Promise<unknown> => {
    const root = clone()
    return setUp(root, env(root))
  }
  const failingPip = (text: string) => (root: string) => ({ PATH: makingVenv(root, `echo "${text}" >&2; exit 1`) })

  it.each([
    ['no Python', () => ({ PATH: scratchFolder() }), 'setup/no-python', /apt install python3/],
    ['a named Python that is not there', () => ({ BL1_PYTHON: './no/python' }), 'setup/no-python', /no\/python/],
    ['an old Python', () => ({ PATH: pathWith(saying({}, { version: '3.8.10' })) }), 'setup/python-old', /3\.10 or newer.*3\.8\.10/],
    ['Python 2', () => ({ PATH: pathWith(saying({}, { version: '2.7.18' })) }), 'setup/python-old', /2\.7\.18/],
    ['an old named Python', () => ({ BL1_PYTHON: program(join(scratchFolder(), 'p'), saying({}, { version: '3.9.1' })) }), 'setup/python-old', /3\.9\.1/],
    ['what is no Python', () => ({ BL1_PYTHON: process.execPath }), 'setup/no-answer', /does not answer as a Python/],
    [
      'no venv',
      () => ({ PATH: pathWith(`case "$2" in venv) echo "ensurepip is not available" >&2; exit 1;; *) ${saying({})};; esac`) }),
      'setup/no-venv',
      /apt install python3-venv/,
    ],
    ['no pip', () => ({ BL1_PYTHON: program(join(scratchFolder(), 'p'), `[ "$1" = -m ] && { echo "$0: No module named pip" >&2; exit 1; }; ${saying({})}`) }), 'setup/no-pip', /python3-pip/],
    ['a Python of the system', failingPip('error: externally-managed-environment'), 'setup/managed', /BL1_PYTHON/],
    ['a full disk', failingPip('ERROR: [Errno 28] No space left on device'), 'setup/disk-full', /500 MB/],
    ['a folder of somebody else', failingPip('ERROR: [Errno 13] Permission denied'), 'setup/not-writable', /owner/],
    ['a system without a wheel', failingPip('ERROR: No matching distribution found for vizdoom==1.3.2'), 'setup/no-wheel', /CPython/],
    ['anything else', failingPip('ERROR: a wheel with teeth'), 'setup/failed', /a wheel with teeth/],
  ])('%s', async (_, env, code, message) => {
    await expect(broken(env)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })
})

describe('which Python', () => {
  it('is the same for setting up, for a run and for a measurement', () => {
    const folder = scratchFolder()
    const root = scratchFolder()
    expect(pythonPlace({ env: {}, folder, root })).toMatchObject({ python: venvPython(root), venv: join(root, '.venv') })
    mkdirSync(dirname(venvPython(folder)), { recursive: true })
    writeFileSync(venvPython(folder), '')
    expect(pythonPlace({ env: {}, folder, root })).toMatchObject({ python: venvPython(folder), reason: '.venv of the working folder' })
    expect(findPython({ asked: '', folders: [folder, root] })).toBe(venvPython(folder))
    expect(pythonPlace({ env: { BL1_PYTHON: './x/python' }, folder, root })).toMatchObject({ python: join(folder, 'x', 'python'), venv: undefined })
    expect(peerPython('python3.12')).toBe('python3.12')
    expect(() => peerPython(join(root, 'nowhere'))).toThrow(expect.objectContaining({ code: 'cli/python' }))
  })

  it('of an installed package is not kept where npm may delete it', () => {
    const folder = scratchFolder()
    const root = join(folder, 'node_modules', 'bl1')
    expect(pythonPlace({ env: {}, folder, root }).venv).toBe(join(folder, '.venv'))
  })
})

describe('the pinned packages', () => {
  it.each([
    ['3.10.12', '2.2.6'],
    ['3.11.0', '2.3.5'],
    ['3.14.1', '2.3.5'],
  ])('of Python %s have numpy %s', (python, version) => {
    const wanted = requirementsOf(join(packageRoot(), 'python', 'requirements.txt'), python)
    expect(wanted.map(({ name }) => name)).toEqual(['vizdoom', 'pyzmq', 'msgpack', 'gymnasium', 'numpy'])
    expect(wanted.find(({ name }) => name === 'numpy')).toEqual({ name: 'numpy', version })
  })
})

describe('bl1 setup doom', () => {
  it('has nothing to do where everything is there, and says what there is', async () => {
    const { code, stdout, stderr } = await bl1(['setup', 'doom', '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ installed: [], packages: { vizdoom: '1.3.2' } })
  })

  it('without a network says so, in a real environment', async () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, '.venv'))
    const env = { BL1_PYTHON: undefined, ...UNREACHABLE }
    const { code, stdout, stderr } = await bl1(['setup', 'doom'], { cwd: folder, env })
    expect(stderr).toMatch(/could not reach the package index[^]*setup\/no-network/)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('of an unknown game: exit 2', async () => {
    expect(await bl1(['setup', 'quake'])).toMatchObject({ code: 2 })
  })
})
