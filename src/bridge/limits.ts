/** The limits of protocol 1, the same as in `python/bl1_bridge/framing.py`. All are checked before anything is read. */

/** Version of the protocol. Another one is refused. */
export const PROTOCOL = 1
/** Bytes of a header. */
export const MAX_HEADER_BYTES = 2 ** 20
/** Bytes of a message, all parts together. */
export const MAX_MESSAGE_BYTES = 64 * 2 ** 20
/** Arrays of a message. */
export const MAX_ARRAYS = 64
/** Dimensions of an array. */
export const MAX_DIMENSIONS = 8
/** Lists and maps within one another in a header. */
export const MAX_DEPTH = 64
