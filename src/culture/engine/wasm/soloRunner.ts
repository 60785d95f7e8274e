/** One thread advances a culture in memory of its own. */
import { cultureKernel } from './kernels.js'
import { compileKernel } from './load.js'
import type { Runner } from './wasmEngine.js'
import { wasm, type WasmMemory } from './webAssembly.js'

/** What assembly/culture.ts exports. */
export interface CultureKernel {
  run(culture: number, first: number, end: number): void
  notFinite(culture: number): number
  /** Parts of a step on their own, see stepProfile.ts. */
  repeatUpdate(culture: number, step: number, times: number): void
  repeatNoise(culture: number, step: number, times: number): number
}

/** An instance of the kernel on a memory of its own. */
export const soloKernel = (memory: WasmMemory): CultureKernel => {
  const { exports } = new wasm.Instance(compileKernel(cultureKernel), { env: { memory } })
  // compiled from sources that export just these
  return exports as unknown as CultureKernel
}

/** @param kernel an instance on the culture's memory */
export const soloRunner = (kernel: CultureKernel): Runner => ({
  threads: 1,
  run: (culture, first, end) => kernel.run(culture, first, end),
  notFinite: (culture) => kernel.notFinite(culture),
  close: () => undefined,
  assertWhole: () => undefined,
})
