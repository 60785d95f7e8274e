/** The guard kills and removes only what is on its record. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
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

/** A process that has one name open and another one mapped. */
const holder = async (opened: string, mapped: string): Promise<void> => {
  const program = `import mmap, sys, time
file = open(sys.argv[1], 'r+b')
with open(sys.argv[2], 'r+b') as other:
    memory = mmap.mmap(other.fileno(), 0)
print('held', flush=True)
time.sleep(600)`
  const child = spawn(findPython(), ['-c', program, opened, mapped], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
}

it('removes names that its process made and could not tell of, and none that another process holds or that is older', async () => {
  const prefix = `bl1-test-${process.pid}-making-`
  const [older, made, opened, mapped] = ['older', 'made', 'opened', 'mapped'].map((name) => sharedMemoryName(`making-${name}`))
  await holder(opened, mapped)
  guarded(`
guard.making(${JSON.stringify(prefix)})
for path in ${JSON.stringify([made, opened, mapped])}:
    os.utime(path)
os.utime(${JSON.stringify(older)}, (1, 1))`)
  await until('the name is gone', () => !existsSync(made))
  expect([older, opened, mapped].map(existsSync)).toEqual([true, true, true])
})

it('looks for no name that is not ours', () => {
  const accepted = join(temporaryFolder(), 'accepted')
  guarded(`
try:
    guard.making("x")
except ValueError:
    pass
else:
    open(${JSON.stringify(accepted)}, "w").close()`)
  expect(existsSync(accepted)).toBe(false)
})

it('removes the names of an engine that is still starting when its process is killed', () => {
  const said = join(temporaryFolder(), 'arguments')
  const engine = join(temporaryFolder(), 'engine')
  writeFileSync(engine, `#!/bin/sh\necho "$@" > '${said}'\nkill -9 $PPID\n`, { mode: 0o755 })
  guarded(`
import vizdoom
from bl1_bridge.doom import engine
# As where the engine has not been found yet.
engine.find_engine = lambda parent: None
game = vizdoom.DoomGame()
game.set_vizdoom_path(${JSON.stringify(engine)})
engine.Engine(game, guard)`)
  const [, instance] = /viz_instance_id (\S+)/.exec(readFileSync(said, 'utf8')) ?? []
  expect(instance).toMatch(/^\w+$/)
  return until('its names are gone', () => !readdirSync('/dev/shm').some((name) => name.endsWith(instance)))
})
