/** The Python side of Doom, tested in Python against the real engine: each module of test/python is one test here. */
import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { findPython, packageRoot, pythonFolder } from '../../../src/bridge/index.js'

const LIMIT_MS = 180_000
const folder = join(packageRoot(), 'test', 'python')

/** Runs a module of tests and gives what unittest said, which ends in OK. */
const unittest = async (module: string): Promise<string> => {
  const env = { ...process.env, PYTHONPATH: [pythonFolder(), folder].join(delimiter), PYTHONDONTWRITEBYTECODE: '1' }
  const told = await promisify(execFile)(findPython(), ['-m', 'unittest', module], { env, timeout: LIMIT_MS }).catch((error: unknown) => {
    throw new Error(error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error), { cause: error })
  })
  return told.stderr.trimEnd()
}

describe('the Doom host in Python', () => {
  it.each(['test_doom_cfg', 'test_doom_options', 'test_doom_reduce', 'test_doom_features', 'test_doom_host'])(
    '%s',
    async (module) => {
      expect(await unittest(module)).toMatch(/OK$/)
    },
    LIMIT_MS,
  )
})
