/** A trained agent in the closed loops: its encoder and its decoder as the loops take them, doing exactly what they do in training. */
import { Bl1Error } from '../../src/errors.js'
import type { Decoder, Encoder } from '../../src/loop/index.js'
import type { Rng } from '../../src/rng.js'
import { Discrete, MultiDiscrete } from '../../src/spaces/index.js'
import { MS_PER_SECOND } from '../../src/units.js'
import type { ObservationScale } from '../observationRows.js'
import type { CultureAgent } from './agent.js'
import { streamsOf } from './streams.js'

/** How a trained agent plays in a loop. */
export interface TrainedOptions {
  /** Encoder and decoder each draw from a stream of their own that belongs to it: give both the same. */
  readonly rng: Rng
  /** The mode of each distribution (a Beta's mean) in place of a draw. @default false */
  readonly greedy?: boolean
}

/** How its encoder plays. */
export interface TrainedEncoderOptions extends TrainedOptions {
  /** Of the collector that the agent was trained with: (value - offset) / scale. @default null */
  readonly observationScale?: ObservationScale
}

/**
 * The encoder of an agent, for `ClosedLoop` and `SteppedLoop`. Its random stream goes on from one play to the next.
 * @throws Bl1Error `agents/observation` for a scale of another width; `encode` throws `agents/tick` in a loop whose tick is not the agent's
 * `stepMs`, and `agents/observation`
 */
export const trainedEncoder = (agent: CultureAgent, options: TrainedEncoderOptions): Encoder => {
  const { rng, greedy = false, observationScale = null } = options
  const { observationWidth } = agent
  const { stepMs } = agent.parameters
  if (observationScale !== null && observationScale.length !== observationWidth) {
    const expected = `a scale for each of ${observationWidth} numbers`
    throw new Bl1Error('agents/observation', { expected, received: `${observationScale.length}` })
  }
  const trains = agent.stimulation.trains()
  const draw = { streams: [streamsOf(rng).stimulation], greedy }
  const seen = new Float32Array(observationWidth)
  const stimulation = new Float32Array(agent.stimulation.width)
  return {
    name: 'trained',
    channels: agent.channels.encoding,
    reset: () => trains.reset(),
    encode: (observation, tickMs) => {
      if (tickMs !== stepMs) throw new Bl1Error('agents/tick', { stepMs, received: String(tickMs) })
      if (observation.length !== observationWidth) {
        throw new Bl1Error('agents/observation', { expected: `${observationWidth} numbers`, received: `${observation.length}` })
      }
      seen.set(observation)
      observationScale?.forEach(({ offset, scale }, k) => {
        seen[k] = (seen[k] - offset) / scale
      })
      agent.stimulate(seen, draw, stimulation, 0)
      return trains.emit(stimulation, 0, stepMs)
    },
  }
}

/** What both decoders are: counts in, an action row out. */
const actionRows = (agent: CultureAgent, { rng, greedy = false }: TrainedOptions) => {
  agent.requireCalibrated()
  const { readout } = agent.channels
  const draw = { streams: [streamsOf(rng).action], greedy }
  const spikes = new Float32Array(agent.moments.width)
  const width = agent.columns.find(({ name }) => name === 'action')?.width ?? 0
  const row = new Float32Array(width)
  const rates = { 'read-out': 0 }
  return {
    rates,
    row,
    /** Writes `row`. */
    decide: (counts: Float64Array, tickMs: number): void => {
      agent.readFeatures(counts, spikes, 0)
      rates['read-out'] = (spikes.reduce((sum, count) => sum + count, 0) / readout.length / tickMs) * MS_PER_SECOND
      agent.decide(spikes, draw, row, 0)
    },
  }
}

const refuse = (agent: CultureAgent, expected: string): never => {
  throw new Bl1Error('agents/action-space', { expected, received: JSON.stringify(agent.actionSpace) })
}

/**
 * The decoder of an agent that was trained on a Discrete action space, for `ClosedLoop`. Nothing of it adapts: the mean and SD of the
 * features and the calibration are those of the training. Its random stream goes on from one play to the next.
 * @throws Bl1Error `agents/action-space`, `agents/calibration` for an agent that was never calibrated
 */
export const trainedDecoder = (agent: CultureAgent, options: TrainedOptions): Decoder => {
  const { actionSpace, channels } = agent
  if (!(actionSpace instanceof Discrete)) return refuse(agent, 'a Discrete, one action a tick')
  const { row, rates, decide } = actionRows(agent, options)
  return {
    name: 'trained',
    channels: channels.readout,
    idleAction: actionSpace.start,
    rates,
    reset: () => {},
    adapt: () => {},
    decode: (counts, tickMs) => {
      decide(counts, tickMs)
      return actionSpace.start + row[0]
    },
  }
}

/**
 * The same for an agent that was trained on a MultiDiscrete, for `SteppedLoop`: one choice a head, 0 for its first option.
 * @throws Bl1Error `agents/action-space`, `agents/calibration`
 */
export const trainedHeadsDecoder = (agent: CultureAgent, options: TrainedOptions): Decoder<readonly number[]> => {
  const { actionSpace, channels } = agent
  if (!(actionSpace instanceof MultiDiscrete)) return refuse(agent, 'a MultiDiscrete, one choice a head')
  const { row, rates, decide } = actionRows(agent, options)
  const choices = Array.from(row)
  return {
    name: 'trained',
    channels: channels.readout,
    idleAction: choices.map(() => 0),
    rates,
    reset: () => {},
    adapt: () => {},
    decode: (counts, tickMs) => {
      decide(counts, tickMs)
      for (let head = 0; head < choices.length; head++) choices[head] = row[head]
      return choices
    },
  }
}
