/** `bl1 compare` in Doom, with the real engine: files, Ctrl-C and --resume to the identical result, engines that die, bad input. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { episodesTrialSchema } from '../../src/bench/index.js'
import { bl1, scratchFolder, type CommandOptions, type CommandRun } from './run.js'

const TINY = `title: A tiny comparison in Doom
game: doom
culture:
  neurons: 80
  dishUm: 1342
  cells: { bias: 2.5 }
doom:
  timeoutTics: 100
  probeEpisodes: 2
  decoder: { aloneShare: 1 }
  loop: { pauseMs: 200 }
protocol:
  cultures: 2
  conditions: [fep, open_loop, plasticity_off, random_actions]
  settleSeconds: 1
  restMinutes: 0.1
  playMinutes: 0.3
  dropSeconds: 0
`
const TRIALS = ['fep', 'open_loop', 'plasticity_off', 'random_actions']
const LIMIT_MS = 180_000

const resultsDocument = z.object({
  paragraph: z.string(),
  summary: z.object({ verdict: z.string(), chance: z.object({ return: z.number() }).loose(), conditions: z.array(z.unknown()).length(4) }).loose(),
  trials: z.array(episodesTrialSchema),
})
const resultsIn = (folder: string) => resultsDocument.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')))

/** Marks every process that a command starts, by its environment. */
const marked = (): { readonly options: CommandOptions; readonly processes: (named: RegExp) => number[] } => {
  const mark = `BL1_TEST_MARK=${randomUUID()}`
  const [name, value] = mark.split('=')
  const read = (pid: string, what: string): string => {
    try {
      return readFileSync(join('/proc', pid, what), 'utf8')
    } catch {
      // it has ended since, or is somebody else's
      return ''
    }
  }
  return {
    options: { limitMs: LIMIT_MS, env: { [name]: value } },
    processes: (named) =>
      readdirSync('/proc')
        .filter((pid) => /^\d+$/.test(pid) && read(pid, 'environ').split('\0').includes(mark) && named.test(read(pid, 'cmdline')))
        .map(Number),
  }
}
const ANY = /./
const ENGINE = /vizdoom/
const hasProc = existsSync('/proc/self/environ')

