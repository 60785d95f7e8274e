/** What must and must not compile of the spaces. Checked by `tsc`; nothing here runs. */
import { Rng } from '../../src/rng.js'
import {
  Box,
  concatenate,
  createEmptyArray,
  Dict,
  Discrete,
  flatten,
  Graph,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Sequence,
  Space,
  Text,
  Tuple,
  unflatten,
  writeSlot,
  type batchSpace,
  type BatchOf,
  type Batched,
  type FlatOf,
  type HowOf,
  type Member,
  type readSlot,
  type SpaceJSON,
} from '../../src/spaces/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined
const rng = Rng.fromSeed(0)

class Colour extends Space<'red' | 'green'> {
  readonly kind = 'Colour'
  contains(x: unknown): x is 'red' | 'green' {
    return x === 'red' || x === 'green'
  }
  sample(stream: Rng): 'red' | 'green' {
    return stream.uniform() < 0.5 ? 'red' : 'green'
  }
  toJSON(): SpaceJSON {
    return { kind: this.kind }
  }
}

// Members.
type D = Dict<{ a: Box; b: Discrete<3> }>
holds<Same<Member<Box<'float64'>>, Float64Array>>()
holds<Same<Member<Discrete<3>>, number>>()
holds<Same<Member<MultiDiscrete>, Int32Array>>()
holds<Same<Member<MultiBinary>, Uint8Array>>()
holds<Same<Member<D>, { readonly a: Float32Array; readonly b: number }>>()
holds<Same<Member<Tuple<readonly [Box, Text]>>, readonly [Float32Array, string]>>()
holds<Same<Member<Text>, string>>()
holds<Same<Member<Sequence<Discrete>>, readonly number[]>>()
type Either = OneOf<readonly [Discrete, Box]>
holds<Same<Member<Either>, { readonly index: 0; readonly value: number } | { readonly index: 1; readonly value: Float32Array }>>()
holds<Same<Member<Graph<Box, Discrete>>['edges'], readonly number[]>>()
holds<Same<Member<Graph<Box>>['nodes'], readonly Float32Array[]>>()
holds<Same<Member<Graph<Box>>['edgeLinks'], Int32Array>>()
holds<Same<Member<Colour>, 'red' | 'green'>>()
holds<Same<Member<Space>, unknown>>()

// Types come from what a space is built of, through every level.
const deep = new Dict({
  seen: new Tuple([new Box({ low: 0, high: 1 }), new Dict({ note: new Text({ maxLength: 3 }) })]),
  colour: new Colour(),
})
holds<Same<Member<typeof deep>['seen'], readonly [Float32Array, { readonly note: string }]>>()
holds<Same<Member<typeof deep>['colour'], 'red' | 'green'>>()
const either = new OneOf([new Discrete({ n: 2 }), new Sequence({ space: new Colour() })])
const drawn = either.sample(rng)
if (drawn.index === 0) holds<Same<typeof drawn.value, number>>()
else holds<Same<typeof drawn.value, readonly ('red' | 'green')[]>>()

// Batches.
holds<Same<BatchOf<Box<'uint8'>>, Box<'uint8'>>>()
holds<Same<BatchOf<Discrete<3>>, MultiDiscrete>>()
holds<Same<BatchOf<MultiDiscrete>, Box<'int32'>>>()
holds<Same<BatchOf<MultiBinary>, Box<'uint8'>>>()
holds<Same<Batched<D>, { readonly a: Float32Array; readonly b: Int32Array }>>()
holds<Same<Batched<Tuple<readonly [Box, MultiBinary]>>, readonly [Float32Array, Uint8Array]>>()
holds<Same<BatchOf<Text>, Tuple<readonly Text[]>>>()
holds<Same<Batched<Sequence<Discrete>>, readonly (readonly number[])[]>>()
holds<Same<Batched<Colour>, readonly ('red' | 'green')[]>>()
type Nested = Batched<Dict<{ c: Colour; d: Dict<{ e: Box<'int8'> }> }>>
holds<Same<Nested['c'], readonly ('red' | 'green')[]>>()
holds<Same<Nested['d'], { readonly e: Int8Array }>>()
holds<Same<BatchOf<Space>, Space>>()
holds<Same<ReturnType<typeof batchSpace<D>>, Dict<{ readonly a: Box; readonly b: MultiDiscrete }>>>()

