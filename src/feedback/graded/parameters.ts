/** The answers of graded feedback in one table, and the settings of the original protocol. */
import { z } from 'zod'
import { choice, flag, group, quantity } from '../../parameters.js'

const PROTOCOL = 'the public Doom protocol of the CL1 (doom-neuron)'
/**
 * The noise of the protocol lasts 1 s (damage and bad rewards: 4 s) and is followed by as long a rest, and the game is hidden in both. That
 * suits a game that waits; Doom goes on, and a player who is hit now and then would see next to nothing of it (under a fifth of
 * `defend_the_center`). So the noise brings as many pulses in a tenth of the time, and the rest lasts while evoked activity dies down.
 */
const SHORTENED = `${PROTOCOL}, in a tenth of its time`

/** What one kind of answer is, where the table does not say otherwise. */
interface AnswerDefaults {
  readonly channels: readonly number[]
  readonly frequencyHz: number
  readonly currentUa: number
  readonly pulses: number
  readonly unpredictable: boolean
  readonly frequencyGain?: number
  readonly currentGain?: number
  readonly pulseGain?: number
  readonly unpredictableMs?: number
  readonly memory?: number
}

const channelList = (channels: readonly number[]) =>
  z.array(z.int().min(0)).readonly().default([...channels]).meta({ description: 'electrodes that are pulsed together; none: no answer', source: PROTOCOL })

const answerShape = (defaults: AnswerDefaults) => ({
  channels: channelList(defaults.channels),
  frequencyHz: quantity({ default: defaults.frequencyHz, unit: 'Hz', above: 0, max: 1000, doc: 'rate of the train before scaling', source: PROTOCOL }),
  currentUa: quantity({ default: defaults.currentUa, unit: 'uA', min: 0, max: 1000, doc: 'current of each phase before scaling', source: PROTOCOL }),
  pulses: quantity({ default: defaults.pulses, unit: '1', min: 1, max: 10_000, integer: true, doc: 'pulses of the train before scaling', source: PROTOCOL }),
  frequencyGain: quantity({ default: defaults.frequencyGain ?? 0.9, unit: '1', min: 0, max: 10, doc: 'how much surprise changes the rate: slower for good, faster for bad', source: PROTOCOL }),
  frequencyMax: quantity({ default: 2, unit: '1', min: 1, max: 100, doc: 'largest factor on the rate; the smallest is 0.5', source: PROTOCOL }),
  currentGain: quantity({ default: defaults.currentGain ?? 0.35, unit: '1', min: 0, max: 10, doc: 'how much surprise raises the current', source: PROTOCOL }),
  currentMax: quantity({ default: 1.5, unit: '1', min: 1, max: 100, doc: 'largest factor on the current', source: PROTOCOL }),
  pulseGain: quantity({ default: defaults.pulseGain ?? 0.5, unit: '1', min: 0, max: 10, doc: 'how much surprise raises the number of pulses', source: PROTOCOL }),
  pulseMax: quantity({ default: 2, unit: '1', min: 1, max: 100, doc: 'largest factor on the number of pulses', source: PROTOCOL }),
  unpredictable: flag(defaults.unpredictable, 'answer at random times on random channels of the set instead of by the train'),
  unpredictableFrequencyHz: quantity({ default: 50, unit: 'Hz', above: 0, max: 200, doc: 'their mean rate over the set before scaling; the original: 5', source: SHORTENED }),
  unpredictableMs: quantity({ default: defaults.unpredictableMs ?? 100, unit: 'ms', min: 100, max: 60_000, doc: 'their duration, in which the game is hidden; the original: ten times that', source: SHORTENED }),
  restMs: quantity({ default: 100, unit: 'ms', min: 0, max: 60_000, doc: 'time after them in which the game is still hidden; the original: as long as they last' }),
  memory: quantity({ default: defaults.memory ?? 0.99, unit: '1', min: 0, max: 0.999999, doc: 'what the running mean of its surprises keeps at each', source: PROTOCOL }),
})

const answerSettings = (defaults: AnswerDefaults, doc: string) => group(answerShape(defaults), doc)

