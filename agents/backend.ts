/** Which tfjs backend computes: found, started and described here, and nowhere else. */
import * as tf from '@tensorflow/tfjs-core'
// tfjs-core's own Node bundle registers no gradients; the layers package does.
import '@tensorflow/tfjs-layers'
import { describe } from '../src/describe.js'
import { Bl1Error } from '../src/errors.js'
import { transposeMatMulGradient } from './matMulGradient.js'

/** The backends, the fastest first. */
export const backendNames = ['node-gpu', 'node', 'wasm', 'cpu'] as const

/**
 * What computes: `node-gpu` and `node` are TensorFlow itself (the packages @tensorflow/tfjs-node-gpu and @tensorflow/tfjs-node, to be installed by
 * hand), `wasm` is WebAssembly with SIMD on one thread, `cpu` plain JavaScript.
 */
export type BackendName = (typeof backendNames)[number]

/** The backend that runs. */
export interface Backend {
  readonly name: BackendName
  /** For reports: 'tfjs 4.22.0, wasm (SIMD, one thread)'. */
  readonly description: string
}

/** What a backend may need to start. */
export interface BackendOptions {
  /** Folder, with a slash at its end, from which a page serves the .wasm files of @tensorflow/tfjs-backend-wasm. Node finds them by itself. */
  readonly wasmFolder?: string
}

/** Brings a backend's package in, readies it, and says what it is. Rejects where that cannot be. */
interface Starter {
  /** The name that tfjs knows it by. */
  readonly tfjsName: string
  readonly install: string
  start(options: BackendOptions): Promise<string>
}

const activate = async (tfjsName: string): Promise<void> => {
  if (!(await tf.setBackend(tfjsName))) throw new Error('it did not initialise')
  await tf.ready()
}

/** The packages of TensorFlow are optional, so the name must not be one that a compiler or bundler looks for. */
const importOptional = async (specifier: string): Promise<void> => {
  await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier)
}

/** TensorFlow's library greets on standard error unless told otherwise before it loads. */
const quietTensorFlow = (): void => {
  const environment: unknown = Reflect.get(Reflect.get(globalThis, 'process') ?? {}, 'env')
  if (typeof environment === 'object' && environment !== null && !('TF_CPP_MIN_LOG_LEVEL' in environment)) {
    Reflect.set(environment, 'TF_CPP_MIN_LOG_LEVEL', '2')
  }
}

const startTensorFlow = async (specifier: string): Promise<boolean> => {
  quietTensorFlow()
  await importOptional(specifier)
  await activate('tensorflow')
  return Reflect.get(tf.backend(), 'isUsingGpuDevice') === true
}

const starters: Readonly<Record<BackendName, Starter>> = {
  'node-gpu': {
    tfjsName: 'tensorflow',
    install: 'npm install @tensorflow/tfjs-node-gpu@4.22.0 (Linux, CUDA)',
    start: async () => {
      if (!(await startTensorFlow('@tensorflow/tfjs-node-gpu'))) throw new Error('it found no GPU')
      return 'TensorFlow on a GPU'
    },
  },
  node: {
    tfjsName: 'tensorflow',
    install: 'npm install @tensorflow/tfjs-node@4.22.0',
    start: async () => {
      // Both packages register as one backend, so the first that was loaded is the one that runs.
      if (await startTensorFlow('@tensorflow/tfjs-node')) throw new Error('@tensorflow/tfjs-node-gpu was loaded in this process before')
      return 'TensorFlow'
    },
  },
  wasm: {
    tfjsName: 'wasm',
    install: 'npm install @tensorflow/tfjs-backend-wasm@4.22.0',
    start: async ({ wasmFolder }) => {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
      if (wasmFolder !== undefined) setWasmPaths(wasmFolder)
      // Sums split over threads differ in their last bits from machine to machine.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
      await activate('wasm')
      return tf.env().getBool('WASM_HAS_SIMD_SUPPORT') ? 'SIMD, one thread' : 'one thread'
    },
  },
  cpu: {
    tfjsName: 'cpu',
    install: 'npm install @tensorflow/tfjs-backend-cpu@4.22.0',
    start: async () => {
      await import('@tensorflow/tfjs-backend-cpu')
      await activate('cpu')
      return 'JavaScript'
    },
  },
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.split('\n')[0] : describe(error))

let running: Backend | undefined

const start = async (name: BackendName, options: BackendOptions): Promise<Backend> => {
  const detail = await starters[name].start(options).catch(async (error: unknown) => {
    // What failed may have become tfjs's active backend already.
    if (running !== undefined) await tf.setBackend(starters[running.name].tfjsName)
    throw error
  })
  running = { name, description: `tfjs ${tf.version_core}, ${name} (${detail})` }
  return running
}

/**
 * Starts what computes; a second call with another name switches, and variables that live already move along.
 *
 * The same seed gives the same bits on the same backend and machine; two backends agree to float32 rounding only.
 * @param wanted one backend, or 'auto': the first of node-gpu, node, wasm, cpu that is installed and starts
 * @throws Bl1Error `agents/backend` where the wanted one is unknown, not installed or does not start
 */
export const startBackend = async (wanted: BackendName | 'auto' = 'auto', options: BackendOptions = {}): Promise<Backend> => {
  if (wanted !== 'auto' && !backendNames.includes(wanted)) {
    throw new Bl1Error('agents/backend', { wanted: describe(wanted), known: ['auto', ...backendNames], reason: 'there is no such backend', remedy: '' })
  }
  if (running !== undefined && (wanted === 'auto' || wanted === running.name)) return running
  // tfjs speaks to the console unless it is in production; its advice (another package) is given by this module's errors.
  tf.env().set('PROD', true)
  transposeMatMulGradient()
  if (wanted !== 'auto') {
    return start(wanted, options).catch((cause: unknown) => {
      throw new Bl1Error(
        'agents/backend',
        { wanted, known: ['auto', ...backendNames], reason: reasonOf(cause), remedy: starters[wanted].install },
        { cause },
      )
    })
  }
  const reasons: string[] = []
  for (const name of backendNames) {
    try {
      // One after the other: the first that starts is taken.
      // oxlint-disable-next-line no-await-in-loop
      return await start(name, options)
    } catch (error) {
      reasons.push(`${name}: ${reasonOf(error)}`)
    }
  }
  throw new Bl1Error('agents/backend', { wanted, known: backendNames, reason: reasons.join('; '), remedy: starters.wasm.install })
}
