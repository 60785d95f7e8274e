/** `bl1 bench`: measurements of speed, one sub-command each. */
import { Command } from 'commander'
import { benchCultureCommand } from './bench/cultureCommand.js'
import { benchDoomCommand } from './bench/doomCommand.js'
import { benchEnvCommand } from './bench/envCommand.js'
import { benchSetupCommand } from './bench/setupCommand.js'

export const benchCommand = (): Command => {
  const command = new Command('bench')
    .description('Measures speed, beside that of other packages where they are installed.')
    .addHelpText('after', '\nExamples:\n  bl1 bench setup\n  bl1 bench env --json\n  bl1 bench culture --quick\n  bl1 bench doom --quick')
  for (const measurement of [benchEnvCommand(), benchCultureCommand(), benchDoomCommand(), benchSetupCommand()]) command.addCommand(measurement)
  return command
}
