/** Reads the bodies of the host's replies. */
import { z } from 'zod'
import type { JsonObject } from '../../src/json.js'

const notifications = z.string().optional()
const reset = z.looseObject({ notifications })
const step = z.looseObject({
  reward: z.number(),
  finished: z.boolean(),
  dead: z.boolean(),
  timeout: z.boolean(),
  stale: z.boolean(),
  episodeTic: z.number(),
  notifications,
})

/** The reply to `reset`. */
export const readReset = (body: JsonObject): z.output<typeof reset> => reset.parse(body)
/** The reply to `step`. */
export const readStep = (body: JsonObject): z.output<typeof step> => step.parse(body)
