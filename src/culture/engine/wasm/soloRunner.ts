/** One thread advances a culture in memory of its own. */
import { cultureKernel } from './kernels.js'
import { compileKernel, instantiate, type KernelExports } from './load.js'
import type { Runner } from './wasmEngine.js'
import type { WasmMemory } from './webAssembly.js'

/** What assembly/culture.ts exports. */
export interface CultureKernel extends KernelExports {
  run(culture: number, first: number, end: number): void
  notFinite(culture: number): number
  /** Parts of a step on their own, see stepProfile.ts. */
  repeatUpdate(culture: number, step: number, times: number): void
  repeatNoise(culture: number, step: number, times: number): number
}

/** An instance of the kernel on a memory of its own. */
export const soloKernel = (memory: WasmMemory): CultureKernel => instantiate(compileKernel(cultureKernel), memory) as CultureKernel

/** @param kernel an instance on the culture's memory */
export const soloRunner = (kernel: CultureKernel): Runner => ({
  threads: 1,
  run: (culture, first, end) => kernel.run(culture, first, end),
  notFinite: (culture) => kernel.notFinite(culture),
  close: () => undefined,
  assertWhole: () => undefined,
})
