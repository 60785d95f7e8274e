/** `bl1 bench`: what it measures and writes, with very little work and without Python. Times are not asserted: they belong to the machine. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPython, setUpPython, venvPython } from '../../src/cli/bench/python.js'
import { bl1, scratchFolder } from './run.js'

const TINY = ['bench', 'env', '--steps', '64', '--rounds', '2'] as const

describe('bl1 bench env', () => {
  it('measures our side alone without Python, prints one document, and leaves a report', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...TINY, '--cases', 'cart-pole,empty,wrapper-TimeLimit', '--no-python', '--json', '--out', out])
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Gymnasium was left out') })
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({ folder: out, steps: 64, rounds: 2, versions: { node: process.versions.node } })
    expect(document.cases.map(({ name }: { name: string }) => name)).toEqual(['cart-pole', 'empty', 'wrapper-TimeLimit'])
    for (const { sides } of document.cases) {
      for (const side of sides) {
        expect(side).toMatchObject({ owner: 'bl1', rounds: [expect.any(Number), expect.any(Number)] })
        expect(side.nsEach * side.perSecond).toBeCloseTo(1e9, 0)
      }
    }
    const { folder: _, ...written } = document
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toEqual(written)
    const report = readFileSync(join(out, 'report.md'), 'utf8')
    expect(report).toContain('## What each wrapper adds to a step')
    expect(report).toContain(document.provenance.cpu)
  })

  it('prints tables', async () => {
    const { code, stdout } = await bl1([...TINY, '--cases', 'empty', '--no-python', '--out', scratchFolder()])
    expect(code).toBe(0)
    expect(stdout).toMatch(/An environment that does nothing[^]*ns\/step[^]*BL-1: BaseEnv/)
  })

  it.each([
    ['an unknown measurement', ['--cases', 'cartpole'], /'cartpole'.*Did you mean 'cart-pole'\?.*cli\/bench-case/],
    ['an interpreter that is not there', ['--python', './no/python'], /no\/python.*cli\/python/],
    ['no measurement', ['--cases', ','], /expected names separated by commas, got ','/],
    ['a folder that is a file', ['--no-python', '--out', 'package.json'], /package\.json.*run\/folder-unusable/],
    ['a folder that cannot be made', ['--no-python', '--out', '/dev/null/results'], /run\/folder-unusable/],
    ['no rounds', ['--rounds', '0'], /at least 1/],
    ['an unknown option', ['--round', '3'], /unknown option[^]*--help/],
  ])('%s: exit 2 and nothing written', async (_, args, reason) => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...TINY, '--out', out, ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false })
  })

  it('says what an interpreter without Gymnasium answered', async () => {
    // Node is no Python.
    const { code, stderr } = await bl1([...TINY, '--cases', 'empty', '--python', process.execPath, '--out', scratchFolder()])
    expect(code).toBe(1)
    expect(stderr).toMatch(/measures Gymnasium[^]*gymnasium_env.py[^]*bl1 bench setup[^]*bench\/side-died/)
  })

  it('stops on Ctrl-C', async () => {
    const { code, stderr } = await bl1(['bench', 'env', '--no-python', '--steps', '100000000', '--cases', 'empty', '--out', scratchFolder()], {
      interruptWhen: (_, written) => written.includes('1 of 1'),
    })
    expect(code).toBe(130)
    expect(stderr).toContain('run/interrupted')
  })
})

describe('bl1 bench culture', () => {
  const QUICK = ['bench', 'culture', '--quick', '--sizes', '100', '--rounds', '1'] as const

  it('measures, prints one document, and leaves report and figures', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...QUICK, '--json', '--out', out], { limitMs: 240_000 })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 4') })
    const { folder, ...document } = JSON.parse(stdout)
    expect({ folder, document }).toMatchObject({
      folder: out,
      document: { sizes: [100], rounds: 1, isComplete: true, versions: { node: process.versions.node }, provenance: { cores: expect.any(Number) } },
    })
    expect(document.groups.map(({ kind }: { kind: string }) => kind)).toEqual(['size', 'driven', 'batch'])
    for (const { subjects } of document.groups) {
      for (const one of subjects) {
        expect(one).toMatchObject({ rounds: [expect.any(Number)], synapses: expect.any(Number), spread: 0 })
        // a batch computes 16 at once: ns a neuron x neurons x steps a second = ns a second
        expect(one.stepNs * one.subject.setup.neurons * one.realTimeFactor * 2000).toBeCloseTo(1e9, 0)
      }
    }
    expect(document.growths).toMatchObject([{ setup: { stdp: true } }, { setup: { stdp: false } }])
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toEqual(document)
    const report = readFileSync(join(out, 'report.md'), 'utf8')
    expect(report).toContain('## Cost of a step, ns a neuron')
    expect(report).toContain(document.provenance.cpu)
    for (const name of ['culture-speed', 'step-cost']) {
      expect(readFileSync(join(out, `${name}.svg`), 'utf8')).toMatch(/^<svg/)
      expect(readFileSync(join(out, `${name}.png`)).subarray(1, 4).toString()).toBe('PNG')
    }
  })

  it('keeps what was measured when it is stopped', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stderr } = await bl1([...QUICK, '--out', out], {
      limitMs: 240_000,
      interruptWhen: (_, written) => written.includes('3 of 4'),
    })
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(/What was measured until then[^]*run\/interrupted/) })
    const kept = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(kept).toMatchObject({ isComplete: false, groups: [{ kind: 'size' }] })
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('Interrupted')
  })

  it('keeps how cultures grew when it is stopped in the first round after it', async () => {
    const out = join(scratchFolder(), 'results')
    const interruptWhen = (_: string, written: string): boolean => written.includes('2 of 4')
    expect(await bl1([...QUICK, '--out', out], { limitMs: 240_000, interruptWhen })).toMatchObject({ code: 130 })
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toMatchObject({ isComplete: false, groups: [], growths: [{}, {}] })
  })

  it.each([
    ['no neurons', ['--sizes', '0'], /whole numbers from 10 to 1000000[^]*got '0'/],
    ['a size that is not a number', ['--sizes', '100,NaN'], /got '100,NaN'/],
    ['too many neurons', ['--sizes', '1e9'], /got '1e9'/],
    ['half a neuron', ['--sizes', '100.5'], /got '100.5'/],
    ['no size', ['--sizes', ','], /got ','/],
    ['no rounds', ['--rounds', '0'], /at least 1/],
    ['a folder that is a file', ['--out', 'package.json'], /package\.json.*run\/folder-unusable/],
    ['an unknown option', ['--size', '100'], /unknown option[^]*--help/],
  ])('%s: exit 2 and nothing written', async (_, args, reason) => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...QUICK, '--out', out, ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false })
  })
})

describe('bl1 bench setup', () => {
  const clone = (): string => {
    const root = scratchFolder()
    mkdirSync(join(root, 'bench', 'peers'), { recursive: true })
    writeFileSync(join(root, 'bench', 'peers', 'requirements.txt'), 'gymnasium\n')
    return root
  }
  /** A folder with a `python3` that runs these shell lines. */
  const fakePython = (lines: string): string => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${lines}\n`)
    chmodSync(join(folder, 'python3'), 0o755)
    return `${folder}:/bin:/usr/bin`
  }
  /** Makes an environment whose interpreter writes its arguments into `calls`. */
  const WORKING = 'mkdir -p "$3/bin" && printf \'#!/bin/sh\\necho "$@" >> "%s/calls"\\n\' "$3" > "$3/bin/python" && chmod +x "$3/bin/python"'

  it('makes .venv and installs the requirements; the second time it makes nothing new', async () => {
    const root = clone()
    const said: string[] = []
    const options = { root, env: { PATH: fakePython(WORKING) }, say: (text: string) => void said.push(text) }
    expect(await setUpPython(options)).toBe(venvPython(root))
    const calls = (): string => readFileSync(join(root, '.venv', 'calls'), 'utf8')
    expect(calls()).toMatch(/^-m pip .*install .*-r .*requirements\.txt\n$/)
    expect(said[0]).toBe('making .venv')
    said.length = 0
    await setUpPython(options)
    expect(said).toEqual(['installing bench/peers/requirements.txt'])
  })

  it('without Python it says so', async () => {
    await expect(setUpPython({ root: clone(), env: { PATH: scratchFolder() } })).rejects.toMatchObject({ code: 'bench/python-missing' })
  })

  it.each([
    ['venv', 'echo "ensurepip is not available" >&2; exit 1', /python3 -m venv .venv failed:\nensurepip is not available/],
    ['pip', 'mkdir -p "$3/bin" && printf \'#!/bin/sh\\necho No module named pip >&2; exit 1\\n\' > "$3/bin/python" && chmod +x "$3/bin/python"', /pip install failed:\nNo module named pip/],
  ])('without %s it shows what was answered', async (_, lines, message) => {
    const failure = setUpPython({ root: clone(), env: { PATH: fakePython(lines) } })
    await expect(failure).rejects.toMatchObject({ code: 'bench/setup-failed', message: expect.stringMatching(message) })
  })

  it('says to delete a .venv whose interpreter is gone and is not made anew', async () => {
    const failure = setUpPython({ root: clone(), env: { PATH: fakePython('exit 0') } })
    await expect(failure).rejects.toMatchObject({ code: 'bench/setup-failed', message: expect.stringContaining('delete it') })
  })

  it('outside a clone it says where to run it', async () => {
    await expect(setUpPython({ root: scratchFolder() })).rejects.toMatchObject({ code: 'bench/peers-missing' })
  })
})

describe('the interpreter', () => {
  it('is the one asked for, else that of .venv, else none', () => {
    const root = scratchFolder()
    expect(findPython(undefined, root)).toBeUndefined()
    expect(findPython('', root)).toBeUndefined()
    expect(findPython('python3.12', root)).toBe('python3.12')
    mkdirSync(join(venvPython(root), '..'), { recursive: true })
    writeFileSync(venvPython(root), '')
    expect(findPython(undefined, root)).toBe(venvPython(root))
    expect(() => findPython(join(root, 'nowhere'), root)).toThrow(expect.objectContaining({ code: 'cli/python' }))
  })
})
