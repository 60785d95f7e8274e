/** An agent as one value that can be kept: what it is built from, its weights, mean and SD of its features, the calibration of its read-out. */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import { Rng } from '../../src/rng.js'
import { spaceFromJSON } from '../../src/spaces/index.js'
import { CultureAgent, type SavedCulturePolicy } from './agent.js'
import type { FixedEncoding } from './encoders/fixedEncoder.js'
import { cultureAgentSpecJSON, type CultureAgentSpecJSON } from './spec.js'

const FORMAT = 'bl1-culture-agent'
const VERSION = 1

/** A saved agent: plain JSON and typed arrays. */
export interface SavedAgent {
  readonly format: typeof FORMAT
  readonly version: typeof VERSION
  readonly spec: CultureAgentSpecJSON
  readonly policy: SavedCulturePolicy
}

const header = z.looseObject({ format: z.literal(FORMAT), version: z.int() })
const savedAgent = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  spec: cultureAgentSpecJSON,
  policy: z.unknown(),
})

/** Everything from which `loadAgent` builds the agent again. The function of a fixed encoder cannot be kept. */
export const saveAgent = (agent: CultureAgent): SavedAgent => ({ format: FORMAT, version: VERSION, spec: agent.spec, policy: agent.save() })

/**
 * The agent that was saved, bit for bit.
 * @param fixed the function of an encoder of the kind 'fixed'
 * @throws Bl1Error `agents/version` for anything else and for a later format, `agents/saved`, `agents/weights`, `agents/architecture` where
 * spec and weights do not fit, and those of `new CultureAgent`
 */
export const loadAgent = (saved: unknown, { fixed }: { readonly fixed?: FixedEncoding } = {}): CultureAgent => {
  const expected = `the format '${FORMAT}' in version ${VERSION}`
  const head = header.safeParse(saved)
  if (!head.success) throw new Bl1Error('agents/version', { expected, received: 'something else' })
  if (head.data.version !== VERSION) throw new Bl1Error('agents/version', { expected, received: `version ${head.data.version}` })
  const read = savedAgent.safeParse(saved)
  if (!read.success) {
    const [issue] = read.error.issues
    const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`
    throw new Bl1Error('agents/saved', { what: 'culture agent', reason })
  }
  const { observationWidth, image, actionSpace, parameters, mea } = read.data.spec
  const agent = new CultureAgent(
    {
      observationWidth,
      actionSpace: spaceFromJSON(actionSpace),
      parameters,
      mea,
      ...(image !== null && { image }),
      ...(fixed !== undefined && { fixed }),
    },
    // every weight is replaced
    Rng.fromSeed(0),
  )
  try {
    agent.load(read.data.policy)
  } catch (error) {
    agent.dispose()
    throw error
  }
  return agent
}
