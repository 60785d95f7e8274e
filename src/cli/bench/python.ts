/** The Python that measures the other side. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPython } from '../../bridge/python.js'
import { Bl1Error } from '../../errors.js'

/** The folder of the programs that measure other packages. */
export const peersFolder = (root: string): string => join(root, 'bench', 'peers')

/** @throws Bl1Error `bench/peers-missing` outside a clone */
export const requirePeers = (root: string): void => {
  const folder = peersFolder(root)
  if (!existsSync(folder)) throw new Bl1Error('bench/peers-missing', { folder })
}

/**
 * The interpreter that everything uses, or none: our side is measured without it.
 * @throws Bl1Error `cli/python` where one was named that is not there
 */
export const peerPython = (named: string | undefined = process.env['BL1_PYTHON']): string | undefined => {
  try {
    return findPython(named === undefined ? {} : { asked: named })
  } catch (error) {
    if (!(error instanceof Bl1Error) || error.code !== 'bridge/no-python') throw error
    if (named === undefined || named === '') return undefined
    throw new Bl1Error('cli/python', { path: named })
  }
}
