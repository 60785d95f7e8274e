/** What a result was made with: versions, git hash and machine. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { cpus, release, totalmem, type as systemName } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Written beside every result. */
export interface Provenance {
  readonly packageVersion: string
  readonly nodeVersion: string
  /** null when the package does not run from its own git clone, or nothing was committed yet. */
  readonly gitHash: string | null
  /** Whether tracked files differed from that commit; null where there is none. */
  readonly gitDirty: boolean | null
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly os: string
  /** Installed version of every direct dependency; null when it is not installed. */
  readonly dependencies: Readonly<Record<string, string | null>>
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

const manifest = z.object({ name: z.string().optional(), version: z.string(), dependencies: z.record(z.string(), z.string()).default({}) })

const readManifest = (folder: string): z.infer<typeof manifest> | undefined => {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return undefined
  const read = manifest.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  return read.success ? read.data : undefined
}

/** The folder, at or above this file, that holds the package. */
const packageRoot = (): string => {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return start
}

/** As Node looks for packages: `node_modules` here, then in every folder above. */
const installedVersion = (name: string, from: string): string | null => {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = readManifest(join(folder, 'node_modules', name))
    if (found !== undefined) return found.version
    if (dirname(folder) === folder) return null
  }
}

const git = (root: string, ...words: string[]): string | null => {
  try {
    return execFileSync('git', ['-C', root, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 }).trim()
  } catch {
    return null
  }
}

/**
 * What this process runs with.
 * @param startedAt start of the run
 * @param root the package's folder; found from this file when left out
 */
export const provenance = (startedAt: Date = new Date(), root: string = packageRoot()): Provenance => {
  const own = readManifest(root)
  const top = git(root, 'rev-parse', '--show-toplevel')
  // Installed inside somebody else's repository, the hash found there would be theirs.
  const isOwnClone = top !== null && realpathSync(top) === realpathSync(root)
  const gitHash = isOwnClone ? git(root, 'rev-parse', '--verify', 'HEAD') : null
  const changes = gitHash === null ? null : git(root, 'status', '--porcelain', '--untracked-files=no')
  const processors = cpus()
  return {
    packageVersion: own?.version ?? 'unknown',
    nodeVersion: process.version,
    gitHash,
    gitDirty: changes === null ? null : changes !== '',
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    os: `${systemName()} ${release()} ${process.arch}`,
    dependencies: Object.fromEntries(Object.keys(own?.dependencies ?? {}).map((name) => [name, installedVersion(name, root)])),
    startedAt: startedAt.toISOString(),
  }
}
