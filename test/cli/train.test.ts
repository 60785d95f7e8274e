/** `bl1 train` and `bl1 eval` as a user runs them: Ctrl-C, --resume, several seeds, a report. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bl1, scratchFolder } from './run.js'

const TINY = `title: A tiny training
env: { id: Pong-v0, count: 2, maxEpisodeSteps: 40 }
culture: { neurons: 50, dishUm: 400 }
dishes: { settleSeconds: 0.1 }
cultureAgent:
  encoder: { hidden: [8], channels: [27, 36], lowestRateHz: 10, highestRateHz: 10, gridMs: 100 }
  critic: { hidden: [8] }
training: { steps: 1000000, rolloutSteps: 25, evaluateEverySteps: 0, backend: cpu }
`

const stepsIn = (folder: string): number[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n').map((line) => z.object({ steps: z.number() }).parse(JSON.parse(line)).steps)

describe('a training', () => {
  it('stopped by Ctrl-C says how to go on, goes on to its end, and can be measured', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'tiny.yaml'), TINY)
    const first = join(cwd, 'run', 'seed-1')
    const stopped = await bl1(['train', 'tiny.yaml', '--seeds', '2', '--jobs', '2', '--out', 'run'], { cwd, interruptWhen: (_, stderr) => stderr.includes('seed 1: 50 ') })
    expect(stopped).toMatchObject({ code: 130, stdout: '' })
    expect(stopped.stderr).toContain('Go on with: bl1 train --resume run')
    const [last] = stepsIn(first).slice(-1)
    expect(existsSync(join(first, 'last.ckpt'))).toBe(true)

    const resumed = await bl1(['train', '--resume', 'run/seed-1', '--steps', String(last + 100)], { cwd })
    expect(resumed.stderr).toContain(`train: ${(last + 50).toLocaleString('en-US')} of ${(last + 100).toLocaleString('en-US')} steps`)
    expect(resumed.code).toBe(0)
    expect(resumed.stdout).toContain(`Seed 1: ${(last + 100).toLocaleString('en-US')} steps`)
    expect(stepsIn(first)).toEqual(Array.from({ length: last / 50 + 2 }, (_, k) => 50 * (k + 1)))

    const measured = await bl1(['eval', 'run/seed-1', '--episodes', '4', '--json'], { cwd })
    expect(measured.code).toBe(0)
    const player = z.object({ return: z.object({ mean: z.number(), low: z.number(), high: z.number(), n: z.literal(4) }), episodes: z.array(z.object({ seed: z.number() })).length(4) })
    const document = z.object({ trainedSteps: z.literal(last + 100), agent: player, chance: player }).parse(JSON.parse(measured.stdout))
    expect(document.agent.episodes.map(({ seed }) => seed)).toEqual(document.chance.episodes.map(({ seed }) => seed))
  }, 120_000)

  it('of a checkpoint that is not there cannot be measured: exit 2', async () => {
    const { code, stdout, stderr } = await bl1(['eval', 'run/none.ckpt'], { cwd: scratchFolder() })
    expect(stderr).toMatch(/'run\/none\.ckpt' cannot be read: there is no such file/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
