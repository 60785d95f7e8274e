/** The part of gifenc 1.0.3 that is used here; the package ships no types. */
declare module 'gifenc' {
  export type Palette = number[][]

  export interface GifStream {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette: Palette; delay: number; colorDepth: number; dispose: number },
    ): void
    finish(): void
    bytes(): Uint8Array
    /** What was written so far, not copied. */
    bytesView(): Uint8Array
  }

  export interface Gifenc {
    GIFEncoder(): GifStream
    quantize(rgba: Uint8Array, maxColors: number): Palette
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array
  }

  /** Undefined in Node, which reads the package's CommonJS build and gives its exports as the default one. */
  export const GIFEncoder: Gifenc['GIFEncoder'] | undefined
  export const quantize: Gifenc['quantize']
  export const applyPalette: Gifenc['applyPalette']
  const library: Gifenc
  export default library
}
