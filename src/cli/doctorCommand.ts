/** `bl1 doctor`: what there is of what Doom needs, and what to do about the rest. */
import Table from 'cli-table3'
import { Command } from 'commander'
import { Bl1Error } from '../errors.js'
import { runCheck, type CheckRow, type CheckState } from './doctor/check.js'
import { engineCheck, socketCheck } from './doctor/engine.js'
import { machineChecks } from './doctor/machine.js'
import { pythonRows } from './doctor/python.js'
import { wrapText } from './wrapText.js'

const WORDS: Readonly<Record<CheckState, string>> = { ok: 'ok', missing: 'MISSING', doubtful: 'doubtful', optional: 'optional' }
const WIDTH = 84

const wrapped = (text: string): string =>
  text
    .split('\n')
    .map((line) => wrapText(line, WIDTH))
    .join('\n')

const tableOf = (rows: readonly CheckRow[]): string => {
  const table = new Table({ head: ['', '', 'found, and what to do'], style: { head: [], border: [] } })
  for (const { name, state, found, remedy } of rows) {
    table.push([name, WORDS[state], wrapped(remedy === null || found.includes(remedy) ? found : `${found}\n-> ${remedy}`)])
  }
  return table.toString()
}

/** Looks at everything, one after the other. */
const examine = async (): Promise<CheckRow[]> => {
  const rows: CheckRow[] = []
  for (const check of machineChecks()) rows.push(await runCheck(check))
  rows.push(...(await pythonRows()))
  rows.push(await runCheck(socketCheck))
  rows.push(await runCheck(engineCheck))
  return rows
}

/** @throws Bl1Error `setup/unhealthy` where something that Doom needs is not there */
const run = async ({ json = false }: { readonly json?: boolean }): Promise<void> => {
  const rows = await examine()
  const missing = rows.filter(({ state }) => state === 'missing').map(({ name }) => name)
  const isReady = missing.length === 0
  const text = json ? JSON.stringify({ isReady, checks: rows }) : `${tableOf(rows)}\n${isReady ? 'Doom is ready: npx bl1 play doom' : ''}`
  process.stdout.write(`${text.trimEnd()}\n`)
  if (!isReady) throw new Bl1Error('setup/unhealthy', { missing })
}

const HELP = `
Examples:
  bl1 doctor
  bl1 doctor --json

Nothing is changed. The last row starts the engine and plays a step. 'optional' is not needed; 'doubtful' is there, but not as this release
was tested. Exit code 0 when everything that Doom needs is there, else 1.`

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('Says what is there of what Doom needs, and what to do about the rest.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(run)
