/** Registers Python-v0 for `make`. Its code is loaded when it is first made. */
import { register } from '../../src/env/index.js'
import type { PythonEnv } from './env.js'
import { PYTHON_ENV_ID, type PythonEnvOptions } from './parameters.js'

declare module '../../src/env/registry.js' {
  interface EnvRegistry {
    'Python-v0': { env: PythonEnv; options: PythonEnvOptions }
  }
}

register({ id: PYTHON_ENV_ID, load: async () => (await import('./env.js')).buildPythonEnv })
