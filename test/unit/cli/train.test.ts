/** Trainings and their checkpoints: stopped anywhere they go on bit for bit, and what they leave can be played and is checked. */
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'
import { exitCodeOf } from '../../../src/cli/context.js'
import { findAgents } from '../../../src/cli/findAgents.js'
import { runTraining } from '../../../src/cli/train/command.js'
import { buildParts, loadTrained, playEpisodes, seedOf, trainRun } from '../../../src/cli/train/parts.js'
import { readState } from '../../../src/cli/train/state.js'
import { Bl1Error } from '../../../src/errors.js'
import { readCheckpoint, writeCheckpoint } from '../../../src/io/index.js'
import { folderWith, rejected, temporaryFolder } from '../io/support.js'
import { metricsIn, stateIn, tinyCulture, tinyNetwork, trainIn } from './trainSupport.js'

const trained = temporaryFolder()

describe('a training', () => {
  it('leaves its config, its metrics, the last checkpoint and the best', async () => {
    const { progress, interrupted } = await trainIn(trained, tinyCulture)
    expect(interrupted).toBe(false)
    expect(progress.counters).toMatchObject({ steps: 160, updates: 4 })
    expect(readdirSync(trained).sort()).toEqual(['best.ckpt', 'config.yaml', 'events.out.tfevents.0.bl1', 'last.ckpt', 'metrics.jsonl', 'provenance.json'])
    expect(metricsIn(trained).map(({ kind, steps }) => [kind, steps])).toEqual([
      ['update', 40], ['update', 80], ['validation', 80], ['update', 120], ['update', 160], ['validation', 160],
    ])
    expect(readState(join(trained, 'last.ckpt'))).toMatchObject({ config: tinyCulture, progress: { evaluatedAt: 160 } })
  })

  it('that was stopped goes on bit for bit: weights, optimiser, culture, generators, games', async () => {
    const folder = temporaryFolder()
    expect(await trainIn(folder, tinyCulture, { stopAfter: 1 })).toMatchObject({ interrupted: true, progress: { counters: { steps: 40 } } })
    // a line that a killed run wrote after its checkpoint
    writeFileSync(join(folder, 'metrics.jsonl'), `${readFileSync(join(folder, 'metrics.jsonl'), 'utf8')}{"kind":"upd`)
    await trainIn(folder, tinyCulture, { resume: true, stopAfter: 1 })
    await trainIn(folder, tinyCulture, { resume: true })
    expect(metricsIn(folder)).toEqual(metricsIn(trained))
    for (const name of ['last.ckpt', 'best.ckpt']) expect(stateIn(join(folder, name))).toEqual(stateIn(join(trained, name)))
  })

  it('does not depend on its validation', async () => {
    const folder = temporaryFolder()
    const { training } = tinyCulture
    await trainIn(folder, { ...tinyCulture, training: { ...training, evaluateEverySteps: 0 } })
    expect(stateIn(join(folder, 'last.ckpt'))['parts']).toEqual(stateIn(join(trained, 'last.ckpt'))['parts'])
  })

  it('of a network goes on as well, and longer where that is asked for', async () => {
    const [whole, parted] = [temporaryFolder(), temporaryFolder()]
    const constant = { ...tinyNetwork, ppo: { ...tinyNetwork.ppo, schedule: 'constant' as const } }
    await trainIn(whole, constant)
    await trainIn(parted, { ...constant, training: { ...constant.training, steps: 32 } })
    await trainIn(parted, constant, { resume: true })
    expect(stateIn(join(parted, 'last.ckpt'))).toEqual(stateIn(join(whole, 'last.ckpt')))
    const notes: string[] = []
    await trainIn(parted, constant, { resume: true, onNote: (note) => notes.push(note) })
    expect(notes).toEqual(['Finished already: 64 of 64 steps. --steps with a larger number makes it longer.'])
    expect(stateIn(join(parted, 'last.ckpt'))).toEqual(stateIn(join(whole, 'last.ckpt')))
  })

  it('with numbers that are not finite keeps the rows and the weights of before, and says where', async () => {
    const folder = temporaryFolder()
    const parts = await buildParts(tinyNetwork)
    const weights = parts.policy.save()
    const batch = { observation: Float32Array.of(NaN, 1) }
    const update = (): never => {
      throw new Bl1Error('agents/not-finite', { what: 'policy loss', update: 1, batch })
    }
    const error = await rejected(trainRun({ ...parts, learner: { name: 'broken', save: () => null, load: () => {}, update } }, { folder, signal: new AbortController().signal }))
    await parts.close()
    expect(error).toMatchObject({ code: 'train/not-finite', data: { file: join(folder, 'bad-batch.ckpt'), update: 1 } })
    expect(exitCodeOf(error)).toBe(1)
    expect(readCheckpoint(join(folder, 'bad-batch.ckpt'))).toMatchObject({ what: 'policy loss', batch })
    expect(readCheckpoint(join(folder, 'last.ckpt'))).toMatchObject({ parts: { policy: weights } })
  })
})

