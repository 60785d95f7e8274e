/** Configs of trainings: what cannot work is refused before anything runs, and what is left out is filled in. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { doomCultureLayout } from '../../../envs/doom/culture/layout.js'
import { registeredIds } from '../../../src/cli/environments.js'
import { agentOverrides } from '../../../src/cli/compare/agentOverrides.js'
import { trainCommand } from '../../../src/cli/trainCommand.js'
import { scaleByBounds } from '../../../src/cli/train/observation.js'
import { trainingSchema } from '../../../src/cli/train/experiment.js'
import { planResumed, planRun, trainingFolders } from '../../../src/cli/train/plan.js'
import { buildParts } from '../../../src/cli/train/parts.js'
import { agentParametersOf, specOfTraining } from '../../../src/cli/train/presets.js'
import { exitCodeOf } from '../../../src/cli/context.js'
import { readParameters } from '../../../src/parameters.js'
import { Box } from '../../../src/spaces/index.js'
import { caught, folderWith, rejected, temporaryFolder } from '../io/support.js'
import { tinyCulture } from './trainSupport.js'

const read = (input: unknown) => readParameters(trainingSchema, input, 'test')

describe('the config of a training', () => {
  it.each([
    ['an unknown key', { trainig: {} }, 'parameter/unknown', 'trainig'],
    ['more minibatches than rows', { env: { count: 1 }, training: { rolloutSteps: 2 } }, 'parameter/invalid', 'ppo.minibatches'],
    ['a clock of its own in Pong', { env: { options: { tickMs: 10 } } }, 'parameter/invalid', 'env.options.tickMs'],
    ['another clock than that of the tics in Doom', { env: { id: 'Doom-v0' } }, 'parameter/invalid', 'cultureAgent.stepMs'],
    ['answers to hits where there are none', { env: { id: 'CartPole-v1' }, feedback: { policy: 'fep' } }, 'parameter/invalid', 'feedback.policy'],
    ['a number that is none', { ppo: { learningRate: NaN } }, 'parameter/invalid', 'ppo.learningRate'],
  ])('refuses %s', (_, input, code, path) => {
    const error = caught(() => read(input))
    expect(error).toMatchObject({ code, data: { path } })
    expect(exitCodeOf(error)).toBe(2)
  })

  it.each([
    ['an environment that there is not', { env: { id: 'Pomg-v0' } }, 'env/unknown'],
    ['a current beyond the array', { ...tinyCulture, mea: { largestCurrentUa: 2 } }, 'agents/encoder-limits'],
    ['a rate to choose where one is sent', { ...tinyCulture, cultureAgent: { encoder: { lowestRateHz: 4 } } }, 'agents/encoder-limits'],
    ['a least current where there is one or none', { ...tinyCulture, cultureAgent: { encoder: { lowestCurrentUa: 1 } } }, 'agents/encoder-limits'],
    ['a calibration without the steps for it', { ...tinyCulture, cultureAgent: { decoder: { warmUpSteps: 0 } } }, 'agents/calibration'],
    ['an electrode that is pulsed and read', { ...tinyCulture, cultureAgent: { encoder: { channels: [27] }, decoder: { readout: [27, 30] } } }, 'agents/channels'],
    ['a backend that is not there', { ...tinyCulture, training: { backend: 'node-gpu' } }, 'agents/backend'],
  ])('%s: refused when it is built, as wrong use', async (_, input, code) => {
    const error = await rejected(buildParts(read(input)))
    expect(error.code).toBe(code)
    expect(exitCodeOf(error)).toBe(2)
  })

  it('gives Pong the clock of the culture, Doom the view of a culture, and leaves the rest alone', () => {
    expect(registeredIds()).toContain('Pong-v0')
    expect(specOfTraining(read({ cultureAgent: { stepMs: 50 } }))).toMatchObject({ id: 'Pong-v0', options: { tickMs: 50 } })
    expect(specOfTraining(read({ env: { id: 'Doom-v0', options: { ticsPerStep: 8 } }, cultureAgent: { stepMs: 228.5 } })).options).toMatchObject({ scenario: 'basic', actions: 'heads', screen: null, ticsPerStep: 8 })
    expect(specOfTraining(read({ env: { id: 'CartPole-v1', maxEpisodeSteps: 50 } }))).toMatchObject({ options: {}, maxEpisodeSteps: 50 })
    expect(agentParametersOf(read({})).encoder.channels).toHaveLength(8)
  })

  it('lets an agent in Doom read the electrodes of the motor groups and none that shows or answers, or those that it names', () => {
    const { encoding, motor, feedback } = doomCultureLayout()
    const parametersOf = (cultureAgent: object) => agentParametersOf(read({ env: { id: 'Doom-v0' }, cultureAgent: { stepMs: 114.5, ...cultureAgent } }))
    const { encoder, decoder: { readout } } = parametersOf({})
    expect(encoder.channels).toEqual(encoding)
    expect(readout).toEqual(expect.arrayContaining(Object.values(motor).flat()))
    expect([...encoding, ...Object.values(feedback).flat()].filter((channel) => readout?.includes(channel))).toEqual([])
    expect(parametersOf({ decoder: { readout: [19] } }).decoder.readout).toEqual([19])
    expect(parametersOf({ decoder: { groups: [[19, 20]] } }).decoder).toMatchObject({ groups: [[19, 20]], readout: null })
    // hits and misses of Pong are answered at the electrodes that show it
    expect(agentParametersOf(read({})).decoder.readout).toHaveLength(51)
  })

  it('gives the game of an agent to a comparison, whatever that says: here a scenario of Doom', () => {
    const agent = { name: 'seed-1', file: 'x', hash: 'y', steps: 1 }
    const gameOf = (options: object): [string, unknown][] =>
      agentOverrides([{ ...agent, config: read({ env: { id: 'Doom-v0', options }, cultureAgent: { stepMs: 114.5 } }) }])
        .filter(({ path, value }) => value !== undefined && /^(doom|pong)\.(?!loop|exchange)/.test(path))
        .map(({ path, value }) => [path, value])
    expect(gameOf({})).toEqual([['doom.scenario', 'basic'], ['doom.ticsPerStep', 4]])
    expect(gameOf({ scenario: 'deathmatch', skill: 3 })).toEqual([['doom.scenario', 'deathmatch'], ['doom.skill', 3], ['doom.ticsPerStep', 4]])
  })

  it('scales what has bounds to -1 to 1, and nothing else', () => {
    const scale = scaleByBounds(new Box({ low: [0, -3, -Infinity, -1e9], high: [1, 1, Infinity, 1e9] }))
    expect(scale).toEqual([{ offset: 0.5, scale: 0.5 }, { offset: -1, scale: 2 }, { offset: 0, scale: 1 }, { offset: 0, scale: 1 }])
  })
})

describe('the plan of a run', () => {
  const file = folderWith({ 'train.yaml': 'training: { steps: 1000 }\n' })('train.yaml')

  it('has a folder for each of several seeds, and one alone for one', () => {
    const out = join(temporaryFolder(), 'new')
    const { tasks } = planRun(file, { seeds: 3, seed: 5, jobs: 2, out })
    expect(tasks.map(({ folder, config }) => [folder, config.seed])).toEqual([5, 6, 7].map((seed) => [join(out, `seed-${seed}`), seed]))
    const single = planRun(file, { jobs: 2, out: join(temporaryFolder(), 'new'), steps: 7 })
    expect(single.tasks).toMatchObject([{ folder: single.folder, resume: false, config: { training: { steps: 7 } } }])
  })

  it('of a run that goes on takes its configs from its folder', () => {
    const folder = temporaryFolder()
    for (const seed of [2, 10]) {
      mkdirSync(join(folder, `seed-${seed}`))
      writeFileSync(join(folder, `seed-${seed}`, 'config.yaml'), stringify(read({ seed, training: { steps: 1000 } })))
    }
    expect(trainingFolders(folder)).toEqual([join(folder, 'seed-2'), join(folder, 'seed-10')])
    expect(planResumed(folder, file, { jobs: 1, steps: 2000 }).tasks).toMatchObject([
      { config: { seed: 2, training: { steps: 2000 } }, resume: true },
      { config: { seed: 10, training: { steps: 2000 } }, resume: true },
    ])
    const other = folderWith({ 'other.yaml': 'ppo: { gamma: 0.5 }\n' })('other.yaml')
    expect(caught(() => planResumed(folder, other, { jobs: 1 }))).toMatchObject({ code: 'results/other-run', data: { path: 'ppo.gamma' } })
  })

  it('needs a folder of a training to go on', () => {
    expect(caught(() => planResumed('/no/such', undefined, { jobs: 1 })).code).toBe('train/folder')
    expect(caught(() => planResumed(temporaryFolder(), undefined, { jobs: 1 }))).toMatchObject({ code: 'train/folder', data: { reason: 'there is no config.yaml in it' } })
  })
})

describe('the command line', () => {
  it.each([
    ['no config', [], /missing required argument 'config'/],
    ['another seed for a run that goes on', ['--resume', 'run', '--seed', '2'], /'--resume <dir>' cannot be used with option '--seed <k>'/],
    ['half a step', ['train.yaml', '--steps', '1.5'], /expected a whole number of at least 1, got '1\.5'/],
  ])('%s is refused before anything is loaded', async (_, words, message) => {
    const command = trainCommand().exitOverride().configureOutput({ writeErr: () => undefined })
    await expect(command.parseAsync(words, { from: 'user' })).rejects.toThrow(message)
  })
})
