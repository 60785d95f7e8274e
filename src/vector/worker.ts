/** Vector environments in worker threads, for Node. Apart from `bl1/vector`, which also runs in a browser. */
export { WorkerVectorEnv, type WorkerVectorOf, type WorkerVectorOptions } from './workerVectorEnv.js'
