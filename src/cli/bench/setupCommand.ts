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
  bl1 bench setup --json

First what 'bl1 setup doom' installs, by the same rules; then the simulators. It needs python3 (3.10 or newer) with venv and pip, and the
network; Brian2 also needs make and g++. A peer that cannot be had here is named, and measurements go on without it. Running it again
changes nothing.`

const readyText = (python: string, peers: readonly PeerState[]): string => {
  const states = peers.map(({ name, missing }) => (missing === null ? `${name}: ready` : `${name}: not here: ${missing}`))
  return `Ready: ${python}\n${states.join('\n')}\nNow: bl1 bench env, bl1 bench doom, bl1 bench culture\n`
}

export const benchSetupCommand = (): Command =>
  new Command('setup')
    .description('Installs what is measured beside this package: Gymnasium, ViZDoom, Brian2, NEST.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: { readonly json?: boolean }) =>
      withInterrupt(async (signal) => {
        const root = packageRoot()
        requirePeers(root)
        const options = { root, signal, say: (text: string) => void process.stderr.write(`${text}\n`) }
        const { python } = await setUpPython(options)
        const peers = await setUpPeers(python, options)
        process.stdout.write(flags.json === true ? `${JSON.stringify({ python, peers })}\n` : readyText(python, peers))
      }),
    )
