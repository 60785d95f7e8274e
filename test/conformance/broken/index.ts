/** One environment for each rule of the checker that breaks it and no other. Importing this registers them as 'Broken-v0'. */
import { z } from 'zod'
import { checkRules, register, specOf, type AnyEnv, type CheckRule } from '../../../src/env/index.js'
import { WalkEnv, type WalkOptions } from '../walkEnv.js'
import type { Breakage } from './brokenEnv.js'
import { objects } from './object.js'
import { persistence } from './persistence.js'
import { rendering } from './rendering.js'
import { results } from './results.js'
import { seeds } from './seeds.js'
import { spaces } from './spaces.js'

declare module '../../../src/env/index.js' {
  interface EnvRegistry {
    'Broken-v0': { env: AnyEnv; options: { rule: CheckRule } & WalkOptions }
  }
}

/** The examples by the rule they break. */
export const breakages: Readonly<Record<CheckRule, Breakage>> = {
  ...objects,
  ...spaces,
  ...results,
  ...seeds,
  ...rendering,
  ...persistence,
}

const build = (rule: CheckRule, options: WalkOptions): AnyEnv => {
  const { breaks, options: usual } = breakages[rule]
  const env = new WalkEnv({ ...usual, ...options }, {}, specOf('Broken-v0', { rule, ...usual, ...options }, {}))
  return breaks?.(env) ?? env
}

/** An environment that breaks `rule`. */
export const brokenEnv = (rule: CheckRule): AnyEnv => {
  const env = build(rule, {})
  return breakages[rule].around?.(env) ?? env
}

// Any word of the table, so that a spec rebuilds it.
const rules = Object.keys(checkRules) as [CheckRule, ...CheckRule[]]
const brokenOptions = z.object({ rule: z.enum(rules), length: z.number().optional(), renderMode: z.enum(['ansi', 'rgb_array']).optional() })

register({
  id: 'Broken-v0',
  load: async () => (options) => {
    const { rule, length, renderMode } = brokenOptions.parse(options)
    return build(rule, { ...(length === undefined ? {} : { length }), ...(renderMode === undefined ? {} : { renderMode }) })
  },
})
