/** What venv and pip say when they fail, told apart: each has a remedy of its own. */
import { Bl1Error } from '../../errors.js'
import { lastLines } from './execute.js'

/** What was being done, and by which interpreter. */
export interface Attempt {
  readonly doing: string
  readonly python: string
  /** Where it was to be written. */
  readonly folder: string
}

const FULL = /No space left on device|Errno 28|ENOSPC|Disk quota exceeded/i
const MANAGED = /externally-managed-environment/
const NO_VENV = /ensurepip is not available|No module named '?(?:venv|ensurepip)|ensurepip is disabled/
const NO_PIP = /No module named '?pip/
const READ_ONLY = /Permission denied|Read-only file system|Errno 13\b|Errno 30\b|EACCES|EROFS/
const NO_NETWORK =
  /NewConnectionError|NameResolutionError|Name or service not known|Temporary failure in name resolution|Connection refused|Network is unreachable|ConnectTimeout|Read timed out|ProxyError|Max retries exceeded|Connection(?:Reset|Aborted)?Error/i

/** After NO_NETWORK: an index that cannot be reached has no versions either. */
const NO_WHEEL = /No matching distribution found|Could not find a version that satisfies/

/** The error for a program that failed, by what it said. */
export const failureOf = (output: string, { doing, python, folder }: Attempt): Bl1Error => {
  const reason = lastLines(output)
  if (FULL.test(output)) return new Bl1Error('setup/disk-full', { doing, folder, reason })
  if (MANAGED.test(output)) return new Bl1Error('setup/managed', { python })
  if (NO_VENV.test(output)) return new Bl1Error('setup/no-venv', { python, reason })
  if (NO_PIP.test(output)) return new Bl1Error('setup/no-pip', { python })
  if (NO_NETWORK.test(output)) return new Bl1Error('setup/no-network', { doing, reason })
  if (NO_WHEEL.test(output)) return new Bl1Error('setup/no-wheel', { python, reason })
  if (READ_ONLY.test(output)) return new Bl1Error('setup/not-writable', { doing, folder, reason })
  return new Bl1Error('setup/failed', { doing, reason })
}
