import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  cultureActor,
  trainedDecoder,
  trainedEncoder,
  trainedHeadsDecoder,
  type CultureActorOptions,
  type CultureAgent,
} from '../../../../agents/culture/index.js'
import { startBackend, type Actor } from '../../../../agents/index.js'
import { PongEnv } from '../../../../envs/pong/index.js'
import { Culture } from '../../../../src/culture/index.js'
import { NO_ANSWER, noFeedback, type FeedbackAnswer } from '../../../../src/feedback/index.js'
import { ClosedLoop, spikeReplacement, type Dishes } from '../../../../src/loop/index.js'
import { MultiDiscrete } from '../../../../src/spaces/index.js'
import { codeOf } from '../gradientCheck.js'
import { countsOf, observationsOf, rngOf, roomFor, smallAgent, smallDishes } from './support.js'

interface Small {
  readonly agent: CultureAgent
  readonly dishes: Dishes
  readonly actor: Actor
  readonly data: Record<string, Float32Array>
  /** Plays some more steps. */
  readonly play: (steps: number, greedy?: boolean) => void
  /** What was written since the beginning, of one dish. */
  readonly column: (name: string, dish: number) => number[][]
}

const STEPS = 40
const GOES_ON = { reward: 0, terminated: false, truncated: false, info: {} }
const LOST = { ...GOES_ON, terminated: true }

/** Two dishes and an actor that sees the same observations whatever it does. */
const small = (options: Partial<CultureActorOptions> = {}, seeds: readonly number[] = [1, 2]): Small => {
  const dishes = smallDishes(seeds)
  const agent = options.agent ?? smallAgent()
  const actor = cultureActor({ agent, dishes, rng: rngOf('actor'), ...options })
  const data = roomFor(actor.columns, STEPS * seeds.length)
  const observations = seeds.map((_, dish) => observationsOf(STEPS, 5, `dish ${dish}`))
  let step = 0
  return {
    agent,
    dishes,
    actor,
    data,
    play: (steps, greedy = false) => {
      for (let k = 0; k < steps; k++, step++) {
        const rows = Float32Array.from(observations.flatMap((all) => [...all.subarray(step * 5, step * 5 + 5)]))
        actor.act(rows, data, step * seeds.length, greedy)
        for (let dish = 0; dish < seeds.length; dish++) actor.outcome(dish, GOES_ON)
      }
    },
    column: (name, dish) => {
      const width = actor.columns.find((column) => column.name === name)?.width ?? 0
      return Array.from({ length: step }, (_, k) => {
        const row = k * seeds.length + dish
        return Array.from(data[name].subarray(row * width, (row + 1) * width))
      })
    },
  }
}

const play = (steps: number, options: Partial<CultureActorOptions> = {}, seeds: readonly number[] = [1, 2]): Small => {
  const made = small(options, seeds)
  made.play(steps)
  return made
}

const pulses = (offsetsMs: readonly number[]) => offsetsMs.map((offsetMs) => ({ offsetMs, channels: [27, 36], amplitudeMv: 400 }))
const PAUSING: FeedbackAnswer = { pulses: pulses([0, 100, 200]), durationMs: 500, pausesGame: true }
const RUNNING: FeedbackAnswer = { pulses: [], durationMs: 150, pausesGame: false }

beforeAll(async () => {
  await startBackend('cpu')
})
afterEach(() => {
  tf.disposeVariables()
})

