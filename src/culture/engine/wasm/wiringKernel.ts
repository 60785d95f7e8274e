/** The kernel that grows wiring, and its own memory. What its numbers and functions mean stands in assembly/wiring/. */
import { Bl1Error } from '../../../errors.js'
import { LARGEST_BYTES } from './arena.js'
import { wiringKernel } from './kernels.js'
import { compileKernel, instantiate } from './load.js'
import { wasm, type WasmGlobal } from './webAssembly.js'

const PAGE_BYTES = 65_536

/** Numbers of the culture: assembly/wiring/plan.ts. */
type PlanNumber = 'neurons' | 'excitatory' | 'binSide' | 'binUm' | 'reach' | 'peakProbability' | 'decay' | 'stepsPerUm' | 'weightSd'
/** Regions of the memory: assembly/wiring/plan.ts. */
export type PlanRegion =
  | 'coordinates' | 'cellAt' | 'placeOf' | 'binStart' | 'binHazards' | 'binFallOffs' | 'targetKey' | 'weightKey' | 'rowStart' | 'post'
  | 'excitatoryDegrees' | 'inhibitoryDegrees' | 'excitatoryScale' | 'inhibitoryScale' | 'weight' | 'delaySteps' | 'scratchA' | 'scratchB'
  | 'counters' | 'points' | 'parcels' | 'blockEnds' | 'nextEntry' | 'incomingRow' | 'incomingOrigin'

interface WiringFunctions {
  readonly heapBase: () => number
  readonly sumOfFallOffs: (cell: number) => number
  readonly drawRows: (first: number, last: number, limit: number) => number
  readonly weighRows: (first: number, last: number) => void
  readonly listIncoming: (first: number, last: number) => void
}

/**
 * One growth. Regions lie one behind the other and are never given back: the columns of the network are windows on this memory, so that
 * no synapse is ever held twice.
 */
export class WiringKernel {
  readonly calls: WiringFunctions & Readonly<Record<PlanNumber | PlanRegion, WasmGlobal>>
  readonly #neurons: number
  readonly #memory = new wasm.Memory({ initial: 1 })
  #end: number

  constructor(neurons: number) {
    this.calls = instantiate(compileKernel(wiringKernel), this.#memory) as WiringKernel['calls']
    this.calls.neurons.value = neurons
    this.#neurons = neurons
    this.#end = this.calls.heapBase()
  }

  /** Gives a region its place. Columns taken out before are cut off from the memory. @throws Bl1Error `culture/too-large` */
  take(region: PlanRegion, bytes: number): void {
    const address = Math.ceil(this.#end / 16) * 16
    this.reserve(address + bytes - this.#end)
    this.#end = address + bytes
    this.calls[region].value = address
  }

  /** Sees that so many bytes follow the last region, and returns the end of the memory. @throws Bl1Error `culture/too-large` */
  reserve(bytes: number): number {
    this.requireBytes(bytes)
    const pages = Math.ceil((this.#end + bytes - this.#memory.buffer.byteLength) / PAGE_BYTES)
    try {
      if (pages > 0) this.#memory.grow(pages)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw this.#tooLarge(bytes, this.#memory.buffer.byteLength, error)
    }
    // the last address, where the memory ends with them, has no successor
    return Math.min(this.#memory.buffer.byteLength, LARGEST_BYTES - 4)
  }

  /** Refuses what no memory of this kind can hold behind the last region, before anything is taken. @throws Bl1Error `culture/too-large` */
  requireBytes(bytes: number): void {
    if (this.#end + bytes > LARGEST_BYTES) throw this.#tooLarge(bytes, LARGEST_BYTES)
  }

  /** A region as a column, until more memory is taken. */
  int32(region: PlanRegion, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#address(region), length)
  }

  uint32(region: PlanRegion, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, this.#address(region), length)
  }

  uint8(region: PlanRegion, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#address(region), length)
  }

  float32(region: PlanRegion, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#address(region), length)
  }

  float64(region: PlanRegion, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#address(region), length)
  }

  #address(region: PlanRegion): number {
    // i32 globals come out signed
    return this.calls[region].value >>> 0
  }

  #tooLarge(bytes: number, availableBytes: number, cause?: unknown): Bl1Error {
    const [neededMiB, availableMiB] = [Math.ceil((this.#end + bytes) / 2 ** 20), Math.floor(availableBytes / 2 ** 20)]
    return new Bl1Error('culture/too-large', { neurons: this.#neurons, neededMiB, availableMiB }, { cause })
  }
}
