/** Makes a kernel in base64 ready to run: the same in Node and in a browser. */
import { wasm, type WasmMemory, type WasmModule } from './webAssembly.js'

const compiled = new Map<string, WasmModule>()

/**
 * Compiles a kernel once a thread; asked again for the same text it returns the same module.
 * @param base64 a kernel of kernels.ts
 */
export const compileKernel = (base64: string): WasmModule => {
  const known = compiled.get(base64)
  if (known !== undefined) return known
  const module = new wasm.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
  compiled.set(base64, module)
  return module
}

/** What a kernel exports, by name. Its callers say what these are: the sources in assembly/ settle it, and this is where types enter. */
export type KernelExports = Readonly<Record<string, unknown>>

/**
 * An instance of a kernel on a memory.
 * @param imports what the kernel calls beside it
 */
export const instantiate = (module: WasmModule, memory: WasmMemory, imports: Readonly<Record<string, unknown>> = {}): KernelExports =>
  new wasm.Instance(module, { env: { memory, ...imports } }).exports
