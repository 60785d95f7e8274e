/** What the machine gives: Node, processor, memory, folders, programs. */
import { mkdtempSync, rmdirSync, existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, freemem, platform, release } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../bridge/python.js'
import { execute } from '../python/execute.js'
import { ok, type Check, type Finding } from './check.js'

const OLDEST_NODE = 20
const GIB = 2 ** 30
const MIB = 2 ** 20
/** Node, Python and one engine hold about half of this. */
const MEMORY_BYTES = 1 * GIB
/** What a container gets by default; a game of 320 x 240 takes about one of these MiB, of 1920 x 1080 about 20. */
const SHARED_BYTES = 64 * MIB
/** With which ViZDoom has wheels. */
const TESTED = ['linux x64', 'linux arm64', 'darwin arm64']
const FFMPEG_LIMIT_MS = 5000

/** @param version of Node, as process.versions has it */
export const nodeCheck = (version = process.versions.node): Check => ({
  name: 'Node',
  remedy: `Install Node ${OLDEST_NODE} or newer from nodejs.org.`,
  look: () => {
    const isRecent = Number(version.split('.')[0]) >= OLDEST_NODE
    return isRecent ? ok(version) : { state: 'missing', found: version, remedy: `Install Node ${OLDEST_NODE} or newer from nodejs.org.` }
  },
})

/** @param system platform and architecture, as Node names them */
export const systemCheck = (system = `${platform()} ${arch()}`): Check => ({
  name: 'system',
  remedy: 'Report it.',
  look: () => {
    const found = `${system}, kernel ${release()}`
    if (TESTED.includes(system)) return ok(found)
    return { state: 'doubtful', found, remedy: `Doom was tested on ${TESTED.join(', ')}. Where ViZDoom has no wheel it has to be built by hand.` }
  },
})

const coresCheck: Check = {
  name: 'processor',
  remedy: 'Report it.',
  look: () => {
    const cores = availableParallelism()
    const found = `${cores} core${cores === 1 ? '' : 's'}`
    if (cores > 1) return ok(found)
    return { state: 'doubtful', found, remedy: 'It works, slowly: the game and the culture share one core.' }
  },
}

/** @param freeBytes as the system tells it */
export const memoryCheck = (freeBytes = freemem()): Check => ({
  name: 'memory',
  remedy: 'Report it.',
  look: () => {
    const found = `${(freeBytes / GIB).toFixed(1)} GiB free`
    if (freeBytes >= MEMORY_BYTES) return ok(found)
    return { state: 'doubtful', found, remedy: 'Close other programs: one game needs about 0.5 GiB, and so does a culture of 10,000 neurons.' }
  },
})

/** @param root the clone, or the installed package */
export const buildCheck = (root = packageRoot()): Check => ({
  name: 'package',
  remedy: 'Run: npm run build (in a clone), or install the package again.',
  look: () => {
    const isBuilt = ['src/index.js', 'src/cli/main.js', 'envs/doom/index.js'].every((file) => existsSync(join(root, 'dist', file)))
    const lacks = ['requirements.txt', 'bl1_bridge'].filter((name) => !existsSync(join(root, 'python', name)))
    if (isBuilt && lacks.length === 0) return ok(root)
    const found = `${root} has no ${isBuilt ? `python/${lacks.join(', python/')}` : 'compiled code (dist)'}`
    return { state: 'missing', found, remedy: 'Run: npm run build (in a clone), or install the package again.' }
  },
})

/** Whether a file can be written there. @throws NodeJS.ErrnoException */
const tryWriting = (folder: string): void => {
  const scratch = mkdtempSync(join(folder, '.bl1-doctor-'))
  try {
    writeFileSync(join(scratch, 'file'), 'x')
    rmSync(join(scratch, 'file'))
  } finally {
    rmdirSync(scratch)
  }
}

/** @param asked where results are written. Default: the working folder, which may have been removed since the shell went there */
export const folderCheck = (asked?: string): Check => {
  const remedy = 'Change to a folder you may write to: results, .venv and recordings land in the working folder.'
  return {
    name: 'working folder',
    remedy,
    look: () => {
      const folder = asked ?? process.cwd()
      tryWriting(folder)
      return ok(`${folder} can be written to`)
    },
  }
}

/** @param folder where Linux keeps shared memory */
export const sharedMemoryCheck = (folder = '/dev/shm'): Check => {
  const remedy = `The engine hands its pictures over in ${folder}. Mount it: mount -t tmpfs -o size=512m tmpfs ${folder} (Docker: --shm-size=512m).`
  return {
    name: 'shared memory',
    remedy,
    look: (): Finding => {
      if (!existsSync(folder)) return { state: 'missing', found: `there is no ${folder}`, remedy }
      tryWriting(folder)
      const { bavail, bsize } = statfsSync(folder)
      const freeBytes = bavail * bsize
      const found = `${folder}, ${Math.round(freeBytes / MIB).toLocaleString('en-US')} MiB free`
      return freeBytes >= SHARED_BYTES ? ok(found) : { state: 'doubtful', found: `${found}: enough for a few small games`, remedy }
    },
  }
}

/** @param program the name to start */
export const ffmpegCheck = (program = 'ffmpeg'): Check => {
  const remedy = "Only recordings as .mp4 need it (.apng and .gif do not). Debian, Ubuntu: sudo apt install ffmpeg; macOS: brew install ffmpeg."
  return {
    name: 'ffmpeg',
    remedy,
    look: async () => {
      const { code, stdout } = await execute(program, ['-version'], { folder: packageRoot(), limitMs: FFMPEG_LIMIT_MS })
      const version = /version (\S+)/.exec(stdout)?.[1]
      return code === 0 && version !== undefined ? ok(version) : { state: 'optional', found: 'not here', remedy }
    },
  }
}

/** All of them. */
export const machineChecks = (): Check[] => [
  nodeCheck(), systemCheck(), coresCheck, memoryCheck(), buildCheck(), folderCheck(), ...(platform() === 'linux' ? [sharedMemoryCheck()] : []),
  ffmpegCheck(),
]