describe('a culture that acts', () => {
  it('writes what was seen, sent, counted and done', () => {
    const { data, column, dishes, actor } = play(STEPS)
    expect(dishes.timeMs(0)).toBe(STEPS * 100)
    expect(column('action', 0).flat().every((action) => [0, 1, 2].includes(action))).toBe(true)
    expect(column('stimulation', 1).flat().every((current) => current > 0 && current < 3)).toBe(true)
    // the present counts are the last row
    expect(column('spikes', 1).at(-1)).toEqual([dishes.counts[1][28], dishes.counts[1][35]])
    expect(data['spikes'].some((count) => count > 0)).toBe(true)
    expect(actor.seconds.culture).toBeGreaterThan(0)
    expect(actor.seconds.policy).toBeGreaterThan(0)
  })

  it('stimulation reaches the cells', () => {
    const [weak, strong] = [0, 3].map((currentUa) => {
      const fixed = (_: Float32Array, frequencyHz: Float64Array, current: Float64Array): void => {
        frequencyHz.fill(10)
        current.fill(currentUa)
      }
      const made = small({ agent: smallAgent({ encoder: { kind: 'fixed' } }, { fixed }) })
      let spikes = 0
      for (let step = 0; step < STEPS; step++) {
        made.play(1)
        spikes += made.dishes.spikes[0]
      }
      return spikes
    })
    expect(strong).toBeGreaterThan(1.5 * weak)
  })

  it('a dish does the same alone as among others', () => {
    const [alone, among] = [play(20, {}, [1]), play(20, {}, [1, 2])]
    for (const name of ['stimulation', 'spikes', 'action']) expect(among.column(name, 0)).toEqual(alone.column(name, 0))
    expect(among.column('action', 1)).not.toEqual(among.column('action', 0))
  })

  it('leaves no tensors behind', () => {
    const made = play(2)
    const before = tf.memory().numTensors
    made.play(3)
    made.actor.load(made.actor.save())
    expect(tf.memory().numTensors).toBe(before)
  })

  it('takes the first mean of the features from steps before the first action', () => {
    const agent = smallAgent({ decoder: { warmUpSteps: 7 } })
    const made = play(3, { agent })
    expect(made.dishes.timeMs(0)).toBe(1000)
    expect(agent.moments.means.every((mean) => mean > 0)).toBe(true)
    const means = Array.from(agent.moments.means)
    made.play(3)
    expect(Array.from(agent.moments.means)).toEqual(means)
  })

  it('reads what stands in place of the spikes', () => {
    const replacement = spikeReplacement('zero', { width: 2, dishes: 2, rng: rngOf('replacement') })
    const made = small({ replacement })
    made.play(STEPS, true)
    expect(made.data['spikes'].every((count) => count === 0)).toBe(true)
    expect(new Set(made.column('action', 0).flat()).size).toBe(1)
    expect(made.dishes.counts[0].some((count) => count > 0)).toBe(true)
  })
})

describe('answers in training', () => {
  const answerIn =
    (dish: number, answer: FeedbackAnswer): NonNullable<CultureActorOptions['answer']> =>
    (env, { reward }) =>
      env === dish && reward > 0 ? answer : undefined

  /** Ten steps, an outcome with a reward in both dishes, some more steps. */
  const answered = (answer?: CultureActorOptions['answer']): Small => {
    const made = small(answer === undefined ? {} : { answer })
    made.play(10)
    for (const dish of [0, 1]) made.actor.outcome(dish, { ...GOES_ON, reward: 1 })
    made.play(10)
    return made
  }

  it('one that pauses the game lives on in its own dish alone', () => {
    const [without, withAnswer] = [answered(), answered(answerIn(1, PAUSING))]
    expect(withAnswer.dishes.timeMs(0)).toBe(2000)
    expect(withAnswer.dishes.timeMs(1)).toBe(2500)
    for (const name of ['stimulation', 'spikes', 'action']) expect(withAnswer.column(name, 0)).toEqual(without.column(name, 0))
    expect(withAnswer.column('spikes', 1).slice(0, 10)).toEqual(without.column('spikes', 1).slice(0, 10))
    expect(withAnswer.column('spikes', 1)).not.toEqual(without.column('spikes', 1))
    // the draws of the encoder do not depend on it
    expect(withAnswer.column('stimulation', 1)).toEqual(without.column('stimulation', 1))
  })

  it('while one goes on that does not pause the game, the dish is shown nothing', () => {
    const sent: number[] = []
    const made = small({ answer: answerIn(1, RUNNING) })
    const { dishes } = made
    const send = dishes.send.bind(dishes)
    dishes.send = (dish, pulse) => {
      if (dish === 1) sent.push(dishes.timeMs(1) + pulse.offsetMs)
      return send(dish, pulse)
    }
    made.play(2)
    made.actor.outcome(1, { ...GOES_ON, reward: 1 })
    made.play(3)
    // one pulse for each channel at the beginning of each step, but for those of 200 ms, and of 300 ms which is 100 ms into the answer
    expect([...new Set(sent)]).toEqual([0, 100, 400])
    expect(dishes.timeMs(1)).toBe(500)
  })

  it('no answer, and one of no duration, change nothing; one without end is refused', () => {
    const without = answered()
    expect(answered(answerIn(1, NO_ANSWER)).column('spikes', 1)).toEqual(without.column('spikes', 1))
    expect(codeOf(() => answered(answerIn(1, { ...PAUSING, durationMs: Infinity })))).toBe('loop/answer')
    expect(codeOf(() => answered(answerIn(1, { ...PAUSING, durationMs: NaN })))).toBe('loop/answer')
  })
})

