// The kernel for memory that several threads share.
export { heapBase, notFinite } from './culture'
export { work, workBatch } from './threads'
