/**
 * Compiles the AssemblyScript kernels to WebAssembly and writes them as a TypeScript module, so that Node, browsers and bundlers load
 * them alike, with nothing to fetch. Plain Node. Does nothing where the written module is newer than the sources.
 *
 * node scripts/kernels.mjs
 */
import { readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const CLONE = dirname(dirname(fileURLToPath(import.meta.url)))
const ROOM = join('src', 'culture', 'engine', 'wasm')
/** Name of each kernel, its source and whether its memory is shared between threads. */
const KERNELS = [
  { name: 'cultureKernel', source: 'culture.ts', shared: false },
  { name: 'sharedCultureKernel', source: 'sharedCulture.ts', shared: true },
  { name: 'wiringKernel', source: 'wiring.ts', shared: false },
]
const OPTIONS = ['--enable', 'simd', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory']
/** Shared memory must name its limit: 4 GiB, all that 32-bit addresses reach. */
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536']

const compile = async (asc, folder, { source, shared }) => {
  let binary
  const args = [source, '--baseDir', folder, ...OPTIONS, ...(shared ? SHARED : []), '--outFile', 'kernel.wasm']
  const writeFile = (name, contents) => {
    if (name.endsWith('.wasm')) binary = contents
  }
  const { error, stderr } = await asc.main(args, { writeFile })
  if (error !== null || binary === undefined) throw new Error(`${source} does not compile:\n${stderr.toString()}`)
  return Buffer.from(binary).toString('base64')
}

/** The newest modification time in a folder and those inside it. */
const newest = (folder) =>
  Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).mtimeMs))

/** Compiles what changed. @param root the clone */
export const buildKernels = async (root = CLONE) => {
  const folder = join(root, ROOM, 'assembly')
  const output = join(root, ROOM, 'kernels.ts')
  const source = Math.max(newest(folder), statSync(fileURLToPath(import.meta.url)).mtimeMs)
  if ((statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity) > source) return
  const startedAt = new Date()
  const asc = await import(pathToFileURL(join(root, 'node_modules', 'assemblyscript', 'dist', 'asc.js')).href)
  const lines = ['/** The compiled kernels in base64. Written by scripts/kernels.mjs from assembly/; not kept in the repository. */']
  for (const kernel of KERNELS) lines.push(`export const ${kernel.name} =\n  '${await compile(asc, folder, kernel)}'`)
  const temporary = `${output}.${process.pid}`
  writeFileSync(temporary, `${lines.join('\n\n')}\n`)
  // what was edited while the compiler ran is newer than the output, and is compiled next time
  utimesSync(temporary, startedAt, startedAt)
  renameSync(temporary, output)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await buildKernels()
  } catch (error) {
    process.stderr.write(`kernels: ${error.message}\n`)
    process.exitCode = 1
  }
}
