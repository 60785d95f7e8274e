/** What the tests of this room share: folders that go away and the code of what is thrown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { Bl1Error } from '../../../src/errors.js'

const folders: string[] = []
// Registered once, when the file loads: a hook that a running test registers is never called.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder, removed after the file's tests. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bl1-io-'))
  folders.push(folder)
  return folder
}

/** Writes files into a new folder; the paths by name. */
export const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): ((name: string) => string) => {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return (name) => join(folder, name)
}

/** The Bl1Error that an action throws; anything else fails the test. */
export const caught = (action: () => unknown): Bl1Error => {
  try {
    action()
  } catch (error) {
    if (error instanceof Bl1Error) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** The Bl1Error that a promise rejects with. */
export const rejected = async (promise: Promise<unknown>): Promise<Bl1Error> => {
  const outcome = await promise.then(() => undefined, (error: unknown) => error)
  if (outcome instanceof Bl1Error) return outcome
  throw new Error('no Bl1Error came', { cause: outcome })
}
