/** `bl1 explore` with trials written by hand: what it leaves, interruption anywhere, settings that fail; and what it refuses. */
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { ConditionName } from '../../../src/bench/index.js'
import { askingExecutor } from '../../../src/cli/compare/poolExecutor.js'
import { explore, type StartExecutors } from '../../../src/cli/explore/command.js'
import type { Experiment } from '../../../src/cli/experiment.js'
import { Bl1Error } from '../../../src/errors.js'
import { bl1, scratchFolder } from '../../cli/run.js'
import { bl1Here } from '../../cli/runHere.js'
import { AVOIDED, FOLLOWED, IGNORED, trialResult } from '../bench/results.js'

const CONFIG = `title: A tiny search
culture:
  neurons: 50
  dishUm: 1342
protocol:
  settleSeconds: 0
  restMinutes: 0.01
  probeMinutes: 0.02
  dropSeconds: 0
  settingsTried: 3
  usedSeeds: [[500, 501]]
`
const SPACE = `parameters:
  culture.cells.bias: { from: 0.5, to: 1.5 }
  culture.stdp.enabled: { values: [true, false] }
search: { settings: 4, keep: 0.5, rungs: 2, cultures: 2, minutes: 0.02 }
`

const probesOf = ({ culture }: Experiment, seed: number, condition: ConditionName) => {
  const learned = culture.cells.bias > 1 ? FOLLOWED : AVOIDED
  return condition === 'fep' && seed % 3 !== 0 ? learned : IGNORED
}

/** Answers at once; after so many questions it is interrupted. */
const byHand = (questions = Infinity, fails: (experiment: Experiment) => boolean = () => false): StartExecutors => (contest) => {
  let asked = 0
  return {
    of: (experiment) =>
      askingExecutor(contest.stage, async (work) => {
        if (++asked > questions) throw new Bl1Error('run/interrupted', { doing: 'the test' })
        if (work.type === 'trial' && fails(experiment)) throw new Bl1Error('explore/unstable', { reason: 'cell 3 is at NaN mV' })
        const { seed } = work.type === 'trial' ? work.prepared : work
        const answer =
          work.type === 'trial'
            ? { type: 'trial', result: trialResult(seed, work.condition, { probeBefore: IGNORED, probeAfter: probesOf(experiment, seed, work.condition) }) }
            : { type: 'prepare', prepared: { seed } }
        return JSON.parse(JSON.stringify(answer))
      }),
    close: () => Promise.resolve(),
  }
}

const documentSchema = z.looseObject({
  settingsTried: z.int(),
  usedSeeds: z.array(z.array(z.int())),
  settings: z.array(
    z.looseObject({
      id: z.string(), rank: z.int(), rungReached: z.int(), score: z.number().nullable(), values: z.looseObject({ 'culture.cells.bias': z.number() }),
      rungs: z.array(z.looseObject({ failure: z.string().nullable(), cultures: z.array(z.unknown()) })),
    }),
  ),
})
const documentIn = (folder: string) => {
  const { provenance: _, ...rest } = documentSchema.parse(JSON.parse(readFileSync(join(folder, 'exploration.json'), 'utf8')))
  return rest
}

let home: string
let stdout: string
let stderr: string
beforeEach(() => {
  home = scratchFolder()
  writeFileSync(join(home, 'tiny.yaml'), CONFIG)
  writeFileSync(join(home, 'space.yaml'), SPACE)
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text)
    return true
  })
})
afterEach(() => void vi.restoreAllMocks())

const run = (flags: { out?: string; resume?: string; jobs?: number }, start: StartExecutors): Promise<void> =>
  explore(join(home, 'tiny.yaml'), { space: join(home, 'space.yaml'), jobs: 2, ...flags }, new AbortController().signal, start)