describe('from episode to episode', () => {
  it('a dish lives alone between two episodes, and not before the first', () => {
    const made = small({ pauseMs: 300 })
    made.actor.reset(0)
    made.actor.reset(1)
    made.play(2)
    made.actor.outcome(1, LOST)
    made.actor.reset(1)
    made.play(1)
    expect([made.dishes.timeMs(0), made.dishes.timeMs(1)]).toEqual([300, 600])
  })

  it('an episode with a seed of its own and a dish that begins anew depends on nothing before it', () => {
    const episodeAfter = (steps: number): unknown => {
      const dishes = smallDishes([1])
      const start = dishes.saveOne(0)
      const actor = cultureActor({
        agent: smallAgent(),
        dishes,
        rng: rngOf('actor'),
        begin: (dish, seed) => dishes.loadOne(dish, start, seed),
      })
      const data = roomFor(actor.columns, 8)
      for (let k = 0; k < steps; k++) actor.act(observationsOf(1), data, 0, false)
      actor.reset(0, 77)
      for (let k = 0; k < 8; k++) actor.act(observationsOf(1), data, k, false)
      return data
    }
    expect(episodeAfter(5)).toEqual(episodeAfter(0))
  })

  it('goes on from what was saved, bit for bit', () => {
    const options = { answer: (env: number) => (env === 1 ? RUNNING : undefined), pauseMs: 100 }
    const whole = play(20, options)
    const first = play(10, options)
    const [actor, dishes] = [first.actor.save(), first.dishes.save()]
    const second = small(options)
    second.play(10)
    second.play(3)
    second.actor.load(structuredClone(actor))
    second.dishes.load(dishes)
    const rows = (step: number): Float32Array =>
      Float32Array.from([0, 1].flatMap((dish) => [...observationsOf(STEPS, 5, `dish ${dish}`).subarray(step * 5, step * 5 + 5)]))
    for (let step = 10; step < 20; step++) {
      second.actor.act(rows(step), second.data, step * 2, false)
      for (const dish of [0, 1]) second.actor.outcome(dish, GOES_ON)
    }
    for (const [name, values] of Object.entries(whole.data)) {
      const until = (values.length / STEPS) * 20
      expect(second.data[name].subarray(0, until)).toEqual(values.subarray(0, until))
    }
  })

  it('refuses what is no saved actor, or one of more dishes, and stays as it is', () => {
    const { actor } = play(3)
    const before = actor.save()
    const alone = play(3, {}, [1]).actor.save()
    for (const saved of [null, {}, { plays: [1, 2] }, alone]) expect(codeOf(() => actor.load(saved))).toBe('agents/saved')
    expect(actor.save()).toEqual(before)
  })

  it('refuses dishes under an array that does not take its pulses', () => {
    const strong = smallAgent({ encoder: { highestCurrentUa: 4, phaseWidthUs: 200 } }, { mea: { largestCurrentUa: 5 } })
    expect(codeOf(() => small({ agent: strong }))).toBe('agents/encoder-limits')
  })
})

const SCALE = [0, 1, 2, 3, 4].map((k) => ({ offset: k / 10, scale: 1 + k }))

/** One whose actions depend on the spikes at once. */
const readyAgent = (): CultureAgent => {
  const agent = smallAgent()
  agent.moments.add(countsOf(4).map((count) => count / 8))
  return agent
}

