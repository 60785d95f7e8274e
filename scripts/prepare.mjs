/**
 * Makes a fresh clone ready: installs what the lock file names and compiles what changed. Plain Node, because nothing is installed
 * yet when it runs. Quiet and quick when there is nothing to do; safe when several run at once.
 *
 * node scripts/prepare.mjs [--install-only]
 */
import { spawnSync } from 'node:child_process'
import {
  existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MINIMUM_NODE = 20
const CLONE = dirname(dirname(fileURLToPath(import.meta.url)))

/** A run that takes longer than this is taken for dead, whatever its process id says: ids are used again. */
const STALE_MS = 20 * 60_000
/** How long a lock may stand without its owner's id, which is written right after it is made. */
const UNSIGNED_MS = 5_000
const POLL_MS = 100

const say = (text) => process.stderr.write(`prepare: ${text}\n`)

/** Modification time in ms; -Infinity for what is not there. */
const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** The newest modification time in a tree. Folders count: a deleted file changes its folder. */
const newest = (path) => {
  const entries = existsSync(path) && statSync(path).isDirectory() ? readdirSync(path) : []
  return Math.max(modified(path), ...entries.map((name) => newest(join(path, name))))
}

const pathsOf = (root) => ({
  lockFile: join(root, 'package-lock.json'),
  installed: join(root, 'node_modules', '.package-lock.json'),
  sources: ['src', 'envs', 'agents', 'examples', 'scripts/kernels.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package.json'].map((name) => join(root, name)),
  output: join(root, 'dist'),
  stamp: join(root, 'dist', '.build-stamp'),
  lock: join(root, 'dist', '.prepare-lock'),
})

const mustInstall = ({ lockFile, installed }) => modified(installed) < modified(lockFile) || modified(installed) === -Infinity
const mustBuild = ({ sources, stamp, installed }) => modified(stamp) < Math.max(modified(installed), ...sources.map(newest))

/** Runs a program with its output on stderr: stdout belongs to the command that comes after. */
const execute = (root, what, file, args, options = {}) => {
  const { status, signal, error } = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (status === 0) return
  const reason = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`)
  throw new Error(`${what} failed (${reason}). What it said stands above.`)
}

const install = (root) => {
  say('installing packages (npm ci)')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // Under npm the very npm that started this is used; npx names itself there, which knows no `ci`.
  const npm = process.env.npm_execpath
  if (npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)) execute(root, 'npm ci', process.execPath, [npm, ...args])
  else execute(root, 'npm ci', 'npm', args, { shell: process.platform === 'win32' })
}

const build = (root, { output, stamp }) => {
  say('compiling')
  execute(root, 'The compiler of the kernels', process.execPath, [join(root, 'scripts', 'kernels.mjs')])
  const startedAt = new Date()
  const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc')
  execute(root, 'The compiler', process.execPath, [compiler, '-p', 'tsconfig.build.json'])
  mkdirSync(output, { recursive: true })
  writeFileSync(stamp, '')
  // What was edited while the compiler ran is newer than the stamp, and is compiled next time.
  utimesSync(stamp, startedAt, startedAt)
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Whether nobody holds a lock any more; undefined owner: not signed yet. */
const isStale = (lock) => {
  const ageMs = Date.now() - modified(lock)
  const owner = ownerOf(lock)
  return ageMs > STALE_MS || (owner === undefined ? ageMs > UNSIGNED_MS : !isAlive(owner))
}

const ownerOf = (lock) => {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** Making a folder either works or fails because it is there: one of many wins. */
const tryFolder = (path) => {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Removes a dead lock. Under a second lock, so that of two who find it dead the slower does not remove the faster one's new lock. */
const breakLock = (lock) => {
  const breaker = `${lock}-breaker`
  if (!tryFolder(breaker)) {
    if (Date.now() - modified(breaker) > UNSIGNED_MS) rmSync(breaker, { recursive: true, force: true })
    return
  }
  try {
    if (existsSync(lock) && isStale(lock)) {
      say('removing the lock of a run that was killed')
      rmSync(lock, { recursive: true, force: true })
    }
  } finally {
    rmdirSync(breaker)
  }
}

const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

const withLock = (lock, action) => {
  mkdirSync(dirname(lock), { recursive: true })
  for (let waited = false; !tryFolder(lock); waited = true) {
    if (!waited) say(`waiting for another one at work (process ${ownerOf(lock) ?? 'unknown'})`)
    if (existsSync(lock) && isStale(lock)) breakLock(lock)
    wait(POLL_MS)
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid))
    action()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/**
 * Installs and compiles what is missing or old.
 * @param root the clone
 * @throws Error with the reason in words
 */
export const prepare = ({ root = CLONE, installOnly = false } = {}) => {
  const major = Number(process.versions.node.split('.')[0])
  if (major < MINIMUM_NODE) {
    throw new Error(`BL-1 needs Node ${MINIMUM_NODE} or newer, but this is Node ${process.versions.node}. Install one from nodejs.org.`)
  }
  const paths = pathsOf(root)
  const isReady = () => !mustInstall(paths) && (installOnly || !mustBuild(paths))
  if (isReady()) return
  withLock(paths.lock, () => {
    // Whoever held the lock before may have done it all.
    if (mustInstall(paths)) install(root)
    if (!installOnly && mustBuild(paths)) build(root, paths)
  })
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isMain) {
  try {
    prepare({ installOnly: process.argv.includes('--install-only') })
  } catch (error) {
    say(error.message)
    process.exitCode = 1
  }
}
