/** `bl1 bench setup` and the peers that a machine may lack: each is tried, and what fails is named. */
import { describe, expect, it } from 'vitest'
import { setUpPeers } from '../../../src/cli/bench/setUpPeers.js'
import { scratchFolder } from '../../cli/run.js'
import { fakePython } from './fakePython.js'

/** A case of a shell script: this program, asked whether it works, says it does. */
const WORKS = `*check) echo '{"missing": null}'`

describe('setUpPeers', () => {
  it('installs each and asks it whether it works', async () => {
    const said: string[] = []
    const python = fakePython(`case "$2" in check) echo "a banner"; echo '{"missing": null}';; esac`)
    const states = await setUpPeers(python, { root: scratchFolder(), say: (text) => void said.push(text) })
    expect(states).toEqual([
      { name: 'Brian2', missing: null },
      { name: 'NEST', missing: null },
    ])
    expect(said).toEqual(['installing bench/peers/brian2.txt', 'installing bench/peers/nest.txt'])
  })

  it('installs what learning is measured beside only where it is asked for', async () => {
    const said: string[] = []
    const python = fakePython(`case "$*" in *sb3_ppo.py*) echo '{"missing": "no torch"}';; ${WORKS};; esac`)
    const states = await setUpPeers(python, { root: scratchFolder(), learning: true, say: (text) => void said.push(text) })
    expect(states.slice(2)).toEqual([
      { name: 'PyTorch', missing: null },
      { name: 'stable-baselines3', missing: 'no torch' },
    ])
    expect(said.slice(2)).toEqual(['installing bench/peers/torch.txt', 'installing bench/peers/stable-baselines3.txt'])
  })

  it('names one without a wheel and goes on with the other', async () => {
    const python = fakePython(`case "$*" in *nest.txt*) echo "No matching distribution found for nest-simulator" >&2; exit 1;; ${WORKS};; esac`)
    expect(await setUpPeers(python, { root: scratchFolder() })).toEqual([
      { name: 'Brian2', missing: null },
      { name: 'NEST', missing: 'No matching distribution found for nest-simulator' },
    ])
  })

  it('names the missing compiler', async () => {
    const python = fakePython(`case "$*" in *brian2_culture.py*) echo '{"missing": "the program g++ is not there"}';; ${WORKS};; esac`)
    const [brian2, nest] = await setUpPeers(python, { root: scratchFolder() })
    expect(brian2.missing).toContain('g++')
    expect(nest.missing).toBeNull()
  })

  it('shows what a program said that could not even answer', async () => {
    const python = fakePython(`case "$2" in check) echo "ImportError: numpy" >&2; exit 1;; esac`)
    const [brian2] = await setUpPeers(python, { root: scratchFolder() })
    expect(brian2.missing).toBe('ImportError: numpy')
  })

  it('stops on Ctrl-C', async () => {
    const controller = new AbortController()
    controller.abort()
    const failure = setUpPeers(fakePython('exit 0'), { root: scratchFolder(), signal: controller.signal })
    await expect(failure).rejects.toMatchObject({ code: 'run/interrupted' })
  })
})