const eventSettings = group(
  {
    good: flag(true, 'whether the event is good news (answered where the TD error is positive) or bad'),
    ...answerShape({ channels: [], frequencyHz: 20, currentUa: 2, pulses: 30, unpredictable: false }),
  },
  'the answer to one kind of event',
)

/** Settings of one kind of answer. */
export type AnswerSettings = z.output<ReturnType<typeof answerSettings>>
/** Settings of the answer to an event: any part of them. */
export type EventOptions = z.input<typeof eventSettings>

/**
 * The events of the protocol, by name. Good news comes as a regular train, bad news as noise; the original flags all of them as noise.
 * To change one, spread the table: `{ ...GRADED_EVENTS, kill: { ...GRADED_EVENTS.kill, frequencyHz: 30 } }`.
 */
export const GRADED_EVENTS = {
  kill: { good: true, channels: [35, 36, 38], frequencyHz: 20, currentUa: 2.5, pulses: 40, frequencyGain: 0.2, frequencyMax: 2.5, currentGain: 0.2, currentMax: 1.6, pulseGain: 0.2, pulseMax: 2.5 },
  armorGained: { good: true, channels: [39, 40, 43], frequencyHz: 20, currentUa: 2, pulses: 35, frequencyGain: 0.3, frequencyMax: 2, currentGain: 0.3, currentMax: 1.4, pulseGain: 0.3, pulseMax: 2 },
  damageTaken: { good: false, channels: [44, 47, 48], frequencyHz: 90, currentUa: 2.2, pulses: 50, frequencyGain: 0.2, frequencyMax: 2.5, currentGain: 0.18, currentMax: 1.7, pulseGain: 0.2, pulseMax: 2.5, unpredictable: true, unpredictableMs: 400 },
  ammoWasted: { good: false, channels: [52, 54, 55], frequencyHz: 60, currentUa: 1.8, pulses: 25, frequencyGain: 0.15, frequencyMax: 1.8, currentGain: 0.15, currentMax: 1.3, pulseGain: 0.15, pulseMax: 1.8, unpredictable: true },
} satisfies Readonly<Record<string, EventOptions>>

const [GOOD, BAD] = [[19, 20, 22], [23, 24, 26]] as const
const GAINS = { frequencyGain: 0.65, currentGain: 0.35, pulseGain: 0.65 }

