/** The environments of test/fixtures/python-env, which a Python process finds on its path. */
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PythonEnv, type PythonEnvOptions } from '../../../envs/python/index.js'
import type { EnvSettings } from '../../../src/env/index.js'

const folder = fileURLToPath(new URL('../../fixtures/python-env', import.meta.url))
const before = process.env['PYTHONPATH']
process.env['PYTHONPATH'] = before === undefined ? folder : `${folder}${delimiter}${before}`

type Options = Omit<PythonEnvOptions, 'id' | 'allowImport'>

/** Observes its own actions. */
export const mirror = (options: Options = {}, settings: EnvSettings = {}): Promise<PythonEnv> =>
  PythonEnv.create('bl1_test_envs:Mirror-v0', { ...options, allowImport: true }, settings)

/** Breaks in a way at its second step. */
export const broken = (way: string, options: Options = {}, space = 'none'): Promise<PythonEnv> =>
  PythonEnv.create('bl1_test_envs:Broken-v0', { ...options, kwargs: { way, space }, allowImport: true })

/** What a promise is rejected with. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it was fulfilled')
}
