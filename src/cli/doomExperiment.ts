/** Doom's part of the config of an experiment: which game, how it is shown, how spikes become buttons, and what is answered. */
import { z } from 'zod'
import { doomParameters } from '../../envs/doom/parameters.js'
import { doomEncoderParameters } from '../../envs/doom/culture/encoder.js'
import { gradedFeedbackParameters } from '../feedback/index.js'
import { groupDecoderParameters, steppedTiming } from '../loop/index.js'
import { choice, flag, group, quantity } from '../parameters.js'

/** The clock, without the length of a step, which follows from the tics. */
const { latencyMs, blindMs, pauseMs } = steppedTiming.unwrap().shape

const { scenario } = doomParameters.unwrap().shape

/** Schema of the block `doom`. */
export const doomExperiment = group(
  {
    scenario,
    skill: z.int().min(1).max(5).nullable().default(null).meta({ description: "difficulty, 1 (easy) to 5 (nightmare); null: the scenario's" }),
    timeoutTics: z.int().min(1).max(1_000_000).nullable().default(null).meta({ description: "tics after which an episode ends; null: the scenario's", unit: 'tics' }),
    ticsPerStep: quantity({ default: 4, unit: 'tics', integer: true, min: 1, max: 350, doc: 'tics (1/35 s) for which an action is held', source: 'the public Doom protocol of the CL1 (doom-neuron)' }),
    reward: choice(
      ['culture', 'original', 'scenario'],
      'culture',
      "'culture': 100 a kill, -5 a point of health lost, -10 a round used; 'original': the same as doom-neuron counts it; 'scenario': the engine's own",
    ),
    exchangeLeftRight: flag(true, 'exchange left and right of strafing and of turning in every second culture'),
    probeEpisodes: quantity({ default: 12, unit: 'episodes', integer: true, min: 1, max: 10_000, doc: 'length of a frozen probe: the same games before and after play' }),
    loop: group({ latencyMs, blindMs, pauseMs }, 'the clock of the closed loop'),
    encoder: doomEncoderParameters,
    decoder: groupDecoderParameters,
    feedback: gradedFeedbackParameters,
  },
  'the game of Doom',
)

/** Doom's part of an experiment. */
export type DoomExperiment = z.output<typeof doomExperiment>
