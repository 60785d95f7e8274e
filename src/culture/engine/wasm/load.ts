/** Makes a kernel in base64 ready to run: the same in Node and in a browser. */
import { wasm, type WasmModule } from './webAssembly.js'

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
