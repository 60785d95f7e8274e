// The kernel for memory that several threads share.
export { heapBase, notFinite, run } from './culture'
export { watch, work, workBatch } from './threads'
