/** `bl1 bench`: measurements of speed, one sub-command each. */
import { Command } from 'commander'
import { benchCultureCommand } from './bench/cultureCommand.js'
import { benchEnvCommand } from './bench/envCommand.js'
import { benchSetupCommand } from './bench/setupCommand.js'

export const benchCommand = (): Command => {
  const command = new Command('bench')
    .description('Measures speed, beside that of other packages where they are installed.')
    .addHelpText('after', '\nExamples:\n  bl1 bench setup\n  bl1 bench env --json\n  bl1 bench culture --quick')
  for (const measurement of [benchEnvCommand(), benchCultureCommand(), benchSetupCommand()]) command.addCommand(measurement)
  return command
}
