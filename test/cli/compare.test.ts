/** `bl1 compare` as a user runs it: files, one JSON document, any number of jobs, Ctrl-C and --resume, bad input. */
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pongTrialSchema } from '../../src/bench/index.js'
import { bl1, scratchFolder, type CommandRun } from './run.js'
import { bl1Here } from './runHere.js'

/** Some ten seconds of simulated time a trial. */
const TINY = `title: A tiny comparison
culture:
  neurons: 80
  dishUm: 1342
  cells: { bias: 2.5 }
pong:
  paper: { ballCrossingMs: 500 }
feedback:
  unpredictableDurationMs: 200
  restAfterMissMs: 100
protocol:
  cultures: 2
  conditions: [fep, open_loop, silent, no_cells]
  settleSeconds: 1
  restMinutes: 0.02
  playMinutes: 0.15
  probeMinutes: 0.05
  dropSeconds: 0
`
const TRIALS = ['fep', 'open_loop', 'silent', 'no_cells']

const resultsDocument = z.object({
  folder: z.string().optional(),
  title: z.literal('A tiny comparison'),
  paragraph: z.string(),
  summary: z.object({ verdict: z.string(), conditions: z.array(z.unknown()).length(4) }).loose(),
  provenance: z.object({ packageVersion: z.string(), nodeVersion: z.string(), cpu: z.string(), startedAt: z.string() }).loose(),
  config: z.object({ protocol: z.object({ cultures: z.literal(2) }).loose() }).loose(),
  origins: z.record(z.string(), z.string()),
  trials: z.array(pongTrialSchema),
})
const resultsIn = (folder: string) => resultsDocument.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')))
const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1)

