/**
 * What the library uses of WebAssembly. Its types belong to the DOM library of TypeScript, which the library and its users in Node do
 * without; every runtime has the thing itself.
 */

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module'
}

export interface WasmMemory {
  /** A SharedArrayBuffer where the memory is shared. */
  readonly buffer: ArrayBufferLike
  /** Adds pages of 64 KiB; the buffer before is detached. @throws RangeError where there is no room */
  grow(pages: number): number
}

export interface WasmGlobal {
  value: number
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory
  readonly Instance: new (module: WasmModule, imports: Record<string, Record<string, unknown>>) => WasmInstance
}

// the one place where the global gets its type
export const wasm = Reflect.get(globalThis, 'WebAssembly') as WebAssemblyApi
