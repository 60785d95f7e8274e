/**
 * The spaces of the Python side as ours, each with the way its values go over and come back.
 * The other end is python/bl1_bridge/gymnasium_spaces.py, which also says what becomes of element types that there are none of here.
 */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import { Box, Dict, Discrete, MultiBinary, MultiDiscrete, OneOf, Sequence, Text, Tuple } from '../../src/spaces/index.js'
import type { Member, Space } from '../../src/spaces/index.js'
import { dtypeNames, type DType } from '../../src/spaces/dtypes.js'
import type { Incoming, Outgoing } from './values.js'

/** One space, and how its values travel. */
export interface Port<S extends Space = Space> {
  readonly space: S
  /** Appends a member. */
  write(value: Member<S>, out: Outgoing): void
  /** The next value, of the form of a member; its bounds are the environment's part. @throws Bl1Error `pythonEnv/value` */
  read(from: Incoming): Member<S>
}

/** What the Python side says of a space; the bounds of Box and MultiDiscrete come in arrays. */
export type SpaceDescription =
  | { readonly kind: 'Box'; readonly dtype: DType; readonly shape: readonly number[] }
  | { readonly kind: 'Discrete'; readonly n: number; readonly start: number }
  | { readonly kind: 'MultiDiscrete' | 'MultiBinary'; readonly shape: readonly number[] }
  | { readonly kind: 'Text'; readonly minLength: number; readonly maxLength: number; readonly charset: readonly string[] }
  | { readonly kind: 'Dict'; readonly entries: readonly (readonly [string, SpaceDescription])[] }
  | { readonly kind: 'Tuple' | 'OneOf'; readonly spaces: readonly SpaceDescription[] }
  | { readonly kind: 'Sequence'; readonly space: SpaceDescription }

const shape = z.array(z.int().min(0))

/** Reads a {@link SpaceDescription}. */
export const spaceDescription: z.ZodType<SpaceDescription> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('Box'), dtype: z.enum(dtypeNames), shape }),
    z.strictObject({ kind: z.literal('Discrete'), n: z.number(), start: z.number() }),
    z.strictObject({ kind: z.literal(['MultiDiscrete', 'MultiBinary']), shape }),
    z.strictObject({ kind: z.literal('Text'), minLength: z.number(), maxLength: z.number(), charset: z.array(z.string()) }),
    z.strictObject({ kind: z.literal('Dict'), entries: z.array(z.tuple([z.string(), spaceDescription])) }),
    z.strictObject({ kind: z.literal(['Tuple', 'OneOf']), spaces: z.array(spaceDescription) }),
    z.strictObject({ kind: z.literal('Sequence'), space: spaceDescription }),
  ]),
)

const sizeOf = (lengths: readonly number[]): number => lengths.reduce((size, length) => size * length, 1)

const boxPort = (dtype: DType, lengths: readonly number[], bounds: Incoming, path: string): Port => {
  const size = sizeOf(lengths)
  const [low, high] = [bounds.take(dtype, size, path), bounds.take(dtype, size, path)]
  const port: Port<Box<DType>> = {
    space: new Box<DType>({ dtype, shape: lengths, low, high }),
    write: (value, out) => out.add(dtype, value),
    read: (from) => from.take(dtype, size, path),
  }
  return port
}

const multiDiscretePort = (lengths: readonly number[], bounds: Incoming, path: string): Port => {
  const size = sizeOf(lengths)
  const [nvec, start] = [bounds.take('int32', size, path), bounds.take('int32', size, path)]
  const port: Port<MultiDiscrete> = {
    space: new MultiDiscrete({ nvec, start, shape: lengths }),
    write: (value, out) => out.add('int32', value),
    read: (from) => from.take('int32', size, path),
  }
  return port
}

const multiBinaryPort = (lengths: readonly number[], path: string): Port => {
  const port: Port<MultiBinary> = {
    space: new MultiBinary({ shape: lengths }),
    write: (value, out) => out.add('uint8', value),
    read: (from) => from.take('uint8', sizeOf(lengths), path),
  }
  return port
}