/** One folder for the runs that the tests of this file look at. */
const home = mkdtempSync(join(tmpdir(), 'bl1-compare-'))
const config = join(home, 'tiny.yaml')
const whole = join(home, 'whole')
let wholeRun: CommandRun
beforeAll(async () => {
  writeFileSync(config, TINY)
  wholeRun = await bl1(['compare', config, '--jobs', '1', '--out', whole])
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('a comparison', () => {
  it('prints the paragraph, a table and where the report is', () => {
    expect(wholeRun.code).toBe(0)
    expect(wholeRun.stdout).toMatch(/^\nA tiny comparison\n\n2 simulated cultures of 80 neurons played Pong for 0\.15 min/)
    for (const condition of TRIALS) expect(wholeRun.stdout).toContain(`│ ${condition} `)
    expect(wholeRun.stdout).toContain(`Report: ${join(whole, 'report.html')}\n`)
    for (const line of wholeRun.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(Math.max(100, `Report: ${whole}/report.html`.length))
  })

  it('writes a plain line of progress to stderr for each culture that is done', () => {
    const lines = wholeRun.stderr.trim().split('\n').filter((line) => !line.startsWith('prepare: compiling'))
    for (const line of lines) expect(line).toMatch(/^\w+: \d of \d+ cultures, [\d.]+ of [\d.]+ simulated min, [\d.]+x real time, [\d:]+ left$/)
    for (const track of ['prepare', ...TRIALS]) expect(lines.filter((line) => line.startsWith(`${track}: `))).toHaveLength(2)
    expect(wholeRun.stdout + wholeRun.stderr).not.toContain('\u001b')
  })

  it('leaves every file, and no temporary one', () => {
    expect(readdirSync(whole).sort()).toEqual(
      ['config.yaml', 'episodes.csv', 'figures', 'finished.jsonl', 'provenance.json', 'report.html', 'results.json'].sort(),
    )
    const figures = ['array-activity', 'probe-gain', 'rally-curves', 'rally-distribution', 'raster']
    expect(readdirSync(join(whole, 'figures')).sort()).toEqual(figures.flatMap((name) => [`${name}.png`, `${name}.svg`]).sort())
    for (const name of figures) {
      expect(readFileSync(join(whole, 'figures', `${name}.png`)).subarray(1, 4).toString()).toBe('PNG')
      expect(readFileSync(join(whole, 'figures', `${name}.svg`), 'utf8')).toMatch(/^<svg .*<\/svg>\s*$/s)
      expect(statSync(join(whole, 'figures', `${name}.png`)).size).toBeGreaterThan(5000)
    }
  })

  it('makes a report that needs nothing else: paragraph, tables, figures, seeds, config', () => {
    const html = readFileSync(join(whole, 'report.html'), 'utf8')
    const references = html.match(/(https?:)?\/\/[^"'\s<>)]+/g) ?? []
    expect(references.filter((one) => !/^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)$/.test(one))).toEqual([])
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\((?!#)/)
    for (const [, source] of html.matchAll(/\b(?:src|href)="([^"]*)"/g)) expect(source).toMatch(/^(#|data:image\/png;base64,)/)
    expect(html).toContain(resultsIn(whole).paragraph.slice(0, 80))
    expect(html.match(/<svg /g)).toHaveLength(5)
    expect(html).toContain('Cultures 1, 2;')
    expect(html).toContain('ballCrossingMs: 500')
    expect(html).not.toMatch(/NaN|undefined|\[object/)
  })

  it('keeps every trial in results.json, by culture and condition', () => {
    const { trials, origins } = resultsIn(whole)
    expect(trials.map(({ seed, condition }) => `${condition} ${seed}`)).toEqual([1, 2].flatMap((seed) => TRIALS.map((name) => `${name} ${seed}`)))
    expect(trials.map(({ exchanged }) => exchanged)).toEqual([true, true, true, true, false, false, false, false])
    expect(origins).toMatchObject({ 'culture.neurons': 'tiny.yaml:3', 'protocol.firstSeed': 'default' })
    expect(trials.filter(({ raster }) => raster !== null).map(({ seed, condition }) => `${condition} ${seed}`)).toEqual(['fep 1'])
  })

  it('lists every rally in episodes.csv', () => {
    const [head, ...rows] = linesOf(join(whole, 'episodes.csv'))
    expect(head).toBe('condition,seed,up_down_exchanged,rally,end_s,hits,complete')
    for (const { condition, seed, exchanged, encounters } of resultsIn(whole).trials) {
      const start = `${condition},${seed},${exchanged ? 1 : 0},`
      const own = rows.filter((row) => row.startsWith(start)).map((row) => row.split(',').slice(3).map(Number))
      expect(own.filter(([, , , complete]) => complete === 1)).toHaveLength(encounters.filter(({ hit }) => !hit).length)
      expect(own.reduce((sum, [, , hits]) => sum + hits, 0)).toBe(encounters.filter(({ hit }) => hit).length)
      expect(own.map(([rally]) => rally)).toEqual(own.map((_, k) => k + 1))
    }
  })

  it('writes a config that gives the same experiment again', async () => {
    const { code, stdout } = await bl1Here(['config', join(whole, 'config.yaml'), '--json'])
    expect(code).toBe(0)
    expect(z.object({ config: z.unknown() }).parse(JSON.parse(stdout)).config).toEqual(resultsIn(whole).config)
  })

  it('with --json prints one document alone; two jobs give the very same trials and summary as one', async () => {
    const out = join(home, 'json')
    const { code, stdout } = await bl1(['compare', config, '--jobs', '2', '--out', out, '--json'])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    const { folder, ...document } = resultsDocument.parse(JSON.parse(stdout))
    expect(folder).toBe(out)
    expect(document).toEqual(resultsIn(out))
    expect(document.trials).toEqual(resultsIn(whole).trials)
    expect(document.summary).toEqual(resultsIn(whole).summary)
    expect(readFileSync(join(out, 'episodes.csv'), 'utf8')).toBe(readFileSync(join(whole, 'episodes.csv'), 'utf8'))
  })
})

describe('Ctrl-C and --resume', () => {
  const stopped = join(home, 'stopped')
  const store = join(stopped, 'finished.jsonl')
  let run: CommandRun
  beforeAll(async () => {
    run = await bl1(['compare', config, '--jobs', '1', '--out', stopped], { interruptWhen: (_, stderr) => /^fep: 1 of 2/m.test(stderr) })
  })

  it('exits with 130, keeps what is finished, says how to go on, and leaves nothing that looks whole', () => {
    expect(run).toMatchObject({ code: 130, stdout: '' })
    expect(run.stderr).toContain(`Go on with: bl1 compare ${config} --resume ${stopped}`)
    expect(readdirSync(stopped)).toEqual(['finished.jsonl'])
    expect(linesOf(store).length).toBeGreaterThanOrEqual(2)
    expect(linesOf(store).length).toBeLessThan(9)
  })

  it.each([
    ['another option', ['--seeds', '3'], /belongs to another run: 'experiment\.protocol\.cultures' was 2 there and is 3 now/],
    ['another length of play', ['--minutes', '0.3'], /'experiment\.protocol\.playMinutes' was 0\.15 there and is 0\.3 now/],
  ])('refuses to go on with %s, naming what differs, and touches nothing', async (_, options, reason) => {
    const before = readFileSync(store)
    const { code, stdout, stderr } = await bl1(['compare', config, ...options, '--resume', stopped])
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(readFileSync(store)).toEqual(before)
    expect(readdirSync(stopped)).toEqual(['finished.jsonl'])
  })

  it('refuses to go on with another config', async () => {
    const other = join(home, 'other.yaml')
    writeFileSync(other, TINY.replace('bias: 2.5', 'bias: 2.25'))
    const { code, stderr } = await bl1(['compare', other, '--resume', stopped])
    expect(stderr).toMatch(/'experiment\.culture\.cells\.bias' was 2\.5 there and is 2\.25 now/)
    expect(code).toBe(2)
  })

  it.each([
    ['as it was left', () => undefined, undefined],
    ['with its last line cut short', (file: string) => truncateSync(file, statSync(file).size - 10), /Line \d of .*finished\.jsonl was /],
  ])('goes on %s to the identical result', async (name, damage, note) => {
    const folder = join(home, `resumed ${name}`)
    cpSync(stopped, folder, { recursive: true })
    damage(join(folder, 'finished.jsonl'))
    const { code, stderr } = await bl1(['compare', config, '--jobs', '2', '--resume', folder])
    expect(code).toBe(0)
    if (note !== undefined) expect(stderr).toMatch(note)
    expect(stderr).not.toMatch(/^fep: 0 of 2/m)
    expect(resultsIn(folder).trials).toEqual(resultsIn(whole).trials)
    expect(resultsIn(folder).summary).toEqual(resultsIn(whole).summary)
    expect(existsSync(join(folder, 'report.html'))).toBe(true)
  })
})

describe('bad input', () => {
  const cases: readonly (readonly [what: string, yaml: string, options: readonly string[], reason: RegExp])[] = [
    ['a misspelt key', 'culture:\n  neurnos: 80\n', [], /bad\.yaml:2:3: 'culture\.neurnos' is not a known key\. Did you mean 'neurons'\?/],
    ['a misspelt group', 'cultrue:\n  neurons: 80\n', [], /bad\.yaml:1:1: 'cultrue' is not a known key\. Did you mean 'culture'\?/],
    ['a value out of range', 'feedback:\n  predictableFrequencyHz: 300\n', [], /bad\.yaml:2:3: 'feedback\.predictableFrequencyHz' must be at most 200, but it is 300/],
    ['NaN', 'protocol:\n  playMinutes: .nan\n', [], /bad\.yaml:2:3: 'protocol\.playMinutes' must be a number, but it is NaN/],
    ['a word for a number', 'culture:\n  neurons: many\n', [], /bad\.yaml:2:3: 'culture\.neurons' must be a number, but it is 'many'/],
    ['an amplitude above the limit of the array', 'mea:\n  largestVoltageMv: 500\nencoder:\n  amplitudeMv: 501\n', [], /bad\.yaml:4:3: 'encoder\.amplitudeMv' must be at most mea\.largestVoltageMv \(500\), but it is 501/],
    ['a limit of the array below an amplitude', 'mea:\n  largestVoltageMv: 100\n', [], /bad\.yaml:2:3: 'mea\.largestVoltageMv' must be at least feedback\.unpredictableAmplitudeMv \(150\), but it is 100/],
    ['feedback faster than the array allows', 'mea:\n  largestRateHz: 150\nfeedback:\n  predictableFrequencyHz: 160\n', [], /'feedback\.predictableFrequencyHz' must be at most mea\.largestRateHz \(150\), but it is 160/],
    ['a game faster than its clock', 'loop:\n  tickMs: 20\npong:\n  paper:\n    ballCrossingMs: 15\n', [], /bad\.yaml:5:5: 'pong\.paper\.ballCrossingMs' must be at least one tick/],
    ['potentials the wrong way round', 'culture:\n  cells:\n    startLowMv: -60\n', [], /'culture\.cells\.startLowMv' must be at most culture\.cells\.startHighMv \(-65\), but it is -60/],
    ['a clock that is the loop\'s', 'pong:\n  tickMs: 20\n', [], /'pong\.tickMs' is not a known key/],
    ['zero cultures in the config', 'protocol:\n  cultures: 0\n', [], /'protocol\.cultures' must be at least 1/],
    ['open_loop alone', '{}', ['--conditions', 'open_loop'], /open_loop replays what another culture earned under fep/],
    ['open_loop with one culture', '{}', ['--conditions', 'fep,open_loop', '--seeds', '1'], /at least 2 cultures, but there are 1/],
    ['an unknown condition', '{}', ['--conditions', 'fep,silnet'], /--conditions: 'protocol\.conditions\.1' must be one of .*'fep', .*but it is 'silnet'/],
    ['a teacher that there is not', 'protocol:\n  taught: silent\n', [], /'protocol\.taught' must be one of 'fep', 'avoidance', 'reward', but it is 'silent'/],
    ['open_loop without the taught condition', 'protocol:\n  taught: avoidance\n', ['--conditions', 'fep,open_loop'], /open_loop replays what another culture earned under avoidance, .*avoidance is not among them/],
    ['reward without its plasticity', 'protocol:\n  taught: reward\n', [], /'culture\.rewardModulation\.enabled' must be true where protocol\.taught is 'reward', .*but it is left at its default/],
    ['avoidance with the plasticity of reward', 'protocol:\n  taught: avoidance\nculture:\n  rewardModulation:\n    enabled: true\n', [], /bad\.yaml:5:5: 'culture\.rewardModulation\.enabled' must be false where protocol\.taught is 'avoidance'/],
    ['reward beside others', '{}', ['--conditions', 'fep,reward'], /'protocol\.conditions\.1' must be a condition without reward where protocol\.taught is 'fep', but it is 'reward'/],
    ['avoidance in Doom', 'game: doom\nprotocol:\n  taught: avoidance\n', [], /'protocol\.taught' must be 'fep' in doom, but it is 'avoidance'/],
    ['no condition', '{}', ['--conditions', ','], /'protocol\.conditions' must be of length 1 or more/],
    ['zero seeds', '{}', ['--seeds', '0'], /expected a whole number of at least 1, got '0'/],
    ['negative seeds', '{}', ['--seeds', '-2'], /expected a whole number of at least 1, got '-2'/],
    ['zero minutes', '{}', ['--minutes', '0'], /--minutes: 'protocol\.playMinutes' must be above 0, but it is 0/],
    ['negative minutes', '{}', ['--minutes', '-1'], /'protocol\.playMinutes' must be above 0, but it is -1/],
    ['minutes that are no number', '{}', ['--minutes', 'NaN'], /expected a number, got 'NaN'/],
    ['zero jobs', '{}', ['--jobs', '0'], /expected a whole number of at least 1, got '0'/],
    ['more memory than there is', '{}', ['--neurons', '1000000', '--jobs', '64'], /A culture of 1000000 neurons needs about \d+ MiB, but only \d+ MiB is available.*\(culture\/too-large\)/],
    ['a folder to resume that is not there', '{}', ['--resume', 'nowhere'], /no folder 'nowhere' to go on with/],
    ['a folder to resume with nothing in it', '{}', ['--resume', '.'], /nothing to resume/],
    ['both --out and --resume', '{}', ['--out', 'new', '--resume', 'old'], /cannot be used with option/],
    ['a folder that is not empty', '{}', ['--out', '.'], /already holds bad\.yaml/],
    ['a file where the folder should be', '{}', ['--out', 'bad.yaml'], /cannot be used: a file of that name is in the way/],
    ['a file on the way to the folder', '{}', ['--out', 'bad.yaml/out'], /cannot be used/],
    ['an unknown option', '{}', ['--seed', '3'], /unknown option '--seed'/],
  ]

  it.each(cases)('%s: exit 2 with the reason, and nothing is written', async (_, yaml, options, reason) => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'bad.yaml'), yaml)
    const { code, stdout, stderr } = await bl1Here(['compare', 'bad.yaml', ...options], { cwd })
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(readdirSync(cwd)).toEqual(['bad.yaml'])
    expect(readFileSync(join(cwd, 'bad.yaml'), 'utf8')).toBe(yaml)
  })

  it('a config that is not there: exit 2, and the name of one that is', async () => {
    const cwd = scratchFolder()
    mkdirSync(join(cwd, 'configs'))
    writeFileSync(join(cwd, 'configs', 'pong-quick.yaml'), '{}')
    const { code, stderr } = await bl1Here(['compare', 'configs/pong-quik.yaml'], { cwd })
    expect(stderr).toContain("There is no config 'configs/pong-quik.yaml'. Did you mean 'pong-quick.yaml'?")
    expect(code).toBe(2)
    expect(readdirSync(cwd)).toEqual(['configs'])
  })

  it('no config at all: exit 2', async () => {
    const { code, stderr } = await bl1Here(['compare'])
    expect(stderr).toContain("missing required argument 'config'")
    expect(code).toBe(2)
  })
})
