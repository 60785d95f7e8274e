/** The peers of `bl1 bench culture`, `train` and `learning`: installed one by one, because not every machine can have each of them. */
import { join } from 'node:path'
import { z } from 'zod'
import { execute, lastLines, throwIfStopped, type ExecuteOptions, type Outcome } from '../python/execute.js'
import { requirementsFile } from '../python/requirements.js'
import { PIP, type SetUpOptions } from '../python/setUp.js'
import { peersFolder } from './python.js'

/** What a program in bench/peers says when it is asked whether it can be measured. */
export const missingSchema = z.object({ missing: z.string().nullable() })

/** Whether a peer can be measured here. */
export interface PeerState {
  readonly name: string
  /** Why not; null where it can be. */
  readonly missing: string | null
}

interface Peer {
  readonly name: string
  /** In bench/peers, as the program. */
  readonly requirements: string
  readonly program: string
}

const SIMULATORS: readonly Peer[] = [
  { name: 'Brian2', requirements: 'brian2.txt', program: 'brian2_culture.py' },
  { name: 'NEST', requirements: 'nest.txt', program: 'nest_culture.py' },
]
/** Gigabytes, so only where they are asked for. */
const LEARNERS: readonly Peer[] = [
  { name: 'PyTorch', requirements: 'torch.txt', program: 'torch_ppo.py' },
  { name: 'stable-baselines3', requirements: 'stable-baselines3.txt', program: 'sb3_ppo.py' },
]

/** Without a wheel pip would try to build for many minutes, and mostly in vain. */
const WHEELS_ONLY = ['--only-binary', 'brian2,nest-simulator,torch,stable-baselines3']
/** A slow line, and the compilers that a check tries. */
const LIMIT_MS = 30 * 60_000

const stateIn = (output: string): string | null => {
  const line = output.split('\n').find((one) => one.startsWith('{"missing"'))
  return line === undefined ? lastLines(output) : missingSchema.parse(JSON.parse(line)).missing
}

/** What is to be set up, and where. */
export interface SetUpPeersOptions extends SetUpOptions {
  readonly root: string
  /** Also PyTorch and stable-baselines3. @default false */
  readonly learning?: boolean
}

/**
 * Installs Brian2 and NEST, and what learning is measured beside, and asks each whether it works. What fails is told, not thrown: everything else
 * can be measured without it.
 * @param python the interpreter that `setUpPython` gave
 * @throws Bl1Error `run/interrupted`
 */
export const setUpPeers = async (python: string, options: SetUpPeersOptions): Promise<PeerState[]> => {
  const { root, env, signal, learning = false, say = () => undefined } = options
  const folder = peersFolder(root)
  const how: ExecuteOptions = {
    folder: root,
    limitMs: LIMIT_MS,
    ...(env === undefined ? {} : { env }),
    ...(signal === undefined ? {} : { signal }),
  }
  const run = async (args: readonly string[]): Promise<Outcome> => {
    const outcome = await execute(python, args, how)
    throwIfStopped(signal)
    return outcome
  }
  const states: PeerState[] = []
  for (const { name, requirements, program } of learning ? [...SIMULATORS, ...LEARNERS] : SIMULATORS) {
    say(`installing bench/peers/${requirements}`)
    const wanted = ['-r', join(folder, requirements), '-c', requirementsFile(join(root, 'python'))]
    const installed = await run([...PIP, 'install', '--quiet', ...WHEELS_ONLY, ...wanted])
    const outcome = installed.code === 0 ? await run([join(folder, program), 'check']) : installed
    states.push({ name, missing: stateIn(outcome.output) })
  }
  return states
}
