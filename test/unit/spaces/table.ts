/** One row a space: what is in it and what is not. Every property test runs over every row. */
import {
  Box,
  Dict,
  Discrete,
  Graph,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Sequence,
  Text,
  Tuple,
  type Space,
} from '../../../src/spaces/index.js'
import { EvenSpace } from './evenSpace.js'

/** A row of the table. */
export interface TestedSpace {
  readonly name: string
  readonly space: Space
  readonly members: readonly unknown[]
  readonly nonMembers: readonly unknown[]
}

/** A list with holes, which `every` would skip. */
const holes = new Array<unknown>(2)

/** In no space of the table. */
export const neverMembers: readonly unknown[] = [
  null,
  undefined,
  true,
  Symbol('x'),
  () => 0,
  10n,
  {},
  new Map(),
  new Date(0),
  new Int32Array(0),
  NaN,
  Infinity,
  -Infinity,
  0.5,
  Number.MIN_VALUE,
  Array.from({ length: 2 }),
  'no member!',
  [undefined],
  holes,
  Object.create(null),
]

const float = (...values: number[]): Float32Array => Float32Array.from(values)
const int = (...values: number[]): Int32Array => Int32Array.from(values)
const byte = (...values: number[]): Uint8Array => Uint8Array.from(values)

const image = new Box({ low: 0, high: 255, shape: [2, 2, 3], dtype: 'uint8' })
const position = new Box({ low: -1, high: 1, shape: [2] })
const edgeOf = (edges: number[], edgeLinks: Int32Array) => ({ nodes: [float(0, 0), float(1, 1)], edges, edgeLinks })

