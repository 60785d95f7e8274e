/** `bl1 eval`: how good is a trained agent on episodes that it never saw? */
import { Command, Option } from 'commander'
import { withInterrupt } from './context.js'
import { countOption, seedOption } from './options.js'
import type { EvalFlags } from './train/evaluation.js'

const HELP = `
Examples:
  bl1 eval runs/20261123-101500-train-1a2b3c4d
  bl1 eval runs/cartpole/last.ckpt --episodes 500 --seed 2 --json

Of a run's folder it takes best.ckpt, or last.ckpt where there is none. The episodes share no seed with those of training and validation; --seed chooses
others. Every episode begins with the culture as the checkpoint holds it. Random actions play the same episodes: that is the level of chance.`

export const evalCommand = (): Command =>
  new Command('eval')
    .description('Plays held-out episodes with a trained agent: mean return, interval, chance.')
    .argument('<checkpoint>', 'a checkpoint, or the folder of a training run')
    .addOption(new Option('--episodes <n>', 'episodes to play').argParser(countOption).default(100))
    .addOption(new Option('--seed <k>', 'which held-out episodes').argParser(seedOption).default(0))
    .option('--stochastic', 'draw choices as in training, in place of the most likely ones')
    .addOption(new Option('--backend <name>', 'what computes the networks').choices(['auto', 'node-gpu', 'node', 'wasm', 'cpu']))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((path: string, flags: EvalFlags) =>
      withInterrupt(async (signal) => {
        const { runEvaluation } = await import('./train/evaluation.js')
        await runEvaluation(path, flags, signal)
      }),
    )
