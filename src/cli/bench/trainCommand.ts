/** `bl1 bench train`: where does the time of a training go, and how long does an update take beside the same in PyTorch? */
import { Command, Option } from 'commander'
import { withInterrupt } from '../context.js'
import { countUpTo } from '../options.js'
import type { TrainFlags } from './train/command.js'

const MOST_ROUNDS = 100

const HELP = `
Examples:
  bl1 bench train --quick
  bl1 bench setup --learning && bl1 bench train
  bl1 bench train --rounds 9 --no-peers --json

The time of a PPO update at three sizes, beside the same update written in PyTorch (one thread, and as many as it takes), from the same weights
and rows, where 'bl1 bench setup --learning' has installed it; that both compute the same numbers; and where the time of a training goes:
culture, game, networks, update, for Pong through cultures of 1,000 and 10,000 neurons and for CartPole without. Run it on an idle machine:
some five minutes, --quick well under one. Ctrl-C leaves what was measured. BL1_PYTHON names an interpreter for PyTorch.`

export const benchTrainCommand = (): Command =>
  new Command('train')
    .description('Measures where the time of a training goes, and an update beside the same one in PyTorch.')
    .option('--quick', 'one update and one small culture')
    .addOption(new Option('--rounds <n>', 'rounds of each measurement, after one that is not counted').argParser(countUpTo(MOST_ROUNDS)).default(5))
    .option('--no-peers', 'measure this package alone')
    .option('--out <dir>', 'folder for the results; earlier ones in it are replaced (default: bench/results/train; --quick runs/train-quick)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: TrainFlags) =>
      withInterrupt(async (signal) => {
        const { runTrainBench } = await import('./train/command.js')
        await runTrainBench(flags, signal)
      }),
    )
