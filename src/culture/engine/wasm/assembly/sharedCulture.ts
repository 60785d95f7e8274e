// The kernel for memory that several threads share.
export { heapBase, notFinite } from './culture'
export { finishBatch, work, workBatch } from './threads'
