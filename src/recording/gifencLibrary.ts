/** gifenc, found wherever it stands: bundlers read its ES module, Node its CommonJS build. */
import * as entry from 'gifenc'
import type { Gifenc } from 'gifenc'

/** The library's functions. */
export const gifenc: Gifenc =
  entry.GIFEncoder === undefined ? entry.default : { GIFEncoder: entry.GIFEncoder, quantize: entry.quantize, applyPalette: entry.applyPalette }
