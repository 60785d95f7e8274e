/** `bl1 train`, `eval`, `ablate` and `compare --agent` as a user runs them, one after the other: Ctrl-C, --resume, several seeds, what is written. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bl1 } from './run.js'

const TINY = `title: A tiny training
env: { id: Pong-v0, count: 2, maxEpisodeSteps: 40 }
culture: { neurons: 60, dishUm: 1342, cells: { bias: 2.5 } }
dishes: { settleSeconds: 0.5 }
cultureAgent:
  encoder: { hidden: [8] }
  decoder: { warmUpSteps: 5 }
  critic: { hidden: [8] }
ppo: { epochs: 1 }
training: { steps: 1000000, rolloutSteps: 25, evaluateEverySteps: 0, backend: cpu }
`
const COMPARISON = `title: With an agent
pong: { paper: { ballCrossingMs: 500 } }
protocol: { cultures: 2, conditions: [fep, shuffled_electrodes], playMinutes: 0.1, probeMinutes: 0.05, dropSeconds: 0 }
`
const LIMIT_MS = 120_000

const cwd = mkdtempSync(join(tmpdir(), 'bl1-train-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
const fileIn = (...path: string[]): string => join(cwd, ...path)
const textIn = (...path: string[]): string => readFileSync(fileIn(...path), 'utf8')

const stepsIn = (folder: string): number[] =>
  textIn(folder, 'metrics.jsonl').trimEnd().split('\n').map((line) => z.object({ steps: z.number() }).parse(JSON.parse(line)).steps)

const player = z.object({ return: z.object({ mean: z.number(), low: z.number(), high: z.number(), n: z.literal(4) }), episodes: z.array(z.object({ seed: z.number() })).length(4) })
const evaluationDocument = z.object({ trainedSteps: z.number(), agent: player, chance: player })
const ablationDocument = z.object({
  folder: z.string().optional(),
  sentence: z.string(),
  summary: z.object({ unit: z.literal('episodes'), rows: z.array(z.object({ name: z.string() })).length(10) }),
  agents: z.array(z.object({ name: z.literal('seed-1'), hash: z.string() })).length(1),
  runs: z.array(z.object({ returns: z.array(z.number()).length(3) })).length(10),
})
const comparisonDocument = z.object({
  paragraph: z.string(),
  agents: z.array(z.object({ hash: z.string() })).length(1),
  config: z.object({ loop: z.object({ tickMs: z.number() }), culture: z.object({ neurons: z.number() }) }),
  origins: z.record(z.string(), z.string()),
})

describe('a training', () => {
  it('stopped by Ctrl-C says how to go on, goes on to its end, and can be measured', async () => {
    writeFileSync(fileIn('tiny.yaml'), TINY)
    const stopped = await bl1(['train', 'tiny.yaml', '--seeds', '2', '--jobs', '2', '--out', 'run'], { cwd, interruptWhen: (_, stderr) => stderr.includes('seed 1: 50 ') })
    expect(stopped).toMatchObject({ code: 130, stdout: '' })
    expect(stopped.stderr).toContain('Go on with: bl1 train --resume run')
    const [last] = stepsIn('run/seed-1').slice(-1)
    expect(existsSync(fileIn('run/seed-1/last.ckpt'))).toBe(true)

    const resumed = await bl1(['train', '--resume', 'run/seed-1', '--steps', String(last + 100)], { cwd })
    expect(resumed.stderr).toContain(`train: ${(last + 50).toLocaleString('en-US')} of ${(last + 100).toLocaleString('en-US')} steps`)
    expect(resumed.code).toBe(0)
    expect(resumed.stdout).toContain(`Seed 1: ${(last + 100).toLocaleString('en-US')} steps`)
    expect(stepsIn('run/seed-1')).toEqual(Array.from({ length: last / 50 + 2 }, (_, k) => 50 * (k + 1)))

    const measured = await bl1(['eval', 'run/seed-1', '--episodes', '4', '--json'], { cwd })
    expect(measured.code).toBe(0)
    const document = evaluationDocument.parse(JSON.parse(measured.stdout))
    expect(document.trainedSteps).toBe(last + 100)
    expect(document.agent.episodes.map(({ seed }) => seed)).toEqual(document.chance.episodes.map(({ seed }) => seed))
  }, LIMIT_MS)
})

describe('the agent of that training', () => {
  it('is taken apart: the same episodes in every way, what follows, and report, figure and numbers', async () => {
    const { code, stdout, stderr } = await bl1(['ablate', 'run/seed-1', '--episodes', '3', '--jobs', '1', '--out', 'ablation', '--json'], { cwd })
    expect(stderr).toContain('seed-1, no spikes: return')
    expect(code).toBe(0)
    const printed = ablationDocument.parse(JSON.parse(stdout))
    expect(ablationDocument.parse(JSON.parse(textIn('ablation', 'ablation.json')))).toEqual({ ...printed, folder: undefined })
    for (const name of ['report.html', 'report.md']) expect(textIn('ablation', name)).toContain('spikes of another moment')
    expect(textIn('ablation', 'report.md')).toContain('](ablation.svg)')
    expect(readFileSync(fileIn('ablation', 'ablation.png')).subarray(1, 4).toString()).toBe('PNG')
  }, LIMIT_MS)

  it('plays in a comparison of feedback, with copies of its culture, and is named there', async () => {
    writeFileSync(fileIn('comparison.yaml'), COMPARISON)
    const { code, stdout } = await bl1(['compare', 'comparison.yaml', '--agent', 'run/seed-1', '--jobs', '1', '--out', 'comparison', '--json'], { cwd })
    expect(code).toBe(0)
    const document = comparisonDocument.parse(JSON.parse(stdout))
    expect(document.paragraph).toContain(`the trained agent seed-1 (${document.agents[0].hash})`)
    expect(document.paragraph).toContain('2 copies of 1 culture')
    expect(document.config).toMatchObject({ loop: { tickMs: 100 }, culture: { neurons: 60 } })
    expect(document.origins['culture.neurons']).toBe('--agent')
  }, LIMIT_MS)
})
