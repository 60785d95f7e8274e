/** `bl1 bench setup`: installs what is measured beside this package. */
import { Command } from 'commander'
import { withInterrupt } from '../context.js'
import { packageRoot, setUpPython } from './python.js'
import { setUpPeers, type PeerState } from './setUpPeers.js'

const HELP = `
Examples:
  bl1 bench setup
  bl1 bench setup --json

It needs python3 (3.10 or newer) with venv and pip, and the network; Brian2 also needs make and g++. A peer that cannot be had
here is named, and measurements go on without it. Running it again changes nothing.`

const readyText = (python: string, peers: readonly PeerState[]): string => {
  const states = peers.map(({ name, missing }) => (missing === null ? `${name}: ready` : `${name}: not here: ${missing}`))
  return `Ready: ${python}\n${states.join('\n')}\nNow: bl1 bench env, bl1 bench culture\n`
}

export const benchSetupCommand = (): Command =>
  new Command('setup')
    .description('Makes .venv in the clone and installs the Python packages of bench/peers into it: Gymnasium, Brian2, NEST.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: { readonly json?: boolean }) =>
      withInterrupt(async (signal) => {
        const options = { root: packageRoot(), signal, say: (text: string) => process.stderr.write(`${text}\n`) }
        const python = await setUpPython(options)
        const peers = await setUpPeers(python, options)
        process.stdout.write(flags.json === true ? `${JSON.stringify({ python, peers })}\n` : readyText(python, peers))
      }),
    )
