/** Rules about spaces: space/*. */
import { Rng } from '../../rng.js'
import { ArraySpace } from '../../spaces/arraySpace.js'
import type { DType } from '../../spaces/dtypes.js'
import { field } from '../../spaces/field.js'
import { Box, Discrete, Space, spaceFromJSON } from '../../spaces/index.js'
import { describe } from '../../describe.js'
import type { AnyEnv } from '../types.js'
import { same } from './difference.js'
import type { EnvSession } from './session.js'
import { spacesIn, type PlacedSpace } from './spaceTree.js'

/** The properties of an environment that are spaces. */
export const SPACES = ['observationSpace', 'actionSpace'] as const

const MOST_SAMPLES = 1000
const FEWEST_SAMPLES = 20
/** Numbers drawn for the samples of one space: large images are sampled less often. */
const SAMPLED_NUMBERS = 2e6

const CHANNELS = [1, 3, 4]
/** Shorter sides are tables, not images. */
const SHORTEST_SIDE = 16

const firstIndex = (length: number, holds: (i: number) => boolean): number => {
  for (let i = 0; i < length; i++) if (holds(i)) return i
  return -1
}

/** Whether a shape is that of an image: height, width and colours, or colours first. */
const isImageShape = (shape: readonly number[]): boolean => {
  const [a = 0, b = 0, c = 0] = shape
  const isLarge = (...sides: number[]): boolean => sides.every((side) => side >= SHORTEST_SIDE)
  return shape.length === 3 && ((CHANNELS.includes(c) && isLarge(a, b)) || (CHANNELS.includes(a) && isLarge(b, c)))
}

const checkBox = (session: EnvSession, { low, high, shape, dtype }: ArraySpace<DType>, path: string): void => {
  const range = (i: number): string => `element ${i} goes from ${low[i]} to ${high[i]}`
  const fixed = firstIndex(low.length, (i) => low[i] === high[i])
  session.require(fixed < 0, 'space/box-empty', path, () => range(fixed))
  const unbounded = firstIndex(low.length, (i) => !Number.isFinite(low[i]) || !Number.isFinite(high[i]))
  session.require(unbounded < 0, 'space/unbounded', path, () => range(unbounded))
  if (!isImageShape(shape)) return
  const isImage = dtype === 'uint8' && low.every((bound) => bound === 0) && high.every((bound) => bound === 255)
  session.require(isImage, 'space/image', path, () => `shape [${shape.join(', ')}] of ${dtype}, ${range(0)}`)
}

const checkArrays = (session: EnvSession, space: ArraySpace<DType>, path: string): void => {
  const { low, high, shape } = space
  const size = shape.reduce((product, length) => product * length, 1)
  const fits = low.length === size && high.length === size
  const counts = `shape [${shape.join(', ')}] but ${low.length} lower and ${high.length} upper bounds`
  session.require(fits, 'space/box-shape', path, () => counts)
  const empty = firstIndex(low.length, (i) => !(low[i] <= high[i]))
  const isEmpty = size === 0 || empty >= 0
  const why = size === 0 ? `its shape is [${shape.join(', ')}]` : `element ${empty} goes from ${low[empty]} to ${high[empty]}`
  session.require(!isEmpty, 'space/empty', path, () => why)
  if (space instanceof Box) checkBox(session, space, path)
}

/** Whether a space that is a choice of `n` things, or holds `spaces`, has any. */
const checkCount = (session: EnvSession, space: Space, path: string): void => {
  const n = field(space, 'n')
  if (n !== undefined) session.require(Number(n) > 0, 'space/empty', path, () => `n is ${describe(n)}`)
  const spaces = field(space, 'spaces')
  if (spaces !== undefined) session.require(Object.keys(Object(spaces)).length > 0, 'space/empty', path, () => 'it holds no space')
}

const checkAction = (session: EnvSession, { space, path }: PlacedSpace): void => {
  if (space instanceof Discrete) session.require(space.start === 0, 'space/action-start', path, () => `the first choice is ${space.start}`)
  if (!(space instanceof Box)) return
  session.require(space.dtype === 'float32', 'space/action-dtype', path, () => `it is ${space.dtype}`)
  if (space.shape.length !== 1) return
  const [low, high] = [Array.from<number>(space.low), Array.from<number>(space.high)]
  const scaled = high.every((bound) => bound === 1) && (low.every((bound) => bound === -1) || low.every((bound) => bound === 0))
  session.require(scaled, 'space/action-scale', path, () => describe(space.toJSON()))
}

const checkSamples = (session: EnvSession, space: Space, path: string): void => {
  const [rng, again] = [Rng.fromSeed(0).split(path), Rng.fromSeed(0).split(path)]
  const affordable = space.flat === undefined ? MOST_SAMPLES : Math.floor(SAMPLED_NUMBERS / space.flat.length)
  const samples = Math.max(FEWEST_SAMPLES, Math.min(MOST_SAMPLES, affordable))
  for (let i = 0; i < samples; i++) {
    const sample = space.sample(rng)
    if (!session.require(space.contains(sample), 'space/sample-contains', path, () => `sample ${i} is ${describe(sample)}`)) return
    if (!session.require(same(sample, space.sample(again)), 'space/sample-repeat', path, () => `sample ${i} differs`)) return
  }
}

const checkJSON = (session: EnvSession, space: Space, path: string): void => {
  try {
    const rebuilt = spaceFromJSON(JSON.parse(JSON.stringify(space)))
    session.require(rebuilt.equals(space), 'space/json', path, () => `it becomes ${describe(rebuilt)}`)
  } catch (thrown) {
    session.report('space/json', path, String(thrown))
  }
}

const checkSpace = (session: EnvSession, root: Space, path: (typeof SPACES)[number]): void => {
  for (const placed of spacesIn({ path, space: root })) {
    if (placed.space instanceof ArraySpace) checkArrays(session, placed.space, placed.path)
    checkCount(session, placed.space, placed.path)
    if (path === 'actionSpace') checkAction(session, placed)
  }
  session.require(root.isFixedSize, 'space/variable-size', path, () => `values of this ${root.kind} differ in size`)
  checkSamples(session, root, path)
  checkJSON(session, root, path)
}

/** Checks both spaces; false where there is none, so that nothing else can be checked. */
export const checkSpaces = async (session: EnvSession): Promise<boolean> => {
  const env = await session.fresh()
  let complete = true
  for (const path of SPACES) {
    const space: unknown = field(env, path)
    if (session.require(space instanceof Space, 'space/missing', path, () => `it is ${describe(space)}`) && space instanceof Space) {
      await session.part(path, async () => checkSpace(session, space, path))
    } else {
      complete = false
    }
  }
  return complete
}

/** The spaces as text, to see whether they change. */
export const spacesText = (env: AnyEnv): readonly string[] => SPACES.map((path) => JSON.stringify(env[path]))

/** Reports spaces that are not what they were. */
export const checkConstant = (session: EnvSession, env: AnyEnv, before: readonly string[]): void => {
  const now = spacesText(env)
  SPACES.forEach((path, i) => {
    session.require(now[i] === before[i], 'space/constant', path, () => `it was ${before[i].slice(0, 80)} and is ${now[i].slice(0, 80)}`)
  })
}
