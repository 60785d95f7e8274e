/**
 * The bridge to Python: child processes that hold a game or an environment, called over ZeroMQ or pipes. Node only.
 *
 * @module
 */
export { Bridge } from './bridge.js'
export { HostBridge, type HostName } from './hostBridge.js'
export { bridgeParameters, type BridgeOptions } from './parameters.js'
export { findPython, packageRoot, pythonFolder, venvPython, type FindPythonOptions } from './python.js'
export type { BridgeArray, BridgeArrays, BridgeData, BridgeDType, BridgeHello, BridgeReply } from './types.js'
