/**
 * What is observed: a Dict of what was asked for.
 *
 * When an episode has ended the engine has no picture any more. Nothing is invented then: the last one is repeated, from a copy of its
 * own (what was handed out may have been written into), and the step says `info.staleObservation`. Variables can be read to the end.
 */
import type { BridgeArray } from '../../src/bridge/index.js'
import { Bl1Error } from '../../src/errors.js'
import { Box, Dict, type Member } from '../../src/spaces/index.js'
import type { DoomDescription } from './description.js'

/** Game variables are 32-bit whole numbers, or 16.16 fixed-point numbers. */
const MAX_VARIABLE = 2 ** 31

const image = (shape: readonly number[]): Box<'uint8'> => new Box({ low: 0, high: 255, shape, dtype: 'uint8' })

/** What can be observed; there is what was asked for. */
export type DoomSpaces = {
  readonly screen?: Box<'uint8'>
  readonly depth?: Box<'uint8'>
  readonly labels?: Box<'uint8'>
  readonly automap?: Box<'uint8'>
  readonly audio?: Box<'int16'>
  readonly variables?: Box
  readonly features?: Box
}

/** The observation space of Doom. */
export type DoomObservationSpace = Dict<DoomSpaces>

/** The observation space of a game. @throws Bl1Error `doom/option` where nothing is observed */
export const observationSpaceOf = ({ buffers, variables, features }: DoomDescription): DoomObservationSpace => {
  const spaces: { -readonly [K in keyof DoomSpaces]: DoomSpaces[K] } = {}
  for (const name of ['screen', 'depth', 'labels', 'automap'] as const) {
    const shape = buffers[name]
    if (shape !== undefined) spaces[name] = image(shape)
  }
  if (buffers.audio !== undefined) spaces.audio = new Box({ low: -32_768, high: 32_767, shape: buffers.audio, dtype: 'int16' })
  if (variables.length > 0) spaces.variables = new Box({ low: -MAX_VARIABLE, high: MAX_VARIABLE, shape: [variables.length] })
  if (features.length > 0) spaces.features = new Box({ low: -1, high: 1, shape: [features.length] })
  if (Object.keys(spaces).length === 0) {
    throw new Bl1Error('doom/option', { option: 'screen', asked: 'null', reason: 'nothing is left to observe; ask for screen, features or variables' })
  }
  return new Dict(spaces)
}

type Data = BridgeArray['data']

/** Makes observations of replies. */
export class Observer {
  readonly #names: readonly string[]
  /** The last picture of each kind, kept for the end of the episode. */
  readonly #last = new Map<string, Data>()

  constructor(space: DoomObservationSpace) {
    this.#names = Object.keys(space.spaces)
  }

  /** The observation in a reply; arrays that are not in it are those of the last one. */
  observe(arrays: Readonly<Record<string, BridgeArray>>): Member<DoomObservationSpace> {
    return Object.fromEntries(this.#names.map((name) => [name, name === 'variables' ? Float32Array.from(arrays[name].data) : this.#kept(name, arrays[name])]))
  }

  #kept(name: string, array: BridgeArray | undefined): Data | undefined {
    const last = this.#last.get(name)
    if (array === undefined) return last?.slice()
    if (last?.length === array.data.length) last.set(array.data)
    else this.#last.set(name, array.data.slice())
    return array.data
  }
}
