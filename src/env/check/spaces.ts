/** Rules about spaces: space/*. */
import { Rng } from '../../rng.js'
import { Box, Discrete, Space, type DType } from '../../spaces/index.js'
import { describe } from '../describe.js'
import { field, type CheckSession } from './session.js'

const SAMPLES = 1000

const checkBox = (session: CheckSession, box: Box<DType>, path: string): void => {
  const size = box.shape.reduce((product, length) => product * length, 1)
  const fits = box.low.length === size && box.high.length === size
  const counts = `shape [${box.shape.join(', ')}] but ${box.low.length} lower and ${box.high.length} upper bounds`
  session.require(fits, 'space/box-shape', path, () => counts)
  const low = Array.from(box.low)
  const high = Array.from(box.high)
  const empty = low.findIndex((bound, i) => !(bound < high[i]))
  session.require(empty < 0, 'space/box-empty', path, () => `element ${empty} goes from ${low[empty]} to ${high[empty]}`)
  const unbounded = low.findIndex((bound, i) => !Number.isFinite(bound) || !Number.isFinite(high[i]))
  session.require(unbounded < 0, 'space/unbounded', path, () => `element ${unbounded} goes from ${low[unbounded]} to ${high[unbounded]}`)
}

const checkActionScale = (session: CheckSession, space: Space): void => {
  if (!(space instanceof Box) || space.shape.length !== 1) return
  const [low, high] = [Array.from<number>(space.low), Array.from<number>(space.high)]
  const scaled = high.every((bound) => bound === 1) && (low.every((bound) => bound === -1) || low.every((bound) => bound === 0))
  session.require(scaled, 'space/action-scale', 'actionSpace', () => describe(space.toJSON()))
}

const checkSamples = (session: CheckSession, space: Space, path: string): void => {
  const rng = Rng.fromSeed(0).split(path)
  for (let i = 0; i < SAMPLES; i++) {
    const sample = space.sample(rng)
    if (!session.require(space.contains(sample), 'space/sample-contains', path, () => `sample ${i} is ${describe(sample)}`)) return
  }
}

/** Checks both spaces; false where there is none, so that nothing else can be checked. */
export const checkSpaces = async (session: CheckSession): Promise<boolean> => {
  const env = await session.fresh()
  let complete = true
  for (const path of ['observationSpace', 'actionSpace'] as const) {
    const space: unknown = field(env, path)
    if (!(space instanceof Space)) {
      session.report('space/missing', path, `it is ${describe(space)}`)
      complete = false
      continue
    }
    if (space instanceof Box) checkBox(session, space, path)
    if (space instanceof Discrete) session.require(space.n > 0, 'space/empty', path, () => `n is ${space.n}`)
    checkSamples(session, space, path)
    if (path === 'actionSpace') checkActionScale(session, space)
  }
  return complete
}
