/** Plain JSON as types. */

/** What JSON.parse can return. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
/** A plain object of JSON values. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}
