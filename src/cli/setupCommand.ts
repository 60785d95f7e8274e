/** `bl1 setup`: installs what lies outside npm. */
import { Command } from 'commander'
import { withInterrupt } from './context.js'
import { setUpPython, type SetUpResult } from './python/setUp.js'

const HELP = `
Examples:
  bl1 setup doom
  BL1_PYTHON=/opt/python/bin/python3 bl1 setup doom
  bl1 setup doom --json

Where BL1_PYTHON is set, that interpreter is used, and installed into, as it is. Otherwise .venv of the working folder, if it has one, else
.venv of the clone (beside an installed package: of the working folder), made with python3. Every run finds it by the same rule. It
needs Python 3.10 or newer with venv and pip, the network and about 500 MB. Running it again takes a moment and changes nothing.`

const readyText = ({ python, reason, version, packages, installed }: SetUpResult): string => {
  const list = Object.entries(packages).map(([name, found]) => `${name} ${found}`)
  const done = installed.length === 0 ? 'Nothing to do' : `Installed ${installed.join(', ')}`
  return `${done}. Ready: ${python} (${reason}), Python ${version}, ${list.join(', ')}\n`
}

const setupDoomCommand = (): Command =>
  new Command('doom')
    .description('Makes .venv and installs the pinned Python packages of Doom: ViZDoom, which brings the engine and Freedoom, and the bridge.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: { readonly json?: boolean }) =>
      withInterrupt(async (signal) => {
        const result = await setUpPython({ signal, say: (text) => void process.stderr.write(`${text}\n`) })
        process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : readyText(result))
      }),
    )

export const setupCommand = (): Command =>
  new Command('setup')
    .description('Installs what lies outside npm.')
    .addHelpText('after', '\nExamples:\n  bl1 setup doom\n  bl1 setup doom --json')
    .addCommand(setupDoomCommand())
