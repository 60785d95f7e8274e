/** `bl1 bench setup`: installs what is measured beside this package. */
import { Command } from 'commander'
import { withInterrupt } from '../context.js'
import { packageRoot, setUpPython } from './python.js'

const HELP = `
Examples:
  bl1 bench setup
  bl1 bench setup --json

It needs python3 (3.10 or newer) with venv and pip, and the network. Running it again changes nothing.`

export const benchSetupCommand = (): Command =>
  new Command('setup')
    .description('Makes .venv in the clone and installs the Python packages of bench/peers/requirements.txt into it.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: { readonly json?: boolean }) =>
      withInterrupt(async (signal) => {
        const python = await setUpPython({ root: packageRoot(), signal, say: (text) => process.stderr.write(`${text}\n`) })
        process.stdout.write(flags.json === true ? `${JSON.stringify({ python })}\n` : `Ready: ${python}\nNow: bl1 bench env\n`)
      }),
    )
