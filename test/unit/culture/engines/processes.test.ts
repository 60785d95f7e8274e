/** Threads in a program of its own: they really help, they end with the program, and with the cultures that it forgets. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/threads/${name}.mjs`, import.meta.url))
/** Long enough for the busiest machine: a program that hangs takes forever. */
const LIMIT_MS = 60_000

/** What a program prints, once it has ended by itself. */
const output = (name: string, ...flags: string[]): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, fixture(name)], { cwd: root, encoding: 'utf8', timeout: LIMIT_MS })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

it('a program that closes nothing ends when it has no more to do', { timeout: LIMIT_MS }, () => {
  expect(JSON.parse(output('notClosed'))).toEqual({ threads: [2, 2], same: true })
})

it('a program read from the command line has helpers too', { timeout: LIMIT_MS }, () => {
  const program = `
    const threads = process.getBuiltinModule('node:worker_threads')
    const lend = process.getBuiltinModule.bind(process)
    class Watched extends threads.Worker {
      constructor(...input) {
        super(...input)
        this.once('online', () => console.log('online')).once('exit', (code) => console.log(code))
      }
    }
    process.getBuiltinModule = (name) => (name === 'node:worker_threads' ? { ...threads, Worker: Watched } : lend(name))
    const { Culture } = await import('bl1/culture')
    const culture = Culture.grow({ neurons: 20 }, 1, { threads: 2 })
    culture.advance(1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    culture.close()
    await new Promise((resolve) => setTimeout(resolve, 300))`
  const options = { cwd: root, encoding: 'utf8', timeout: LIMIT_MS } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], options)
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'online\n0\n', stderr: '' })
})

it('the helpers of cultures that were forgotten end', { timeout: LIMIT_MS }, () => {
  expect(JSON.parse(output('forgotten', '--expose-gc'))).toEqual({ started: 12, ended: 12 })
})
