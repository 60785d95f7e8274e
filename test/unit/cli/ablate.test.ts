/** `bl1 ablate` without its threads: which ways to play an agent has, and that playing them takes what it says and puts it back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ABLATION_NAMES, type AblationName } from '../../../src/bench/index.js'
import { Rng } from '../../../src/rng.js'
import { planOf, retrainedConfig } from '../../../src/cli/ablate/plan.js'
import { playWay } from '../../../src/cli/ablate/playWays.js'
import { buildParts, type TrainingParts } from '../../../src/cli/train/build.js'
import { trainingSchema, type TrainingConfig } from '../../../src/cli/train/experiment.js'
import { tinyTraining } from './tinyTraining.js'

const config = (changes: object = {}): TrainingConfig => trainingSchema.parse({ ...tinyTraining, ...changes })
const PLAYED = { retrain: false, steps: null }

describe('the plan', () => {
  it('holds everything that says something about the agent', () => {
    expect(planOf(config(), PLAYED)).toEqual(ABLATION_NAMES.filter((name) => !name.startsWith('retrained')))
    expect(planOf(config(), { retrain: true, steps: 7 })).toEqual(ABLATION_NAMES)
  })

  it('trains the whole agent anew only under another budget', () => {
    expect(planOf(config(), { retrain: true, steps: null })).not.toContain('retrained')
    expect(planOf(config(), { retrain: true, steps: config().training.steps })).not.toContain('retrained')
  })

  it.each<[string, object, readonly AblationName[]]>([
    ['a frozen encoder', { cultureAgent: { ...tinyTraining.cultureAgent, encoder: { ...tinyTraining.cultureAgent.encoder, trainable: false } } }, ['encoder_initial', 'retrained_encoder_frozen']],
    ['a culture without plasticity', { culture: { ...tinyTraining.culture, stdp: { enabled: false }, homeostasis: { enabled: false } } }, ['plasticity_off']],
    ['a network as dish', { substrate: 'network' }, ['plasticity_off', 'retrained_network_dish']],
  ])('leaves out what %s does not have', (_, changes, missing) => {
    expect(planOf(config(changes), { retrain: true, steps: 7 })).toEqual(ABLATION_NAMES.filter((name) => !missing.includes(name)))
  })

  it('changes one thing of the config that is trained anew', () => {
    const whole = config()
    expect(retrainedConfig(whole, 'retrained_encoder_frozen', null).cultureAgent.encoder.trainable).toBe(false)
    expect(retrainedConfig(whole, 'retrained_decoder_frozen', null).cultureAgent.decoder.trainable).toBe(false)
    expect(retrainedConfig(whole, 'retrained_without_spikes', null)).toMatchObject({ spikes: 'zero', seed: whole.seed })
    expect(retrainedConfig(whole, 'retrained_network_dish', 9)).toMatchObject({ substrate: 'network', training: { ...whole.training, steps: 9 } })
    expect(retrainedConfig(whole, 'retrained_no_culture', null).agent).toBe('network')
  })
})

describe('playing', () => {
  const options = { episodes: 2, seed: 3, greedy: true }
  let parts: TrainingParts
  beforeAll(async () => {
    parts = await buildParts(config(), { threads: 1 })
    // the first steps of an agent find the mean and SD of its features
    await playWay(parts, 'trained', options, [], Rng.fromSeed(1))
  })
  afterAll(() => parts.close())

  it.each<AblationName>(['encoder_initial', 'stimulation_shuffled_time', 'plasticity_off'])(
    '%s leaves weights and culture as they were',
    async (condition) => {
      const [weights, dishes] = [parts.policy.save(), parts.saveSubstrate()]
      const { episodes } = await playWay(parts, condition, options, [], Rng.fromSeed(1))
      expect(episodes).toHaveLength(2)
      expect(parts.policy.save()).toEqual(weights)
      expect(parts.saveSubstrate()).toEqual(dishes)
    },
  )

  it('an untrained half has the weights that the training began with', async () => {
    const initial = parts.policy.save()
    parts.policy.load({ ...initial, weights: initial.weights.map((tensor) => ({ ...tensor, values: tensor.values.map((value) => value + 1) })) })
    const seen: string[] = []
    const watched: TrainingParts = {
      ...parts,
      newActor: (actorOptions) => {
        const now = parts.policy.save().weights
        seen.push(now.filter(({ values }, k) => values.every((value, place) => value === initial.weights[k].values[place])).map(({ name }) => name.split('/')[0]).join())
        return parts.newActor(actorOptions)
      },
    }
    await playWay(watched, 'encoder_initial', options, [], Rng.fromSeed(1))
    await playWay(watched, 'decoder_initial', options, [], Rng.fromSeed(1))
    expect(seen).toEqual([expect.stringMatching(/^(encoder,)+encoder$/), expect.stringMatching(/^(decoder,)*decoder$/)])
    parts.policy.load(initial)
  })

  it('with the stimulation of another moment the actor is shown observations of earlier steps', async () => {
    const shown: number[] = []
    const watched: TrainingParts = {
      ...parts,
      newActor: (actorOptions) => {
        const actor = parts.newActor(actorOptions)
        return {
          ...actor,
          columns: actor.columns,
          seconds: actor.seconds,
          act: (observations, into, firstRow, greedy) => {
            shown.push(observations[0])
            actor.act(observations, into, firstRow, greedy)
          },
          outcome: (env, outcome) => actor.outcome(env, outcome),
          reset: (env, seed) => actor.reset(env, seed),
          save: () => actor.save(),
          load: (saved) => actor.load(saved),
        }
      },
    }
    await playWay(watched, 'trained', options, [], Rng.fromSeed(1))
    const real = shown.splice(0)
    await playWay(watched, 'stimulation_shuffled_time', options, [], Rng.fromSeed(1))
    // the ball moves on in the one, and jumps back in the other
    const jumps = (values: readonly number[]): number => values.filter((value, k) => k > 0 && Math.abs(value - values[k - 1]) > 0.3).length
    expect(jumps(shown)).toBeGreaterThan(jumps(real) + 3)
    expect(shown.slice(0, 10)).toEqual(real.slice(0, 10))
  })
})
