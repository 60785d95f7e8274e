/** Wrappers that lie about what they make of an environment. */
import { wrap, type AnyEnv, type CheckRule, type EnvShape, type Hooks, type Info } from '../../../src/env/index.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import type { WalkEnv } from '../walkEnv.js'

type Walk = EnvShape<Box, Discrete<2>>
type Around = Hooks<Box, Discrete<2>, Info>

const wrapper = { name: 'Liar', options: {} }

/** Declares a space that no observation is in. */
const otherSpace = (_env: Walk): Around => ({ wrapper, observationSpace: new Box({ low: 20, high: 30, shape: [1] }) })

/** Keeps its declaration at resets only. */
const otherSteps = (_env: Walk): Around => {
  let isFirst = true
  return {
    wrapper,
    observationSpace: new Box({ low: 0, high: 1, shape: [1] }),
    onReset: () => {
      isFirst = true
    },
    onObservation: () => {
      const value = isFirst ? 0 : 2
      isFirst = false
      return new Float32Array([value])
    },
  }
}

/** Promises more actions than the environment inside takes. */
const otherActions = (_env: Walk): Hooks<Box, Discrete<2>, Info, Box, Discrete<5>> => ({
  wrapper,
  actionSpace: new Discrete({ n: 5 }),
  onAction: (action) => action,
})

/** Writes the same array again and says otherwise. */
const sameBuffer = (_env: Walk): Around => {
  const buffer = new Float32Array(1)
  return {
    wrapper,
    reusesBuffers: false,
    onObservation: (observation) => {
      buffer.set(observation)
      return buffer
    },
  }
}

/** Keeps a count and does not save it. */
const unsaved = (_env: Walk): Around => {
  let steps = 0
  return {
    wrapper,
    onReset: () => {
      steps = 0
    },
    onStep: (step) => {
      step.reward = ++steps
    },
  }
}

export const liars: Readonly<Record<string, { readonly around: (env: WalkEnv) => AnyEnv; readonly rule: CheckRule }>> = {
  'the space of its observations': { around: (env) => wrap(env, otherSpace), rule: 'env/throws' },
  'the space of its observations after the first': { around: (env) => wrap(env, otherSteps), rule: 'step/in-space' },
  'the space of its actions': { around: (env) => wrap(env, otherActions), rule: 'env/throws' },
  'its buffers': { around: (env) => wrap(env, sameBuffer), rule: 'alias/observation' },
  'its state': { around: (env) => wrap(env, unsaved), rule: 'state/save-load' },
}
