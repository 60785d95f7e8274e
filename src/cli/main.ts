/** The `bl1` command. */
import { Command, CommanderError } from 'commander'
import { Bl1Error } from '../errors.js'
import { provenance } from '../io/index.js'
import { ablateCommand } from './ablateCommand.js'
import { benchCommand } from './benchCommand.js'
import { checkCommand } from './checkCommand.js'
import { compareCommand } from './compareCommand.js'
import { configCommand } from './configCommand.js'
import { confirmCommand } from './confirmCommand.js'
import { EXIT, exitCodeOf } from './context.js'
import { doctorCommand } from './doctorCommand.js'
import { evalCommand } from './evalCommand.js'
import { exploreCommand } from './exploreCommand.js'
import { playCommand } from './playCommand.js'
import { setupCommand } from './setupCommand.js'
import { simulateCommand } from './simulateCommand.js'
import { trainCommand } from './trainCommand.js'

const HINT = '(add --help for what it takes)'

/** A reader that has seen enough (`bl1 … | head`) is no failure. */
const endWithReader = (error: NodeJS.ErrnoException): never => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
}

const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]

/** Builds the program: one file a sub-command. */
const buildProgram = (): Command => {
  const program = new Command('bl1')
    .description('Simulated cortical cultures on a virtual multi-electrode array, playing games in a closed loop.')
    .version(provenance().packageVersion)
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.\nResults go to stdout, progress and messages to stderr.')
  const commands = [
    compareCommand(), exploreCommand(), confirmCommand(), trainCommand(), evalCommand(), ablateCommand(), playCommand(), simulateCommand(), configCommand(), benchCommand(), checkCommand(), setupCommand(), doctorCommand(),
  ]
  for (const command of commands) program.addCommand(command)
  for (const command of withSubcommands(program)) command.exitOverride().showHelpAfterError(HINT)
  return program
}

/**
 * Runs one command line.
 * @param args the words after `bl1`
 * @returns the exit code
 */
export const main = async (args: readonly string[]): Promise<number> => {
  const program = buildProgram()
  process.stdout.off('error', endWithReader).on('error', endWithReader)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse
    const text = error instanceof Bl1Error ? `${error.message} (${error.code})` : error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`bl1: ${text}\n`)
    return exitCodeOf(error)
  }
}