const discretePort = (n: number, start: number, path: string): Port => {
  const port: Port<Discrete> = {
    space: new Discrete<number>({ n, start }),
    write: (value, out) => void out.plain.push(value),
    read: (from) => from.number(path),
  }
  return port
}

const textPort = (space: Text, path: string): Port => {
  const port: Port<Text> = { space, write: (value, out) => void out.plain.push(value), read: (from) => from.text(path) }
  return port
}

const dictPort = (parts: readonly (readonly [string, Port])[]): Port => {
  const port: Port<Dict> = {
    space: new Dict(Object.fromEntries(parts.map(([key, part]) => [key, part.space]))),
    write: (value, out) => {
      for (const [key, part] of parts) part.write(value[key], out)
    },
    read: (from) => Object.fromEntries(parts.map(([key, part]) => [key, part.read(from)])),
  }
  return port
}

const tuplePort = (parts: readonly Port[]): Port => {
  const port: Port<Tuple> = {
    space: new Tuple(parts.map(({ space }) => space)),
    write: (value, out) => {
      for (const [i, part] of parts.entries()) part.write(value[i], out)
    },
    read: (from) => parts.map((part) => part.read(from)),
  }
  return port
}

const oneOfPort = (parts: readonly Port[], path: string): Port => {
  const port: Port<OneOf> = {
    space: new OneOf(parts.map(({ space }) => space)),
    write: ({ index, value }, out) => {
      out.plain.push(index)
      parts[index].write(value, out)
    },
    read: (from) => {
      const index = from.number(path)
      return { index, value: parts[index].read(from) }
    },
  }
  return port
}

const sequencePort = (item: Port, path: string): Port => {
  const port: Port<Sequence> = {
    space: new Sequence({ space: item.space }),
    write: (value, out) => {
      out.plain.push(value.length)
      for (const each of value) item.write(each, out)
    },
    read: (from) => Array.from({ length: from.number(path) }, () => item.read(from)),
  }
  return port
}

const build = (id: string, description: SpaceDescription, bounds: Incoming, path: string): Port => {
  const inside = (part: SpaceDescription, name: string): Port => portOf(id, part, bounds, `${path}${name}`)
  switch (description.kind) {
    case 'Box':
      return boxPort(description.dtype, description.shape, bounds, path)
    case 'Discrete':
      return discretePort(description.n, description.start, path)
    case 'MultiDiscrete':
      return multiDiscretePort(description.shape, bounds, path)
    case 'MultiBinary':
      return multiBinaryPort(description.shape, path)
    case 'Text':
      return textPort(new Text(description), path)
    case 'Dict':
      return dictPort(description.entries.map(([key, part]) => [key, inside(part, `.${key}`)]))
    case 'Tuple':
      return tuplePort(description.spaces.map((part, i) => inside(part, `[${i}]`)))
    case 'OneOf':
      return oneOfPort(description.spaces.map((part, i) => inside(part, `|${i}`)), path)
    case 'Sequence':
      return sequencePort(inside(description.space, '[]'), path)
  }
}

const isSpaceError = (error: unknown): error is Bl1Error => error instanceof Bl1Error && error.code.startsWith('space/')

/**
 * The port of a space.
 * @param id of the environment, for errors
 * @param bounds the bounds of the space and of all inside it, in order
 * @param path 'observation' or 'action', and the way to a space inside
 * @throws Bl1Error `pythonEnv/space` for a space that there is none of here (an axis of length 0, an empty Dict), `pythonEnv/value`
 */
export const portOf = (id: string, description: SpaceDescription, bounds: Incoming, path: string): Port => {
  try {
    return build(id, description, bounds, path)
  } catch (error) {
    if (!isSpaceError(error)) throw error
    throw new Bl1Error('pythonEnv/space', { id, path, kind: description.kind, reason: error.message }, { cause: error })
  }
}
