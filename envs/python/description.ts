/** What the Gymnasium host says of itself, and what it answers: the other end is python/bl1_bridge/gymnasium_host.py. */
import { z } from 'zod'
import type { BridgeReply } from '../../src/bridge/index.js'
import type { EnvSettings, RenderMode } from '../../src/env/index.js'
import type { JsonObject } from '../../src/json.js'
import { portOf, spaceDescription, type Port } from './ports.js'
import { Incoming } from './values.js'

const description = z.object({
  gymnasium: z.string(),
  observation: spaceDescription,
  action: spaceDescription,
  renderModes: z.array(z.enum(['ansi', 'rgb_array'])),
  renderFps: z.number(),
  maxEpisodeSteps: z.number().nullable(),
  rewardThreshold: z.number().nullable(),
  nondeterministic: z.boolean(),
})

/** An environment as Gymnasium made it. */
export interface MadeEnv {
  /** Version of the package. */
  readonly gymnasium: string
  readonly observation: Port
  readonly action: Port
  readonly renderModes: readonly RenderMode[]
  readonly renderFps: number
  /** What Gymnasium's registry says of it. */
  readonly settings: EnvSettings
}

/** Reads the reply to `make`. @throws Bl1Error `pythonEnv/space` */
export const readDescription = (id: string, { body, arrays }: BridgeReply): MadeEnv => {
  const read = description.parse(body)
  const bounds = new Incoming(id, [], arrays)
  const observation = portOf(id, read.observation, bounds, 'observation')
  const action = portOf(id, read.action, bounds, 'action')
  bounds.requireEnd('the bounds of the spaces')
  const { maxEpisodeSteps, rewardThreshold, nondeterministic } = read
  const settings: EnvSettings = {
    ...(maxEpisodeSteps === null ? {} : { maxEpisodeSteps }),
    ...(rewardThreshold === null ? {} : { rewardThreshold }),
    ...(nondeterministic ? { nondeterministic } : {}),
  }
  return { gymnasium: read.gymnasium, observation, action, renderModes: read.renderModes, renderFps: read.renderFps, settings }
}

const isObject = (x: unknown): x is JsonObject => typeof x === 'object' && x !== null && !Array.isArray(x)

const told = { info: z.custom<JsonObject>(isObject), leftOut: z.array(z.string()), plain: z.array(z.unknown()) }

/** The reply to `reset`. */
export const resetReply = z.object(told)
/** The reply to `step`. */
export const stepReply = z.object({ ...told, reward: z.number(), terminated: z.boolean(), truncated: z.boolean() })
/** The reply to `render`; without text it is a picture. */
export const renderReply = z.object({ text: z.string().optional() })