describe('an exploration', () => {
  it('keeps every setting with all its numbers, ranks those that came further first, and leaves a config of each', async () => {
    const out = join(home, 'out')
    await run({ out }, byHand())
    expect(readdirSync(out).sort()).toEqual(['exploration.json', 'finished.jsonl', 'ranking.md', 'settings'])
    const { settings, settingsTried, usedSeeds } = documentIn(out)
    // 2 cultures, then ceil(2 x sqrt 2) = 3
    expect({ settingsTried, usedSeeds }).toEqual({ settingsTried: 4, usedSeeds: [[1, 5]] })
    expect(settings.map(({ rank }) => rank)).toEqual([1, 2, 3, 4])
    expect(settings.map(({ rungReached }) => rungReached)).toEqual([2, 2, 1, 1])
    for (const { rungs } of settings) expect(rungs.map(({ cultures }) => cultures.length)).toEqual([2, 3].slice(0, rungs.length))
    // FOLLOWED has skill 2/3 in the frozen probe; of the seeds 3 to 5 the first shows nothing: 2/3 x 2/3
    const best = settings[0]
    expect(best?.values['culture.cells.bias']).toBeGreaterThan(1)
    expect(best?.score).toBeCloseTo(4 / 9, 12)

    expect(readdirSync(join(out, 'settings')).sort()).toEqual(settings.map(({ id }) => `${id}.yaml`).sort())
    const { stdout: printed, code } = await bl1Here(['config', join(out, 'settings', `${best?.id}.yaml`), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(printed)).toMatchObject({
      config: { culture: { neurons: 50, cells: { bias: best?.values['culture.cells.bias'] } }, protocol: { settingsTried: 7, usedSeeds: [[1, 5], [500, 501]], cultures: 8 } },
    })
    const ranking = readFileSync(join(out, 'ranking.md'), 'utf8')
    expect(ranking).toContain(`| 1 | ${best?.id} | 2 | 0.444 (sd 0.385, 3 of 3 cultures) |`)
    expect(ranking).toContain('* seeds used: 1 to 5')
  })

  it('interrupted anywhere, its last line cut, goes on to the identical result', async () => {
    const whole = join(home, 'whole')
    await run({ out: whole }, byHand())
    // 4 settings x 2 cultures x 3 pieces of work, then 2 x 3 x 3: 42 questions; once in each rung
    for (const questions of [10, 30]) {
      const folder = join(home, `after ${questions}`)
      await expect(run({ out: folder, jobs: 1 }, byHand(questions))).rejects.toMatchObject({ code: 'run/interrupted' })
      expect(stderr).toContain(`--resume ${folder} (and the same options`)
      expect(existsSync(join(folder, 'exploration.json'))).toBe(false)
      appendFileSync(join(folder, 'finished.jsonl'), '{"checksum":"0123')
      await run({ resume: folder, jobs: 3 }, byHand())
      expect(documentIn(folder)).toEqual(documentIn(whole))
      for (const name of ['ranking.md', ...readdirSync(join(whole, 'settings')).map((file) => join('settings', file))]) {
        expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(join(whole, name), 'utf8'))
      }
      expect(readdirSync(folder)).not.toContain('unfinished')
    }
  })

  it('plays no finished trial again', async () => {
    const folder = join(home, 'stopped')
    await expect(run({ out: folder }, byHand(30))).rejects.toMatchObject({ code: 'run/interrupted' })
    const again = join(home, 'again')
    cpSync(folder, again, { recursive: true })
    // 42 questions in all; what was finished in 30 is not asked again, what was prepared for unfinished trials is
    await run({ resume: again }, byHand(42 - 30 + 4))
    await expect(run({ resume: again }, byHand(0))).resolves.toBeUndefined()
  })

  it('refuses to go on with another space or another config', async () => {
    const folder = join(home, 'stopped')
    await expect(run({ out: folder }, byHand(10))).rejects.toMatchObject({ code: 'run/interrupted' })
    writeFileSync(join(home, 'space.yaml'), SPACE.replace('to: 1.5', 'to: 1.25'))
    await expect(run({ resume: folder }, byHand())).rejects.toThrow(/'space\.parameters\.culture\.cells\.bias\.to' was 1\.5 there and is 1\.25 now/)
    writeFileSync(join(home, 'space.yaml'), SPACE)
    writeFileSync(join(home, 'tiny.yaml'), CONFIG.replace('neurons: 50', 'neurons: 60'))
    await expect(run({ resume: folder }, byHand())).rejects.toThrow(/'config\.culture\.neurons' was 50 there and is 60 now/)
  })

  it('goes on when the cultures of a setting cannot be simulated: that setting has no score and ranks last', async () => {
    const out = join(home, 'out')
    await run({ out }, byHand(Infinity, ({ culture }) => culture.cells.bias > 1))
    const { settings } = documentIn(out)
    const failed = settings.filter(({ values }) => values['culture.cells.bias'] > 1)
    expect(failed.length).toBeGreaterThan(0)
    for (const { score, rungReached, rungs } of failed) {
      expect({ score, rungReached, rungs }).toMatchObject({ score: null, rungReached: 1, rungs: [{ failure: 'a culture left the range of the equations', cultures: [] }] })
    }
    expect(settings.slice(-failed.length)).toEqual(failed)
    expect(stderr).toContain('cell 3 is at NaN mV')
  })

  it('offers none to be confirmed where none has a score', async () => {
    await run({ out: join(home, 'out') }, byHand(Infinity, () => true))
    expect(stdout).toContain('No setting has a score: give them more time (search.minutes, protocol.probeMinutes).')
    expect(stdout).not.toContain('bl1 confirm')
  })
})

