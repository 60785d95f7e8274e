/** `bl1 bench setup`: installs what is measured beside this package. */
import { Command } from 'commander'
import { packageRoot } from '../../bridge/python.js'
import { withInterrupt } from '../context.js'
import { setUpPython } from '../python/setUp.js'
import { requirePeers } from './python.js'
import { setUpPeers, type PeerState } from './setUpPeers.js'

const HELP = `
Examples:
  bl1 bench setup
  bl1 bench setup --learning
  bl1 bench setup --json

First what 'bl1 setup doom' installs, by the same rules; then the simulators. It needs python3 (3.10 or newer) with venv and pip, and the
network; Brian2 also needs make and g++. --learning also installs what 'bl1 bench train' and 'bl1 bench learning' stand beside, PyTorch and
stable-baselines3. On Linux the package index has PyTorch with CUDA alone, and it does not start without CUDA's libraries: 3 GB to download and
5.5 GB in .venv, although only the processor is used. There is no smaller build there. A peer that cannot be had here is named, and measurements
go on without it. Running it again changes nothing.`

const readyText = (python: string, peers: readonly PeerState[], learning: boolean): string => {
  const states = peers.map(({ name, missing }) => (missing === null ? `${name}: ready` : `${name}: not here: ${missing}`))
  const next = ['env', 'doom', 'culture', ...(learning ? ['train', 'learning'] : [])].map((name) => `bl1 bench ${name}`)
  return `Ready: ${python}\n${states.join('\n')}\nNow: ${next.join(', ')}\n`
}

export const benchSetupCommand = (): Command =>
  new Command('setup')
    .description('Installs what is measured beside this package: Gymnasium, ViZDoom, Brian2, NEST.')
    .option('--learning', 'also PyTorch and stable-baselines3: 3 GB to download')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(({ learning = false, json = false }: { readonly learning?: boolean; readonly json?: boolean }) =>
      withInterrupt(async (signal) => {
        const root = packageRoot()
        requirePeers(root)
        const options = { root, signal, say: (text: string) => void process.stderr.write(`${text}\n`) }
        const { python } = await setUpPython(options)
        const peers = await setUpPeers(python, { ...options, learning })
        process.stdout.write(json ? `${JSON.stringify({ python, peers })}\n` : readyText(python, peers, learning))
      }),
    )
