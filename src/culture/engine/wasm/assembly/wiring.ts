// Grows the wiring. The host lays out the memory (plan.ts), calls sumOfFallOffs, drawRows and weighRows in short stretches of cells, so
// that the engine that runs this can put its optimised code to work between two calls, and listIncoming at the end.
export * from './wiring/plan'
export { sumOfFallOffs } from './wiring/peak'
export { drawRows } from './wiring/draw'
export { weighRows } from './wiring/weigh'
export { listIncoming } from './wiring/incoming'

/** First byte the host may use. */
export function heapBase(): usize {
  return __heap_base
}
