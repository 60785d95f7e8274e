/** `bl1 bench`: what it measures and writes, with very little work and without Python. Times are not asserted: they belong to the machine. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bl1, scratchFolder } from './run.js'
import { bl1Here } from './runHere.js'

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
    const { code, stdout, stderr } = await bl1Here([...TINY, '--out', out, ...args])
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
    const { code, stdout, stderr } = await bl1Here([...QUICK, '--out', out, ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false })
  })
})

describe('bl1 bench learning', () => {
  const ONE_SEED = ['bench', 'learning', '--quick', '--tasks', 'cart-pole-reinforce', '--seeds', '1', '--no-peers'] as const

  it('trains, keeps every seed, goes on from there, and leaves report and figure', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...ONE_SEED, '--json', '--out', out])
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/^1 of 1, after .*REINFORCE on CartPole-v1, BL-1, seed 1/) })
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({ folder: out, missing: 0, summaries: [{ task: 'cart-pole-reinforce', sides: [{ side: 'bl1', seeds: 1 }] }] })
    const [{ steps, evaluationReturns, versions }] = document.results
    expect({ steps, episodes: evaluationReturns.length, versions }).toEqual({
      steps: 3072, episodes: 5, versions: { node: process.versions.node, tensors: expect.stringMatching(/^tfjs /) },
    })
    const again = await bl1([...ONE_SEED, '--out', out])
    expect(again.stderr).toMatch(/^1 of 1 trainings are in .*finished\.jsonl already\.$/m)
    expect(again.stdout).toContain('REINFORCE on CartPole-v1')
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')).results).toEqual(document.results)
    expect(readFileSync(join(out, 'learning-curves.svg'), 'utf8')).toMatch(/^<svg/)
  })

  it('refuses a task that is none', async () => {
    expect(await bl1Here([...ONE_SEED, '--tasks', 'cart-pole-pppo'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/Did you mean 'cart-pole-ppo'/) })
  })
})

describe('bl1 bench train', () => {
  it('measures our side alone without Python and says where the time of a training goes', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1(['bench', 'train', '--quick', '--rounds', '1', '--no-peers', '--json', '--out', out], { limitMs: 120_000 })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('2 of 2') })
    const { folder, ...document } = JSON.parse(stdout)
    expect({ folder, document }).toMatchObject({
      folder: out,
      document: { isComplete: true, same: [], updates: [{ side: 'BL-1', gradientSteps: 32, ratio: null }], versions: { tensors: expect.stringMatching(/^tfjs /) } },
    })
    const [{ shares, stepsPerSecond, updateSeconds }] = document.runs
    expect(Object.values<number>(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3)
    expect(Math.min(shares.culture, shares.env, shares.policy, shares.update, stepsPerSecond, updateSeconds)).toBeGreaterThan(0)
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toEqual(document)
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('## Where the time of a training goes')
  })
})

describe('bl1 bench doom', () => {
  const QUICK = ['bench', 'doom', '--quick', '--steps', '60', '--rounds', '2'] as const

  it('plays the same games as Python, prints one document, and leaves report and figure', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stdout, stderr } = await bl1([...QUICK, '--json', '--out', out], { limitMs: 240_000 })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('3 of 3') })
    const { folder, ...document } = JSON.parse(stdout)
    expect({ folder, document }).toMatchObject({
      folder: out,
      document: { steps: 60, rounds: 2, isComplete: true, versions: { node: process.versions.node, vizdoom: '1.3.2', python: expect.any(String) } },
    })
    const { games, calls, cultures } = document
    expect(games.map(({ side }: { side: string }) => side)).toEqual(['zeromq', 'pipe', 'python'])
    for (const one of games) expect(one).toMatchObject({ isSameGame: true, tics: 4, games: 1, rounds: [expect.any(Number), expect.any(Number)] })
    expect(games[0].share.median).toBeGreaterThan(0)
    expect(games[2].share).toBeNull()
    expect(calls.map(({ transport }: { transport: string }) => transport)).toEqual(['zeromq', 'pipe'])
    // 8.75 steps a second are real time
    expect(cultures).toMatchObject([{ neurons: 1000, steps: 6 }])
    expect(cultures[0].realTimeFactor * 8.75).toBeCloseTo(cultures[0].perSecond, 6)
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).toEqual(document)
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(/## Doom, one game[^]*## Round trip of an empty call[^]*## A culture plays/)
    expect(readFileSync(join(out, 'step-rates.svg'), 'utf8')).toMatch(/^<svg/)
  }, 240_000)

  it('keeps what was measured when it is stopped, and ends its games', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stderr } = await bl1([...QUICK, '--out', out], { limitMs: 240_000, interruptWhen: (_, written) => written.includes('2 of 3') })
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(/What was measured until then[^]*run\/interrupted/) })
    const kept = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(kept).toMatchObject({ isComplete: false, games: [], calls: [{ transport: 'zeromq' }, { transport: 'pipe' }] })
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('Interrupted')
  }, 240_000)

  it('without Python says what to do', async () => {
    const out = join(scratchFolder(), 'results')
    const { code, stderr } = await bl1([...QUICK, '--out', out], { env: { BL1_PYTHON: './no/python' } })
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/no\/python[^]*bl1 setup doom[^]*bridge\/no-python/) })
    expect(existsSync(out)).toBe(false)
  })

  it.each([
    ['no rounds', ['--rounds', '0'], /at least 1/],
    ['no steps', ['--steps', 'many'], /expected a number/],
    ['a folder that is a file', ['--out', 'package.json'], /package\.json.*run\/folder-unusable/],
  ])('%s: exit 2', async (_, args, reason) => {
    const { code, stderr } = await bl1Here([...QUICK, '--out', join(scratchFolder(), 'results'), ...args])
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) })
  })
})
