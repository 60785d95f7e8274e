/**
 * Trajectories equal those of the gymnasium package, recorded by python/golden/classic_control.py (which says how to run it).
 *
 * Tolerance. Both sides compute in double precision by the same equations, but sine and cosine come from two libraries whose results
 * differ in the last bit now and then; unstable physics multiplies such a difference. Over these episodes the states drift apart by
 * 1.6e-12 at most (Acrobot swung up; all others 8e-15), so 1e-9 leaves room for other versions of both libraries and is far below a
 * float32's rounding. Observations, where that drift may tip a rounding: one unit in the last place more. (Measured: none differs.)
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { classicControlIds } from '../../../envs/classic-control/index.js'
import { Box } from '../../../src/spaces/index.js'
import { build, type ClassicEnv } from './anyEnv.js'

const DRIFT = 1e-9

const row = z.tuple([z.number(), z.array(z.number()), z.array(z.number()), z.number(), z.literal([0, 1])])
const recording = z.object({
  id: z.string(),
  gymnasium: z.string(),
  episodes: z.array(
    z.object({
      name: z.string(),
      options: z.record(z.string(), z.json()),
      start: z.array(z.number()),
      first: z.array(z.number()).nullable(),
      steps: z.array(row),
    }),
  ),
})
type Episode = z.output<typeof recording>['episodes'][number]

const read = (id: string): Episode[] => {
  const file = new URL(`../../fixtures/classic-control/${id}.json`, import.meta.url)
  return recording.parse(JSON.parse(readFileSync(file, 'utf8'))).episodes
}

/** One unit in the last place of a float32 as large as `x`. */
const ulp32 = (x: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126))) - 23)

const expectObservation = (actual: Float32Array, expected: readonly number[], moment: string): void => {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, k) => {
    const error = Math.abs(actual[k] - Math.fround(value))
    expect(error, `observation ${k} ${moment}`).toBeLessThanOrEqual(ulp32(value) + DRIFT)
  })
}

const playEpisode = (env: ClassicEnv, episode: Episode): void => {
  const { observation } = env.reset({ options: { state: episode.start } })
  if (episode.first !== null) expectObservation(observation, episode.first, 'of the reset')
  episode.steps.forEach(([action, state, seen, reward, terminated], i) => {
    const moment = `after step ${i + 1}`
    const step = env.step(env.actionSpace instanceof Box ? Float32Array.of(action) : action)
    expectObservation(step.observation, seen, moment)
    // A state that Gymnasium keeps in float32 is written with a float32's digits.
    const present = env.save().state
    state.forEach((value, k) => {
      const exact = env.spec.id === 'MountainCarContinuous-v0' ? Math.fround(value) : value
      expect(Math.abs(present[k] - exact), `state ${k} ${moment}`).toBeLessThanOrEqual(DRIFT)
    })
    // Only the pendulum's reward is computed from the state.
    if (env.spec.id === 'Pendulum-v1') expect(Math.abs(step.reward - reward), `reward ${moment}`).toBeLessThanOrEqual(DRIFT)
    else expect(step.reward, `reward ${moment}`).toBe(reward)
    expect(step.terminated, `terminated ${moment}`).toBe(terminated === 1)
  })
}

describe.each(classicControlIds)('%s', (id) => {
  it.each(read(id))('follows Gymnasium: $name', (episode) => {
    expect(episode.steps.length).toBeGreaterThan(2)
    playEpisode(build(id, episode.options), episode)
  })
})
