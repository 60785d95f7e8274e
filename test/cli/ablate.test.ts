/** `bl1 ablate` and `bl1 compare --agent` as a user runs them, on an agent that was trained for a moment. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findAgents } from '../../src/cli/findAgents.js'
import { buildParts } from '../../src/cli/train/build.js'
import { trainingSchema } from '../../src/cli/train/experiment.js'
import { describeRun, trainRun } from '../../src/cli/train/run.js'
import { tinyTraining } from '../unit/cli/tinyTraining.js'
import { bl1 } from './run.js'

const home = mkdtempSync(join(tmpdir(), 'bl1-ablate-'))
const agent = join(home, 'agent')
beforeAll(async () => {
  mkdirSync(agent)
  const config = trainingSchema.parse(tinyTraining)
  describeRun(agent, config)
  const parts = await buildParts(config, { threads: 1 })
  await trainRun(parts, { folder: agent, signal: new AbortController().signal })
  await parts.close()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const ablationDocument = z.object({
  folder: z.string().optional(),
  sentence: z.string(),
  summary: z.object({ unit: z.literal('episodes'), rows: z.array(z.object({ name: z.string() })).length(10) }),
  agents: z.array(z.object({ name: z.literal('seed-1'), hash: z.string(), steps: z.literal(32) })).length(1),
  runs: z.array(z.object({ returns: z.array(z.number()).length(3) })).length(10),
})

describe('bl1 ablate', () => {
  it('plays the same episodes in every way, says what follows, and writes report, figure and numbers', async () => {
    const out = join(home, 'ablation')
    const { code, stdout, stderr } = await bl1(['ablate', agent, '--episodes', '3', '--jobs', '1', '--out', out, '--json'])
    expect(stderr).toContain('seed-1, no spikes: return')
    expect(code).toBe(0)
    const printed = ablationDocument.parse(JSON.parse(stdout))
    expect(ablationDocument.parse(JSON.parse(readFileSync(join(out, 'ablation.json'), 'utf8')))).toEqual({ ...printed, folder: undefined })
    for (const name of ['report.html', 'report.md']) expect(readFileSync(join(out, name), 'utf8')).toContain('spikes of another moment')
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('](ablation.svg)')
    expect(readFileSync(join(out, 'ablation.png')).subarray(1, 4).toString()).toBe('PNG')
  })

  it('refuses an agent that is named twice, and a folder without one', () => {
    expect(() => findAgents([agent, join(agent, 'last.ckpt')])).toThrow(expect.objectContaining({ code: 'trained/twice' }))
    expect(() => findAgents([home])).toThrow(expect.objectContaining({ code: 'train/folder' }))
  })
})

describe('bl1 compare --agent', () => {
  it('plays with the trained agent and copies of its culture, and says which agent it was', async () => {
    const config = join(home, 'tiny.yaml')
    writeFileSync(config, 'title: With an agent\npong: { paper: { ballCrossingMs: 500 } }\nprotocol: { cultures: 2, conditions: [fep, shuffled_electrodes], playMinutes: 0.1, probeMinutes: 0.05, dropSeconds: 0 }\n')
    const { code, stdout } = await bl1(['compare', config, '--agent', agent, '--jobs', '1', '--out', join(home, 'comparison'), '--json'])
    expect(code).toBe(0)
    const document = z
      .object({ paragraph: z.string(), agents: z.array(z.object({ hash: z.string() })).length(1), config: z.object({ loop: z.object({ tickMs: z.number() }), culture: z.object({ neurons: z.number() }) }), origins: z.record(z.string(), z.string()) })
      .parse(JSON.parse(stdout))
    expect(document.paragraph).toContain(`the trained agent seed-1 (${document.agents[0].hash})`)
    expect(document.paragraph).toContain('2 copies of 1 culture')
    expect(document.config).toMatchObject({ loop: { tickMs: 100 }, culture: { neurons: 60 } })
    expect(document.origins['culture.neurons']).toBe('--agent')
  })
})