const home = mkdtempSync(join(tmpdir(), 'bl1-compare-doom-'))
const config = join(home, 'tiny.yaml')
const whole = join(home, 'whole')
let wholeRun: CommandRun
beforeAll(async () => {
  writeFileSync(config, TINY)
  wholeRun = await bl1(['compare', config, '--jobs', '2', '--out', whole], { limitMs: LIMIT_MS })
}, LIMIT_MS)
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('a comparison in Doom', () => {
  it('prints the paragraph, a table and where the report is', () => {
    expect(wholeRun.stderr).not.toContain('bl1: ')
    expect(wholeRun.code).toBe(0)
    expect(wholeRun.stdout).toMatch(/^\nA tiny comparison in Doom\n\n2 simulated cultures of 80 neurons played Doom for 0\.3 min/)
    for (const condition of TRIALS) expect(wholeRun.stdout).toContain(`│ ${condition} `)
    expect(wholeRun.stdout).toContain('late (random')
    expect(wholeRun.stdout).toContain(`Report: ${join(whole, 'report.html')}\n`)
  })

  it('leaves every file, and figures that are drawn', () => {
    expect(readdirSync(whole).sort()).toEqual(
      ['config.yaml', 'episodes.csv', 'figures', 'finished.jsonl', 'provenance.json', 'report.html', 'results.json'].sort(),
    )
    const figures = ['array-activity', 'probe-gain', 'raster', 'return-curves', 'return-distribution']
    expect(readdirSync(join(whole, 'figures')).sort()).toEqual(figures.flatMap((name) => [`${name}.png`, `${name}.svg`]).sort())
    const html = readFileSync(join(whole, 'report.html'), 'utf8')
    expect(html.match(/<svg /g)).toHaveLength(5)
    expect(html).toContain(resultsIn(whole).paragraph.slice(0, 80))
    expect(html).not.toMatch(/NaN|undefined|\[object/)
  })

  it('plays the same games under every condition and gains nothing without plasticity', () => {
    const { trials } = resultsIn(whole)
    expect(trials.map(({ seed, condition, exchanged }) => [condition, seed, exchanged])).toEqual([1, 2].flatMap((seed) => TRIALS.map((name) => [name, seed, seed === 1])))
    for (const seed of [1, 2]) {
      const own = trials.filter((trial) => trial.seed === seed)
      const games = own.map(({ episodes }) => episodes.map((episode) => episode.seed))
      const least = Math.min(...games.map(({ length }) => length))
      expect(least).toBeGreaterThan(3)
      for (const seeds of games) expect(seeds.slice(0, least)).toEqual(games[0].slice(0, least))
      const frozen = own.find(({ condition }) => condition === 'plasticity_off')
      expect(frozen?.probeBefore).toHaveLength(2)
      expect(frozen?.probeAfter).toEqual(frozen?.probeBefore)
    }
  })

  it('lists every episode in episodes.csv', () => {
    const [head, ...rows] = readFileSync(join(whole, 'episodes.csv'), 'utf8').split('\n').slice(0, -1)
    expect(head).toBe('condition,seed,left_right_exchanged,episode,game_seed,start_s,end_s,steps,return,kills,damage_taken,ammo_used,end_reason,complete')
    const expected = resultsIn(whole).trials.flatMap(({ condition, seed, episodes }) =>
      episodes.map((episode, k) => [condition, seed, k + 1, episode.seed, episode.return, episode.endReason ?? '', episode.complete ? 1 : 0].map(String)),
    )
    expect(rows.map((row) => row.split(',')).map((cells) => [0, 1, 3, 4, 8, 12, 13].map((column) => cells[column]))).toEqual(expected)
  })
})

describe('a comparison that does not reach its end', () => {
  it('Ctrl-C: exit 130, no process left, and --resume goes on to the identical result with another number of jobs', async () => {
    const stopped = join(home, 'stopped')
    const { options, processes } = marked()
    const run = await bl1(['compare', config, '--jobs', '2', '--out', stopped], { ...options, interruptWhen: (_, stderr) => /^fep: 1 of 2/m.test(stderr) })
    expect(run).toMatchObject({ code: 130, stdout: '' })
    expect(run.stderr).toContain(`--resume ${stopped}`)
    expect(readdirSync(stopped)).toEqual(['finished.jsonl'])
    if (hasProc) expect(processes(ANY)).toEqual([])
    const { code } = await bl1(['compare', config, '--jobs', '1', '--resume', stopped], { limitMs: LIMIT_MS })
    expect(code).toBe(0)
    expect(resultsIn(stopped)).toEqual(resultsIn(whole))
  }, 2 * LIMIT_MS)

  it.skipIf(!hasProc)('an engine that dies: an error that names the trial, finished trials kept, no process left', async () => {
    const broken = join(home, 'broken')
    const { options, processes } = marked()
    let killed: number[] = []
    const run = await bl1(['compare', config, '--minutes', '1', '--jobs', '1', '--out', broken], {
      ...options,
      interruptWhen: (_, stderr) => {
        // the engine of the trial that runs now; nothing is interrupted
        if (killed.length > 0 || !/^fep: 1 of 2/m.test(stderr)) return false
        killed = processes(ENGINE).filter((pid) => !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bl1_bridge'))
        for (const pid of killed) process.kill(pid, 'SIGKILL')
        return false
      },
    })
    expect(killed).not.toEqual([])
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/The (trial under \w+|preparation) of culture \d failed: /)
    expect(run.stderr).toContain(`--resume ${broken}`)
    expect(readdirSync(broken)).toEqual(['finished.jsonl'])
    expect(processes(ANY)).toEqual([])
  }, LIMIT_MS)
})

describe('bad input', () => {
  const doom = 'game: doom\n'
  const cases: readonly (readonly [what: string, yaml: string, options: readonly string[], code: number, reason: RegExp, env: Record<string, string>])[] = [
    ['an unknown condition', doom, ['--conditions', 'fep,silnet'], 2, /must be one of .*'fep', .*but it is 'silnet'/, {}],
    ["Pong's control", doom, ['--conditions', 'fep,random_paddle'], 2, /must be one of 'fep', .*'random_actions' in doom, but it is 'random_paddle'/, {}],
    ["Doom's control in Pong", '{}', ['--conditions', 'fep,random_actions'], 2, /'random_paddle' in pong, but it is 'random_actions'/, {}],
    ['open_loop without fep', doom, ['--conditions', 'open_loop,silent'], 2, /open_loop replays what another culture earned under fep/, {}],
    ['an unknown game', 'game: quake\n', [], 2, /'game' must be one of 'pong', 'doom'/, {}],
    ['pulses that the array refuses', `${doom}mea:\n  largestCurrentUa: 2\n`, [], 2, /'mea\.largestCurrentUa' must be at least doom\.feedback\.largestCurrentUa \(2\.5\)/, {}],
    ['sensory pulses that the array refuses', `${doom}doom:\n  encoder: { highestCurrentUa: 4 }\n`, [], 2, /'doom\.encoder\.highestCurrentUa' must be at most mea\.largestCurrentUa \(3\)/, {}],
    ['a range that ends before it begins', `${doom}doom:\n  encoder: { lowestRateHz: 50 }\n`, [], 2, /'doom\.encoder\.lowestRateHz' must be at most doom\.encoder\.highestRateHz \(40\)/, {}],
    ['a phase that the array cannot time', `${doom}doom:\n  feedback: { phaseWidthUs: 130 }\n`, [], 2, /\(mea\/phase-width\)/, {}],
    ['an answer on motor electrodes', `${doom}doom:\n  feedback:\n    events: { kill: { channels: [13] } }\n`, [], 2, /13.*\(loop\/channels\)/, {}],
    ['an answer without its opposite', `${doom}doom:\n  feedback:\n    events: { kill: { channels: [35] } }\n`, [], 2, /\(feedback\/no-counterpart\)/, {}],
    ['an unknown scenario', `${doom}doom:\n  scenario: basik\n`, [], 2, /no scenario 'basik'\. Did you mean 'basic'\?/, {}],
    ['no Python', doom, [], 1, /There is no Python interpreter at .*npx bl1 setup doom.*\(bridge\/no-python\)/, { BL1_PYTHON: '/nowhere/python3' }],
  ]

  it.each(cases)('%s: the reason, and nothing is written', async (_, yaml, options, expected, reason, env) => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'bad.yaml'), yaml)
    const { code, stdout, stderr } = await bl1(['compare', 'bad.yaml', ...options], { cwd, env })
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(readdirSync(cwd)).toEqual(['bad.yaml'])
  })
})
