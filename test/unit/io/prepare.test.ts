/** scripts/prepare.mjs on a small clone with an npm and a compiler that only note that they ran. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support.js'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

const npm = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync('log', 'npm ' + process.argv.slice(2).join(' ') + '\\n')
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
mkdirSync('node_modules/@typescript/native/bin', { recursive: true })
writeFileSync('node_modules/@typescript/native/bin/tsc', ${JSON.stringify(`
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs')
appendFileSync('log', 'tsc\\n')
console.log('said on stdout')
if (existsSync('broken')) process.exit(2)
mkdirSync('dist/src/cli', { recursive: true })
writeFileSync('dist/src/cli/main.js', 'export const main = async (words) => { console.log(words.join()); return 3 }')
`)})
writeFileSync('node_modules/.package-lock.json', '{}')
`

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const clone = () => {
  const root = temporaryFolder()
  for (const name of ['scripts/prepare.mjs', 'bin/bl1.mjs']) cpSync(join(repository, name), join(root, name))
  write(join(root, 'package.json'), '{"type":"module"}')
  write(join(root, 'package-lock.json'), '{}')
  write(join(root, 'src/a.ts'), '')
  write(join(root, 'scripts/kernels.mjs'), `import { appendFileSync } from 'node:fs'\nappendFileSync('log', 'kernels\\n')\n`)
  const tools = temporaryFolder()
  write(join(tools, 'package.json'), '{"type":"module"}')
  write(join(tools, 'npm-cli.js'), npm)
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, npm_execpath: join(tools, 'npm-cli.js') } } as const
  return {
    at: (name: string) => join(root, name),
    log: () => (existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').split('\n').filter(Boolean).map((line) => line.split(' ')[0]) : []),
    run: (script: string, ...words: string[]) => spawnSync(process.execPath, [join(root, script), ...words], options),
    start: () => new Promise<number | null>((resolve) => {
      spawn(process.execPath, [join(root, 'scripts/prepare.mjs')], { ...options, stdio: 'ignore' }).on('exit', resolve)
    }),
    /** Makes a file look changed: later than anything written so far. */
    touch: (name: string) => {
      const later = new Date(Date.now() + 2000)
      utimesSync(join(root, name), later, later)
    },
  }
}

describe('prepare', () => {
  it('installs and compiles a fresh clone, a line each on stderr, and is quiet when there is nothing to do', () => {
    const { run, log } = clone()
    const first = run('scripts/prepare.mjs')
    expect(first).toMatchObject({ status: 0, stdout: '' })
    expect(first.stderr.split('\n').filter((line) => line.startsWith('prepare:'))).toEqual([
      'prepare: installing packages (npm ci)', 'prepare: compiling',
    ])
    expect(run('scripts/prepare.mjs')).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(log()).toEqual(['npm', 'kernels', 'tsc'])
  })

  it('repeats what became old, and only that', () => {
    const { run, log, touch, at } = clone()
    run('scripts/prepare.mjs')
    touch('src/a.ts')
    run('scripts/prepare.mjs')
    expect(log()).toEqual(['npm', 'kernels', 'tsc', 'kernels', 'tsc'])
    rmSync(at('dist'), { recursive: true })
    run('scripts/prepare.mjs')
    expect(log()).toEqual(['npm', 'kernels', 'tsc', 'kernels', 'tsc', 'kernels', 'tsc'])
    rmSync(at('node_modules/.package-lock.json'))
    run('scripts/prepare.mjs', '--install-only')
    expect(log()).toEqual(['npm', 'kernels', 'tsc', 'kernels', 'tsc', 'kernels', 'tsc', 'npm'])
  })

  it('does the work once when several start together', async () => {
    const { start, log } = clone()
    expect(await Promise.all([start(), start(), start()])).toEqual([0, 0, 0])
    expect(log()).toEqual(['npm', 'kernels', 'tsc'])
  })

  it('takes over the lock of a process that is gone, and waits for one that is not', async () => {
    const { run, start, log, at } = clone()
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    write(at('dist/.prepare-lock/pid'), String(gone))
    const taken = run('scripts/prepare.mjs')
    expect(taken.stderr).toContain('removing the lock of a run that was killed')
    expect(log()).toEqual(['npm', 'kernels', 'tsc'])
    expect(existsSync(at('dist/.prepare-lock'))).toBe(false)

    rmSync(at('dist/.build-stamp'))
    write(at('dist/.prepare-lock/pid'), String(process.pid))
    let ended = false
    const waiting = start().then((code) => {
      ended = true
      return code
    })
    // Another that starts later has had time to look at the lock once it says that it waits.
    const other = spawn(process.execPath, [at('scripts/prepare.mjs')], { cwd: at('.'), stdio: ['ignore', 'ignore', 'pipe'] })
    await new Promise((resolve) => other.stderr.once('data', resolve))
    expect(ended).toBe(false)
    rmSync(at('dist/.prepare-lock'), { recursive: true })
    expect(await waiting).toBe(0)
    if (other.exitCode === null) await new Promise((resolve) => other.on('exit', resolve))
    expect(log()).toEqual(['npm', 'kernels', 'tsc', 'kernels', 'tsc'])
  })

  it('fails with the exit code when the compiler does, and tries again next time', () => {
    const { run, at, log } = clone()
    write(at('broken'), '')
    const failed = run('bin/bl1.mjs', 'compare')
    expect(failed).toMatchObject({ status: 1, stdout: '' })
    expect(failed.stderr).toContain('said on stdout')
    expect(failed.stderr).toContain('bl1: The compiler failed (exit code 2)')
    rmSync(at('broken'))
    expect(run('scripts/prepare.mjs').status).toBe(0)
    expect(log()).toEqual(['npm', 'kernels', 'tsc', 'kernels', 'tsc'])
  })
})

describe('bin/bl1.mjs', () => {
  it('prepares a clone, then hands over the words and passes on the exit code; stdout is the command alone', () => {
    const { run } = clone()
    expect(run('bin/bl1.mjs', 'compare', '--json')).toMatchObject({ status: 3, stdout: 'compare,--json\n' })
  })

  it('prepares nothing where there are no sources, as in an installed package', () => {
    const { run, at, log } = clone()
    run('scripts/prepare.mjs')
    rmSync(at('src'), { recursive: true })
    rmSync(at('scripts'), { recursive: true })
    expect(run('bin/bl1.mjs', '--help')).toMatchObject({ status: 3, stdout: '--help\n', stderr: '' })
    expect(log()).toEqual(['npm', 'kernels', 'tsc'])
  })
})