describe('the command', () => {
  it('clears the folder of a config that is refused before the first step, so that it can be given again', async () => {
    const out = join(temporaryFolder(), 'run')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const file = folderWith({ 'train.yaml': stringify({ ...tinyCulture, mea: { largestCurrentUa: 2 } }) })('train.yaml')
    const run = runTraining(file, { jobs: 1, out }, new AbortController().signal)
    const error = await rejected(run).finally(() => said.mockRestore())
    expect(exitCodeOf(error)).toBe(2)
    expect(readdirSync(out)).toEqual([])
  })
})

describe('a trained agent', () => {
  it('plays the same episodes the same way, however often, and leaves its culture as it was', async () => {
    const { parts, close, file, hash } = await loadTrained(trained)
    expect(file).toBe(join(trained, 'best.ckpt'))
    expect(hash).toMatch(/^[0-9a-f]{12}$/)
    const before = parts.saveSubstrate()
    const options = { episodes: 3, seed: seedOf(parts.config, 'held-out'), greedy: true }
    const played = await playEpisodes(parts, options)
    expect(parts.saveSubstrate()).toEqual(before)
    expect(await playEpisodes(parts, options)).toEqual(played)
    expect(played.featureMeans).toHaveLength(57) // 59 usable electrodes, two of them pulsed
    expect(played.cellRateHz).toBeGreaterThan(0)

    const random = await playEpisodes(parts, { ...options, random: true })
    expect(random.episodes.map(({ seed }) => seed)).toEqual(played.episodes.map(({ seed }) => seed))
    expect(random.cellRateHz).toBeNull()
    for (const spikes of ['zero', 'rate_matched', 'shuffled_time'] as const) {
      const replaced = await playEpisodes(parts, { ...options, spikes, rates: played.featureMeans, plasticity: false, continuing: true })
      expect(replaced.episodes).toHaveLength(3)
      if (spikes === 'zero') expect(replaced.featureMeans.every((mean) => mean === 0)).toBe(true)
    }
    expect(parts.saveSubstrate()).toEqual(before)
    await close()
  })

  it.each(['network', 'none'] as const)('may have a %s in the place of the culture', async (substrate) => {
    const parts = await buildParts({ ...tinyCulture, substrate, spikes: 'zero' })
    expect(await parts.collector.collect(parts.rollout)).toBe(true)
    await parts.close()
  })

  it('is refused twice in one question, and where a folder holds none', () => {
    expect(() => findAgents([trained, join(trained, 'best.ckpt')])).toThrow(expect.objectContaining({ code: 'trained/twice' }))
    expect(() => findAgents([temporaryFolder()])).toThrow(expect.objectContaining({ code: 'train/folder' }))
  })

  it('is not made of a checkpoint of something else, of another architecture, or of half a file', async () => {
    const [other, wider, cut] = ['other', 'wider', 'cut'].map((name) => join(temporaryFolder(), `${name}.ckpt`))
    writeCheckpoint(other, { kind: 'bl1-bad-batch' })
    const state = readState(join(trained, 'last.ckpt'))
    const { cultureAgent } = state.config
    writeCheckpoint(wider, { ...state, config: { ...state.config, cultureAgent: { ...cultureAgent, critic: { hidden: [9] } } } })
    writeCheckpoint(cut, state)
    truncateSync(cut, 5000)
    expect((await rejected(loadTrained(other))).code).toBe('checkpoint/content')
    expect((await rejected(loadTrained(wider))).code).toBe('agents/architecture')
    expect((await rejected(loadTrained(cut))).code).toBe('checkpoint/truncated')
    const missing = await rejected(loadTrained(temporaryFolder()))
    expect([missing.code, exitCodeOf(missing)]).toEqual(['checkpoint/missing', 2])
  })
})

describe('seeds', () => {
  it('of training, validation and measuring are of different streams', () => {
    const purposes = ['training', 'validation', 'held-out', 'noise'] as const
    const seeds = [1, 2, 3].flatMap((seed) => purposes.flatMap((purpose) => [0, 1, 2].map((k) => seedOf({ seed }, purpose, k))))
    expect(new Set(seeds).size).toBe(seeds.length)
  })
})