const loopOf = (agent: CultureAgent, tickMs: number, greedy: boolean): ClosedLoop =>
  new ClosedLoop({
    env: new PongEnv({ tickMs, afterMiss: 'bounce' }),
    culture: Culture.grow({ neurons: 50 }, 3),
    encoder: trainedEncoder(agent, { rng: rngOf('play'), greedy, observationScale: SCALE }),
    decoder: trainedDecoder(agent, { rng: rngOf('play'), greedy }),
    feedback: noFeedback(),
    timing: { tickMs },
  })


describe('a trained agent in the closed loop', () => {
  it('acts as it did in training: same culture, same observations, same actions', () => {
    const agent = readyAgent()
    const seen: Float32Array[] = []
    const done: number[] = []
    loopOf(agent, 100, true).play({
      minutes: 0.1,
      onTick: ({ observation, action }) => {
        seen.push(Float32Array.from(observation))
        done.push(action)
      },
    })
    const actor = cultureActor({ agent, dishes: smallDishes([3]), rng: rngOf('play') })
    const data = roomFor(actor.columns, seen.length)
    for (const [tick, observation] of seen.entries()) {
      const scaled = observation.map((value, k) => (value - SCALE[k].offset) / SCALE[k].scale)
      actor.act(scaled, data, tick, true)
    }
    // the loop decodes at the beginning of the next tick
    expect(Array.from(data['action'].subarray(0, -1))).toEqual(done.slice(1))
    expect(new Set(done).size).toBeGreaterThan(1)
  })

  it('draws as it did in training from the same streams', () => {
    const agent = readyAgent()
    const observation = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5)
    const dishes = smallDishes([3])
    const actor = cultureActor({ agent, dishes, rng: rngOf('play') })
    const data = roomFor(actor.columns, 10)
    const rng = rngOf('play').split('dish/0')
    const [encoder, decoder] = [trainedEncoder(agent, { rng }), trainedDecoder(agent, { rng })]
    for (let step = 0; step < 10; step++) {
      actor.act(observation, data, step, false)
      const currents = encoder.encode(observation, 100).map((pulse) => ('currentUa' in pulse ? pulse.currentUa : NaN))
      expect(currents).toEqual(Array.from(data['stimulation'].subarray(2 * step, 2 * step + 2)))
      expect(decoder.decode(dishes.counts[0], 100)).toBe(data['action'][step])
    }
    expect(decoder.rates['read-out']).toBeCloseTo((dishes.counts[0][28] + dishes.counts[0][35]) * 5, 6)
  })

  it('takes the same heads in the stepped loop', () => {
    const agent = smallAgent({}, { actionSpace: new MultiDiscrete({ nvec: [3, 2], start: [5, 5] }) })
    const decoder = trainedHeadsDecoder(agent, { rng: rngOf('play'), greedy: true })
    const counts = new Float64Array(64)
    counts[28] = 9
    const expected = new Float32Array(2)
    agent.decide(Float32Array.of(9, 0), { streams: [rngOf('unused')], greedy: true }, expected, 0)
    expect(decoder.decode(counts, 90)).toEqual(Array.from(expected))
    expect(decoder.idleAction).toEqual([0, 0])
    expect(decoder.channels).toEqual([28, 35])
  })

  it('refuses a loop of another tick, other observations, and actions of another kind', () => {
    const agent = smallAgent()
    const encoder = trainedEncoder(agent, { rng: rngOf('play') })
    expect(codeOf(() => loopOf(agent, 50, true).play({ minutes: 0.01 }))).toBe('agents/tick')
    expect(codeOf(() => encoder.encode([1, 2, 3], 100))).toBe('agents/observation')
    expect(codeOf(() => encoder.encode([1, 2, 3, 4, NaN], 100))).toBe('agents/observation')
    expect(codeOf(() => trainedEncoder(agent, { rng: rngOf('play'), observationScale: [] }))).toBe('agents/observation')
    expect(codeOf(() => trainedHeadsDecoder(agent, { rng: rngOf('play') }))).toBe('agents/action-space')
    const heads = smallAgent({}, { actionSpace: new MultiDiscrete({ nvec: [2] }) })
    expect(codeOf(() => trainedDecoder(heads, { rng: rngOf('play') }))).toBe('agents/action-space')
  })
})