// Flat arrays.
holds<Same<FlatOf<Box>, Float32Array>>()
holds<Same<FlatOf<Discrete>, Uint8Array>>()
holds<Same<FlatOf<Text>, Int32Array>>()

// Draws.
holds<Same<HowOf<Box>, never>>()
holds<Same<HowOf<Space>, unknown>>()
deep.sample(rng, { seen: [undefined, { note: { length: 2, mask: [1, 0] } }] })
either.sample(rng, [{ probability: [0.5, 0.5] }, { length: [1, 2] }])
new Graph({ nodeSpace: either }).sample(rng, { nodeCount: 2, node: [{ mask: [1, 0] }, undefined] })

// Every kind is a space.
export const all: readonly Space[] = [
  new Box({ low: 0, high: 1 }),
  new Discrete({ n: 2 }),
  new MultiDiscrete({ nvec: [2] }),
  new MultiBinary({ shape: 2 }),
  deep,
  either,
  new Graph({ nodeSpace: deep, edgeSpace: either }),
  new Colour(),
]

export const wrong = (): void => {
  const box = new Box({ low: 0, high: 1, shape: [2] })
  const batch = createEmptyArray(deep, 2)
  holds<Same<typeof batch.seen, readonly [Float32Array, { readonly note: readonly string[] }]>>()
  holds<Same<ReturnType<typeof readSlot<typeof box>>, Float32Array>>()
  writeSlot(box, createEmptyArray(box, 2), 0, new Float32Array(2))
  concatenate(box, [new Float32Array(2)], new Float32Array(2))
  const flat: Float32Array = flatten(box, new Float32Array(2))
  unflatten(box, flat)

  // @ts-expect-error: a value of another class
  writeSlot(box, createEmptyArray(box, 2), 0, new Float64Array(2))
  // @ts-expect-error: a batch of another class
  writeSlot(box, new Uint8Array(4), 0, new Float32Array(2))
  // @ts-expect-error: a value of another space
  flatten(deep, { seen: [new Float32Array(1), { note: 'a' }], colour: 'blue' })
  // @ts-expect-error: a part is missing
  flatten(deep, { colour: 'red' })
  // @ts-expect-error: an index that is not there
  flatten(either, { index: 2, value: 0 })
  // @ts-expect-error: the value of another index
  flatten(either, { index: 0, value: [] })
  // @ts-expect-error: a Box takes no mask
  box.sample(rng, { mask: [1] })
  // @ts-expect-error: a mask or probabilities, not both
  new Discrete({ n: 2 }).sample(rng, { mask: [1, 1], probability: [1, 0] })
  // @ts-expect-error: the same of many switches
  new MultiBinary({ shape: 2 }).sample(rng, { mask: [1, 1], probability: [1, 0] })
  // @ts-expect-error: a mask under an unknown name
  deep.sample(rng, { color: undefined })
  // @ts-expect-error: one mask an element
  new MultiDiscrete({ nvec: [2, 2] }).sample(rng, { mask: [1, 1] })
  // @ts-expect-error: too few positions
  either.sample(rng, [undefined])
  // @ts-expect-error: a word is no length
  new Sequence({ space: box }).sample(rng, { length: 'two' })
  // @ts-expect-error: edges have no values here
  new Graph({ nodeSpace: box }).sample(rng, { edge: { mask: [1] } })
  // @ts-expect-error: a Dict is made of spaces
  new Dict({ a: 3 })
  // @ts-expect-error: a Text needs its length
  new Text({ charset: 'ab' })
  // @ts-expect-error: a Sequence needs its space
  new Sequence({ maxLength: 3 })
  // @ts-expect-error: a MultiBinary has a shape, not n
  new MultiBinary({ n: 3 })
}
