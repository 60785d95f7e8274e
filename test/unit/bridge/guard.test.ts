/** The guard kills and removes only what is on its record. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findPython, pythonFolder } from '../../../src/bridge/index.js'
import { LIMIT_MS, isRunning, sharedMemoryName, temporaryFolder, until, untilGone } from './support.js'

/** Runs a program of Python that starts a guard, tells it something, and is killed. */
const guarded = (telling: string): void => {
  const program = `
import os, signal, sys
from bl1_bridge.guard import start_guard
lifeline, open_end = os.pipe()
os.set_inheritable(open_end, False)
guard = start_guard(lifeline, os.getcwd())
${telling}
os.kill(os.getpid(), signal.SIGKILL)`
  const options = { env: { ...process.env, PYTHONPATH: pythonFolder() }, encoding: 'utf8', timeout: LIMIT_MS, cwd: temporaryFolder() } as const
  const { signal, stderr } = spawnSync(findPython(), ['-c', program], options)
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
}

const sleeper = (): number => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return Number(child.pid)
}

it('kills the processes it was told of, and none that only has the pid of one', async () => {
  const [ours, another] = [sleeper(), sleeper()]
  // The record of another names a process of the same pid that was started long ago.
  guarded(`guard._tell("pid ${another} 1"); guard.watch(${ours})`)
  await untilGone(ours)
  expect(isRunning(another)).toBe(true)
})

it('kills no group that its process does not lead', async () => {
  const path = sharedMemoryName('group')
  const bystander = sleeper()
  guarded(`guard.unlink(${JSON.stringify(path)})`)
  await until('the name is gone', () => !existsSync(path))
  expect([bystander, process.pid].every(isRunning)).toBe(true)
})

it('removes only names in shared memory that are ours', async () => {
  const path = sharedMemoryName('names')
  const file = join(temporaryFolder(), 'bl1-file')
  writeFileSync(file, 'x')
  const wrong = [file, '/dev/shm/../../etc/hostname', '/dev/shm/other', '/dev/shm/bl1-a/b', '/dev/shm/bl1-a\nunlink x']
  guarded(`
for path in ${JSON.stringify(wrong)}:
    try:
        guard.unlink(path)
    except ValueError:
        continue
    sys.exit("accepted " + path)
guard._tell("unlink ${file}")
guard.unlink(${JSON.stringify(path)})`)
  await until('the name is gone', () => !existsSync(path))
  expect(existsSync(file)).toBe(true)
})
