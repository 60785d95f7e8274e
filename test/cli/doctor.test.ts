/** `bl1 doctor`: a row for everything, whatever is broken, and the exit code that says whether Doom can be played. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { venvPython } from '../../src/bridge/python.js'
import { runCheck, type CheckRow } from '../../src/cli/doctor/check.js'
import { buildCheck, ffmpegCheck, folderCheck, machineChecks, memoryCheck, nodeCheck, sharedMemoryCheck, systemCheck } from '../../src/cli/doctor/machine.js'
import { bl1, scratchFolder, type CommandOptions, type CommandRun } from './run.js'

interface Report extends Pick<CommandRun, 'code' | 'stderr'> {
  readonly isReady: boolean
  readonly row: (name: string) => CheckRow
}

const doctor = async (options: CommandOptions = {}): Promise<Report> => {
  const { code, stdout, stderr } = await bl1(['doctor', '--json'], { limitMs: 120_000, ...options })
  const { isReady, checks }: { isReady: boolean; checks: CheckRow[] } = JSON.parse(stdout)
  const row = (name: string): CheckRow => {
    const found = checks.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no row '${name}' among ${checks.map((one) => one.name).join(', ')}`)
    return found
  }
  return { code, stderr, isReady, row }
}

it('a working folder that was removed is a row like others', async () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: no such file or directory, uv_cwd')
  })
  onTestFinished(() => void vi.restoreAllMocks())
  const rows = await Promise.all(machineChecks().map(runCheck))
  expect(rows.find(({ name }) => name === 'working folder')).toMatchObject({ state: 'missing', found: expect.stringContaining('uv_cwd') })
})

describe('bl1 doctor', () => {
  it('where everything is there: the engine plays, exit 0, and a table for people', async () => {
    const { code, isReady, row } = await doctor()
    expect({ code, isReady, doom: row('Doom') }).toEqual({ code: 0, isReady: true, doom: expect.objectContaining({ state: 'ok', remedy: null }) })
    for (const name of ['Node', 'working folder', 'Python', 'Python: vizdoom', 'zeromq']) expect(row(name).state).toBe('ok')
    const { code: again, stdout } = await bl1(['doctor'], { limitMs: 120_000 })
    expect(again).toBe(0)
    expect(stdout).toMatch(/Python: pyzmq.*ok[^]*the engine played a step[^]*Doom is ready/)
  }, 120_000)

  it('names an environment without packages, package by package, with the remedy', async () => {
    const folder = scratchFolder()
    expect(spawnSync('python3', ['-m', 'venv', '--without-pip', join(folder, '.venv')]).status).toBe(0)
    const { code, stderr, isReady, row } = await doctor({ cwd: folder, env: { BL1_PYTHON: undefined } })
    expect({ code, isReady }).toEqual({ code: 1, isReady: false })
    expect(row('Python')).toMatchObject({ state: 'ok', found: expect.stringContaining(venvPython(folder)) })
    expect(row('Python: vizdoom')).toMatchObject({ state: 'missing', found: 'not installed, wanted 1.3.2', remedy: expect.stringContaining('bl1 setup doom') })
    expect(row('zeromq').state).toBe('ok')
    expect(row('Doom')).toMatchObject({ state: 'missing', remedy: expect.any(String) })
    expect(stderr).toMatch(/Doom cannot run here: Python: vizdoom.*setup\/unhealthy/)
  })

  it.each([
    ['there is no Python', './no/python', /no\/python/],
    ['it is no Python', process.execPath, /does not answer/],
  ])('where %s it is a row, and the rest is looked at', async (_, python, found) => {
    const { code, row } = await doctor({ env: { BL1_PYTHON: python } })
    expect(code).toBe(1)
    expect(row('Python')).toMatchObject({ state: 'missing', found: expect.stringMatching(found), remedy: expect.stringContaining('setup doom') })
    expect(row('zeromq').state).toBe('ok')
    expect(row('Doom').state).toBe('missing')
  })

  it('names an old Python', async () => {
    const python = join(scratchFolder(), 'python3')
    writeFileSync(python, `#!/bin/sh\necho '{"version":"3.8.10","prefix":"","venv":false,"pip":true,"packages":{}}'\n`)
    chmodSync(python, 0o755)
    const { code, row } = await doctor({ env: { BL1_PYTHON: python } })
    expect({ code, python: row('Python') }).toMatchObject({ code: 1, python: { state: 'missing', remedy: expect.stringContaining('3.10 or newer') } })
  })

  it.runIf(process.platform === 'linux')('names a folder that cannot be written to', async () => {
    const { code, row } = await doctor({ cwd: '/proc', env: { BL1_PYTHON: './no/python' } })
    expect({ code, state: row('working folder').state }).toEqual({ code: 1, state: 'missing' })
  })
})

describe('a check', () => {
  it('that throws, at once or later, is a row with what was said', async () => {
    const broken = (look: () => never | Promise<never>): Promise<CheckRow> => runCheck({ name: 'x', remedy: 'mend it', look })
    const fail = (): never => {
      throw new Error('teeth')
    }
    const row = { name: 'x', state: 'missing', found: 'teeth', remedy: 'mend it' }
    expect(await broken(fail)).toEqual(row)
    expect(await broken(async () => fail())).toEqual(row)
  })

  it('that never ends is a row after its limit', async () => {
    const row = await runCheck({ name: 'x', remedy: 'mend it', limitMs: 5, look: () => new Promise(() => undefined) })
    expect(row).toMatchObject({ state: 'missing', found: expect.stringContaining('no answer within'), remedy: 'mend it' })
  })

  it.each([
    ['an old Node', () => nodeCheck('18.19.0'), 'missing', /18\.19/],
    ['this Node', () => nodeCheck(), 'ok', /./],
    ['a system without wheels', () => systemCheck('win32 arm64'), 'doubtful', /win32 arm64/],
    ['little memory', () => memoryCheck(2 ** 28), 'doubtful', /0\.3 GiB free/],
    ['a package that was not compiled', () => buildCheck(scratchFolder()), 'missing', /compiled/],
    ['a folder that is not there', () => folderCheck(join(scratchFolder(), 'gone')), 'missing', /ENOENT/],
    ['no shared memory', () => sharedMemoryCheck(join(scratchFolder(), 'shm')), 'missing', /there is no/],
    ['shared memory', () => sharedMemoryCheck(scratchFolder()), 'ok', /MiB free/],
    ['no ffmpeg', () => ffmpegCheck(join(scratchFolder(), 'ffmpeg')), 'optional', /not here/],
  ])('of %s', async (_, check, state, found) => {
    const row = await runCheck(check())
    expect(row).toMatchObject({ state, found: expect.stringMatching(found) })
    // What is not as it should be always comes with what to do.
    expect(row.remedy === null).toBe(state === 'ok')
  })

  it('leaves nothing in the folders it tries', async () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'sub'))
    await runCheck(folderCheck(folder))
    expect(spawnSync('ls', ['-A', folder], { encoding: 'utf8' }).stdout.trim()).toBe('sub')
  })
})