describe('the built command', () => {
  it('explores on worker threads', async () => {
    writeFileSync(join(home, 'space.yaml'), SPACE.replace(/search:.*/, 'search: { settings: 1, rungs: 1, cultures: 1, minutes: 0.02, against: null }'))
    const { code, stdout: printed, stderr: said } = await bl1(['explore', 'tiny.yaml', '--space', 'space.yaml', '--jobs', '1', '--out', 'out', '--json'], { cwd: home })
    expect(said).toContain('rung 1: 1 of 1 settings')
    expect(code).toBe(0)
    expect(documentSchema.parse(JSON.parse(printed)).settings[0]?.rungs[0]?.cultures).toMatchObject([{ seed: 1, outcomes: { fep: {} } }])
  })
})

describe('bad input', () => {
  const parameters = (text: string): string => `parameters:\n  ${text}\n`
  it.each([
    ['a parameter that does not exist', parameters('culture.cells.biass: { from: 1, to: 2 }'), /space\.yaml:2:3: 'parameters\.culture\.cells\.biass' is not a known key\. Did you mean 'culture\.cells\.bias'\? Known keys here: (culture\.cells\.\w+(, )?)+\./],
    ['a range that leaves the range', parameters('culture.neurons: { from: 0, to: 100, whole: true }'), /'culture\.neurons' must be at least \d+, but it is 0/],
    ['NaN among the values', parameters('culture.cells.bias: { values: [1, .nan] }'), /'culture\.cells\.bias' must be a number, but it is NaN/],
    ['a range of a switch', parameters('culture.stdp.enabled: { from: 0, to: 1 }'), /'culture\.stdp\.enabled' must be a boolean, but it is 0/],
    ['parts of whole numbers', parameters('culture.neurons: { from: 100, to: 200 }'), /'parameters\.culture\.neurons\.whole' must be true, as culture\.neurons must be a whole number, but it is false/],
    ['a space without parameters', 'search: { settings: 3 }\n', /'parameters' must be an object, but it is missing/],
    ['an empty file', '', /holds no keys/],
    ['seeds as a parameter', parameters('protocol.firstSeed: { from: 1, to: 9, whole: true }'), /'protocol\.firstSeed' cannot vary: search\.firstSeed says/],
    ['values that do not go together', parameters('encoder.amplitudeMv: { values: [100] }\n  mea.largestVoltageMv: { values: [50] }'), /setting \{.*\}: '.*' must be at (most|least)/],
    ['an unknown number to score by', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { metric: probeGian }\n`, /no number 'probeGian' to score a setting by\. Did you mean 'probeGain'/],
    ['a score against what is taught', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { against: fep }\n`, /cannot be held against fep: it is what is taught/],
    ['a probe without cells', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { against: no_cells }\n`, /cannot be held against no_cells: it has no cells/],
    ['a condition of another game', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { against: random_actions }\n`, /'protocol\.conditions\.1' must be one of .* in pong/],
    ['yoked cultures, one at a time', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { cultures: 1 }\n`, /\(compare\/yoked\)/],
    ['more cultures than a comparison takes', `${parameters('culture.cells.bias: { from: 1, to: 2 }')}search: { keep: 0.01, rungs: 6, minutes: 0.001 }\n`, /'protocol\.(cultures|playMinutes)' must be at most/],
  ])('%s: exit 2 with the reason, and nothing is written', async (_, space, reason) => {
    vi.restoreAllMocks()
    writeFileSync(join(home, 'space.yaml'), space)
    const { code, stdout: printed, stderr: said } = await bl1Here(['explore', 'tiny.yaml', '--space', 'space.yaml', '--jobs', '1'], { cwd: home })
    expect(said).toMatch(reason)
    expect({ code, printed }).toEqual({ code: 2, printed: '' })
    expect(readdirSync(home).sort()).toEqual(['space.yaml', 'tiny.yaml'])
  })
})
