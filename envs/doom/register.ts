/** Registers Doom for `make`. Its code, and with it the bridge, is loaded when it is first made. */
import { register } from '../../src/env/index.js'
import type { DoomEnv } from './env.js'
import type { DoomOptions } from './parameters.js'

declare module '../../src/env/registry.js' {
  interface EnvRegistry {
    'Doom-v0': { env: DoomEnv; options: DoomOptions }
  }
}

register({ id: 'Doom-v0', load: async () => (await import('./env.js')).buildDoom })