/** Schema of graded feedback. */
export const gradedFeedbackParameters = group(
  {
    eventFeedback: flag(true, 'answer the events of each step'),
    rewardFeedback: flag(false, 'answer the sign of each step\'s reward'),
    episodeFeedback: flag(true, 'answer the sign of each episode\'s return'),
    events: z.record(z.string(), eventSettings).prefault(GRADED_EVENTS).meta({ description: 'answers to events, by name' }),
    reward: group(
      {
        good: answerSettings({ channels: GOOD, frequencyHz: 20, currentUa: 2, pulses: 30, unpredictable: false, ...GAINS }, 'a step with a positive reward'),
        bad: answerSettings({ channels: BAD, frequencyHz: 60, currentUa: 2, pulses: 90, unpredictable: true, unpredictableMs: 400, ...GAINS }, 'a step with a negative reward'),
      },
      'answers to the reward of a step',
    ),
    episode: group(
      {
        good: answerSettings({ channels: GOOD, frequencyHz: 40, currentUa: 2, pulses: 80, unpredictable: false, memory: 0.9, ...GAINS }, 'an episode with a positive return'),
        bad: answerSettings({ channels: BAD, frequencyHz: 120, currentUa: 2, pulses: 160, unpredictable: true, memory: 0.9, ...GAINS }, 'an episode with a negative return'),
      },
      'answers to the return of an episode',
    ),
    episodeScaling: flag(true, 'scale the answer to an episode by its surprise'),
    smallestFrequencyHz: quantity({ default: 4, unit: 'Hz', above: 0, max: 200, doc: 'trains are not slower than this', source: PROTOCOL }),
    largestFrequencyHz: quantity({ default: 200, unit: 'Hz', above: 0, max: 2000, doc: 'nor faster than this or than the array takes; the original caps all at 40' }),
    wholeFrequencies: flag(false, 'cut rates to whole Hz, as the packets of the original do'),
    smallestCurrentUa: quantity({ default: 1, unit: 'uA', min: 0, max: 1000, doc: 'pulses are not weaker than this', source: PROTOCOL }),
    largestCurrentUa: quantity({ default: 2.5, unit: 'uA', above: 0, max: 1000, doc: 'nor stronger than this', source: PROTOCOL }),
    phaseWidthUs: quantity({ default: 120, unit: 'us', above: 0, max: 10_000, doc: 'width of each phase', source: PROTOCOL }),
    surpriseBaseline: choice(
      ['corrected', 'original'],
      'corrected',
      'corrected: each kind of answer against its own bias-corrected mean, and an episode\'s discounted return; original: means that start at 0, all steps alike, and the plain return',
    ),
    bootstrapAfterTruncation: flag(true, 'an episode that was cut off still has a future; the original takes its value for 0'),
    unpredictable: flag(true, 'give unpredictable answers as noise; off: everything as trains, as on the device of the original'),
    interruptedByEncoding: flag(false, 'the sensory input of the next step cuts running trains, as on the device of the original'),
    largestRatio: quantity({ default: 2, unit: '1', above: 0, max: 100, doc: 'cap of surprise over its mean, for rewards and episodes', source: PROTOCOL }),
    smallestBaseline: quantity({ default: 0.001, unit: '1', above: 0, max: 1e6, doc: 'floor of the mean that surprise is divided by', source: PROTOCOL }),
    tdMemory: quantity({ default: 0.999, unit: '1', min: 0, max: 0.999999, doc: 'what the running mean of |TD error| keeps at each step', source: PROTOCOL }),
    discount: quantity({ default: 0.99, unit: '1', min: 0, max: 0.9999, doc: 'of the value estimate, unless one is passed', source: PROTOCOL }),
    valueStepSize: quantity({ default: 0.1, unit: '1', above: 0, max: 1, doc: 'of the value estimate, unless one is passed' }),
  },
  'what the culture is told of rewards, events and episodes',
)

/** The table with every value set. */
export type GradedFeedbackParameters = z.output<typeof gradedFeedbackParameters>
/** What a graded policy takes: any part of the table. */
export type GradedFeedbackOptions = z.input<typeof gradedFeedbackParameters>

/** Noise as the original times it. */
const ORIGINAL_NOISE = { unpredictable: true, unpredictableFrequencyHz: 5, unpredictableMs: 1000, restMs: 1000 }
const ORIGINAL_LONG_NOISE = { ...ORIGINAL_NOISE, unpredictableMs: 4000, restMs: 4000 }

/**
 * The protocol as its programs run it rather than as it is meant: rewards are answered and events are not, every train is capped at 40 Hz,
 * cut by the next sensory input and regular, and surprise saturates. With `unpredictable: true` punishments come as the noise of its
 * older program, which hides the game for 8 s.
 *
 * @example `gradedFeedback({ ...ORIGINAL, largestFrequencyHz: 200 })`
 */
export const ORIGINAL = {
  eventFeedback: false,
  rewardFeedback: true,
  episodeFeedback: true,
  events: {
    kill: { ...GRADED_EVENTS.kill, ...ORIGINAL_NOISE },
    armorGained: { ...GRADED_EVENTS.armorGained, ...ORIGINAL_NOISE },
    damageTaken: { ...GRADED_EVENTS.damageTaken, ...ORIGINAL_LONG_NOISE },
    ammoWasted: { ...GRADED_EVENTS.ammoWasted, ...ORIGINAL_NOISE },
  },
  reward: { bad: ORIGINAL_LONG_NOISE },
  episode: { bad: ORIGINAL_NOISE },
  largestFrequencyHz: 40,
  wholeFrequencies: true,
  surpriseBaseline: 'original',
  bootstrapAfterTruncation: false,
  unpredictable: false,
  interruptedByEncoding: true,
} as const satisfies GradedFeedbackOptions
