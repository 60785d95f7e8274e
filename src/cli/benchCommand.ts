/** `bl1 bench`: measurements of speed and of learning, one sub-command each. */
import { Command } from 'commander'
import { benchCultureCommand } from './bench/cultureCommand.js'
import { benchDoomCommand } from './bench/doomCommand.js'
import { benchEnvCommand } from './bench/envCommand.js'
import { benchLearningCommand } from './bench/learningCommand.js'
import { benchSetupCommand } from './bench/setupCommand.js'
import { benchTrainCommand } from './bench/trainCommand.js'

export const benchCommand = (): Command => {
  const command = new Command('bench')
    .description('Measures speed and learning, beside other packages where they are installed.')
    .addHelpText('after', '\nExamples:\n  bl1 bench setup\n  bl1 bench env --json\n  bl1 bench culture --quick\n  bl1 bench doom --quick\n  bl1 bench train --quick\n  bl1 bench learning --quick')
  const measurements = [benchEnvCommand(), benchCultureCommand(), benchDoomCommand(), benchTrainCommand(), benchLearningCommand(), benchSetupCommand()]
  for (const measurement of measurements) {
    command.addCommand(measurement)
  }
  return command
}
