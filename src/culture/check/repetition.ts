/** Rules about sameness: seeds and snapshots, bit for bit. */
import { Culture } from '../culture.js'
import type { CultureCheckSession } from './session.js'

const RUN_MS = 1000
/** Half a run of the snapshot rule; the clock of homeostatic scaling (1 s by default) falls into both halves. */
const HALF_MS = 1250

type Column = ArrayLike<number>

const sameColumn = (a: Column, b: Column): boolean => {
  if (a.length !== b.length) return false
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false
  return true
}

/** Advances and returns the spikes as columns of their own. */
const raster = (culture: Culture, durationMs: number): { readonly steps: Int32Array; readonly neurons: Int32Array } => {
  const { count, steps, neurons } = culture.advance(durationMs)
  return { steps: steps.slice(0, count), neurons: neurons.slice(0, count) }
}

type Raster = ReturnType<typeof raster>
const sameRaster = (a: Raster, b: Raster): boolean => sameColumn(a.steps, b.steps) && sameColumn(a.neurons, b.neurons)

/** Name of the first part of the states that differs. */
const differingState = (a: Culture, b: Culture): string | undefined => {
  for (const [name, value] of Object.entries(a.state)) {
    const other: unknown = Reflect.get(b.state, name)
    if (ArrayBuffer.isView(value) && ArrayBuffer.isView(other)) {
      if (!sameColumn(value as Float32Array | Int32Array, other as Float32Array | Int32Array)) return name
    } else if (JSON.stringify(value) !== JSON.stringify(other)) return name
  }
}

const checkSeeds = (session: CultureCheckSession): void => {
  const { parameters, seed } = session
  const culture = Culture.grow(parameters, seed)
  const spikes = raster(culture, RUN_MS)
  session.part('seed/repeat', () => {
    const again = Culture.grow(parameters, seed)
    if (!sameRaster(spikes, raster(again, RUN_MS))) return `two rasters of seed ${seed} differ`
    const name = differingState(culture, again)
    return name === undefined ? undefined : `after equal rasters of seed ${seed}, ${name} differs`
  })
  session.part('seed/other', () => {
    const otherSeed = seed === 0 ? 1 : seed - 1
    const other = Culture.grow(parameters, otherSeed)
    const areSame = sameRaster(spikes, raster(other, RUN_MS)) && sameColumn(culture.state.v, other.state.v)
    return areSame ? `seeds ${seed} and ${otherSeed} behave the same` : undefined
  })
}

const checkSnapshots = (session: CultureCheckSession): void =>
  session.part('snapshot/exact', () => {
    const grow = (): Culture => {
      const culture = Culture.grow(session.parameters, session.seed)
      culture.setPlasticity({ stdp: session.parameters.stdp.enabled, homeostasis: true })
      return culture
    }
    const [whole, halved] = [grow(), grow()]
    raster(whole, HALF_MS)
    const expected = raster(whole, HALF_MS)
    raster(halved, HALF_MS)
    const restored = Culture.restore(halved.snapshot())
    for (const [name, culture] of Object.entries({ 'the copied culture': halved, 'the restored culture': restored })) {
      if (!sameRaster(expected, raster(culture, HALF_MS))) return `${name} fires otherwise`
      const column = differingState(whole, culture)
      if (column !== undefined) return `${column} of ${name} differs`
    }
  })

/** Seeds first: without them nothing can be said about snapshots. */
export const checkRepetition = (session: CultureCheckSession): void => {
  checkSeeds(session)
  checkSnapshots(session)
}