export const table: readonly TestedSpace[] = [
  {
    name: 'Discrete',
    space: new Discrete({ n: 4 }),
    members: [0, 3, -0],
    nonMembers: [-1, 4, 2 ** 32, 1e300, NaN, '0', [0], int(0)],
  },
  { name: 'Discrete from -2', space: new Discrete({ n: 4, start: -2 }), members: [-2, 1], nonMembers: [-3, 2] },
  {
    name: 'Box of float32',
    space: position,
    members: [float(-1, 1), float(-0, 0)],
    nonMembers: [float(-1.01, 0), float(0, NaN), float(0), float(0, 0, 0), [0, 0], new Float64Array(2), float(Infinity, 0)],
  },
  {
    name: 'Box of bytes',
    space: image,
    members: [new Uint8Array(12), new Uint8Array(12).fill(255)],
    nonMembers: [new Uint8Array(11), new Int8Array(12), new Uint8ClampedArray(12), new DataView(new ArrayBuffer(12))],
  },
  {
    name: 'Box with bounds of its own for each element',
    space: new Box({ low: [-Infinity, 0.1, -1], high: [Infinity, Infinity, 1] }),
    members: [float(-1e30, 0.2, 1)],
    nonMembers: [float(0, 0, 0), float(0, 1, 2)],
  },
  {
    name: 'Box of a single float64',
    space: new Box({ low: -1, high: 1, dtype: 'float64' }),
    members: [new Float64Array(1)],
    nonMembers: [0, new Float64Array([1 + Number.EPSILON])],
  },
  {
    name: 'Box of all int32',
    space: new Box({ low: -(2 ** 31), high: 2 ** 31 - 1, shape: [3], dtype: 'int32' }),
    members: [int(-(2 ** 31), 0, 2 ** 31 - 1)],
    nonMembers: [new Uint32Array(3), [2 ** 31, 0, 0]],
  },
  {
    name: 'Box of all uint32',
    space: new Box({ low: 0, high: 2 ** 32 - 1, shape: [3], dtype: 'uint32' }),
    members: [Uint32Array.of(0, 1, 2 ** 32 - 1)],
    nonMembers: [int(0, 0, 0), [2 ** 32, 0, 0]],
  },
  {
    name: 'Box of all float32',
    space: new Box({ low: -3.4028234663852886e38, high: 3.4028234663852886e38, shape: [2] }),
    members: [float(-3.4028234663852886e38, 3.4028234663852886e38)],
    nonMembers: [float(Infinity, 0), float(0, -Infinity), float(NaN, 0)],
  },
  {
    name: 'MultiDiscrete',
    space: new MultiDiscrete({ nvec: [3, 2, 1] }),
    members: [int(0, 0, 0), int(2, 1, 0)],
    nonMembers: [int(3, 0, 0), int(0, -1, 0), int(0, 0), [0, 0, 0], new Int16Array(3)],
  },
  {
    name: 'MultiDiscrete with axes and starts',
    space: new MultiDiscrete({ nvec: [2, 3, 4, 5], shape: [2, 2], start: [0, -1, 10, 2 ** 31 - 5] }),
    members: [int(1, 1, 13, 2 ** 31 - 1), int(0, -1, 10, 2 ** 31 - 5)],
    nonMembers: [int(0, 0, 0, 0)],
  },
  {
    name: 'MultiBinary',
    space: new MultiBinary({ shape: 3 }),
    members: [byte(0, 1, 1)],
    nonMembers: [byte(0, 1, 2), byte(0, 1), [0, 1, 1], new Int8Array(3), int(0, 1, 1)],
  },
  { name: 'MultiBinary with axes', space: new MultiBinary({ shape: [2, 2] }), members: [byte(1, 1, 0, 0)], nonMembers: [byte(1)] },
  {
    name: 'Dict',
    space: new Dict({ position, button: new Discrete({ n: 3 }) }),
    members: [{ position: float(0, 0), button: 2 }, { button: 0, position: float(1, 1) }],
    nonMembers: [
      { position: float(0, 0) },
      { position: float(0, 0), button: 3 },
      { position: float(0, 0), button: 0, extra: 0 },
      { position: float(0, 0), Button: 0 },
      Object.create({ position: float(0, 0), button: 0 }),
      [float(0, 0), 0],
    ],
  },
  {
    name: 'Dict in another order',
    space: new Dict({ button: new Discrete({ n: 3 }), position }),
    members: [{ position: float(0, 0), button: 2 }],
    nonMembers: [[]],
  },
  {
    name: 'Dict three deep',
    space: new Dict({
      outer: new Dict({ inner: new Tuple([new Dict({ leaf: new Discrete({ n: 2 }) }), image]), bits: new MultiBinary({ shape: 2 }) }),
    }),
    members: [{ outer: { inner: [{ leaf: 1 }, new Uint8Array(12)], bits: byte(0, 1) } }],
    nonMembers: [{ outer: { inner: [{ leaf: 2 }, new Uint8Array(12)], bits: byte(0, 1) } }, { outer: { inner: null, bits: byte(0, 1) } }],
  },
  {
    name: 'Tuple',
    space: new Tuple([position, new Discrete({ n: 2 }), new MultiDiscrete({ nvec: [2, 2] })]),
    members: [[float(0, 1), 1, int(0, 1)]],
    nonMembers: [
      [float(0, 1), 1],
      [float(0, 1), 1, int(0, 1), 0],
      [1, float(0, 1), int(0, 1)],
      { 0: float(0, 1), 1: 1, 2: int(0, 1), length: 3 },
    ],
  },
  {
    name: 'Tuple of number types that no integer type holds',
    space: new Tuple([new Box({ low: 0, high: 4e9, dtype: 'uint32' }), new Box({ low: -1, high: 1, dtype: 'int8' }), position]),
    members: [[Uint32Array.of(4e9), new Int8Array([-1]), float(0.1, 0.2)]],
    nonMembers: [],
  },
  {
    name: 'Text',
    space: new Text({ maxLength: 5 }),
    members: ['a', 'Zz09x'],
    nonMembers: ['', 'abcdef', 'a b', 'é', ['a'], 5],
  },
  {
    name: 'Text of other characters, also none',
    space: new Text({ maxLength: 3, minLength: 0, charset: ['a', '😀', ' '] }),
    members: ['', '😀😀😀', 'a '],
    nonMembers: ['😀😀😀😀', '\uD83D', 'b'],
  },
  {
    name: 'Sequence',
    space: new Sequence({ space: position }),
    members: [[], [float(0, 0)], Array.from({ length: 100 }, () => float(1, 1))],
    nonMembers: [[float(0, 2)], [[0, 0]], float(0, 0), [float(0, 0), null]],
  },
  {
    name: 'Sequence of at most 2',
    space: new Sequence({ space: new Text({ maxLength: 2 }), maxLength: 2 }),
    members: [[], ['ab', 'c']],
    nonMembers: [['a', 'b', 'c'], 'ab'],
  },
  {
    name: 'OneOf',
    space: new OneOf([new Discrete({ n: 3, start: 1 }), position, new Text({ maxLength: 4 })]),
    members: [
      { index: 0, value: 3 },
      { index: 1, value: float(0, 0) },
      { index: 2, value: 'ab' },
    ],
    nonMembers: [
      { index: 0, value: 0 },
      { index: 1, value: 1 },
      ...[3, -1, 0.5, '0', NaN, null].map((index) => ({ index, value: 3 })),
      { value: 3 },
      { index: 0, value: 3, more: 0 },
      [0, 3],
    ],
  },
  {
    name: 'OneOf sequences',
    space: new OneOf([new Sequence({ space: new Discrete({ n: 2 }) }), new Discrete({ n: 2 })]),
    members: [{ index: 0, value: [1, 0] }],
    nonMembers: [{ index: 1, value: [1, 0] }],
  },
  {
    name: 'Graph',
    space: new Graph({ nodeSpace: position, edgeSpace: new Discrete({ n: 2 }) }),
    members: [edgeOf([], int()), edgeOf([1], int(0, 1)), edgeOf([0, 1], int(1, 1, 1, 0)), { nodes: [], edges: [], edgeLinks: int() }],
    nonMembers: [
      edgeOf([2], int(0, 1)),
      edgeOf([1], int(0, 2)),
      edgeOf([1], int(-1, 0)),
      edgeOf([1], int(0)),
      edgeOf([1], int(0, 1, 0, 1)),
      { nodes: [float(0, 0)], edgeLinks: int() },
      { nodes: [0], edges: [], edgeLinks: int() },
      { nodes: [], edges: [], edgeLinks: [] },
    ],
  },
  {
    name: 'Graph without edge values, of any nodes',
    space: new Graph({ nodeSpace: new Dict({ rate: new Box({ low: 0, high: Infinity }), kind: new Text({ maxLength: 3 }) }) }),
    members: [{ nodes: [{ rate: float(3), kind: 'exc' }], edgeLinks: int(0, 0) }],
    nonMembers: [{ nodes: [], edges: [], edgeLinks: int() }],
  },
  {
    name: 'Dict with parts of no fixed size',
    space: new Dict({
      spikes: new Sequence({ space: new Tuple([new Discrete({ n: 8 }), position]) }),
      image,
      note: new Text({ maxLength: 8 }),
    }),
    members: [{ spikes: [[7, float(0, 0)]], image: new Uint8Array(12), note: 'x' }],
    nonMembers: [{ spikes: [[8, float(0, 0)]], image: new Uint8Array(12), note: 'x' }],
  },
  { name: 'a kind of its own', space: new EvenSpace(), members: [0, 2, -4], nonMembers: [1, '2'] },
  {
    name: 'Tuple with a kind of its own',
    space: new Tuple([new EvenSpace(), new Discrete({ n: 2 })]),
    members: [[2, 1]],
    nonMembers: [[1, 1]],
  },
]
