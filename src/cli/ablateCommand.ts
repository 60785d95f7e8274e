/** `bl1 ablate`: what carries a trained agent? It plays the same held-out episodes with one thing taken after the other. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import type { AblateFlags } from './ablate/command.js'
import { withInterrupt } from './context.js'
import { countOption, seedOption } from './options.js'

const HELP = `
Examples:
  bl1 ablate runs/20261123-train-1a2b3c4d
  bl1 ablate runs/seed-1/best.ckpt runs/seed-2/best.ckpt --episodes 200
  bl1 ablate runs/20261123-train-1a2b3c4d --retrain --jobs 4

A folder means its best checkpoint (else its last); a folder of a training over several seeds means all of them. Several agents of one config are
compared over agents, one agent over its episodes. --retrain trains anew with one thing taken from the start, several times as long as the training itself.
Ctrl-C leaves what is finished on disk; --resume goes on.`

export const ablateCommand = (): Command =>
  new Command('ablate')
    .description('Takes a trained agent apart: says what its return rests on, the culture and its spikes among it.')
    .argument('<agent...>', 'checkpoints, or folders of training runs')
    .addOption(new Option('--episodes <n>', 'held-out episodes for each agent and way to play').argParser(countOption).default(100))
    .addOption(new Option('--seed <k>', 'which set of held-out episodes').argParser(seedOption).default(0))
    .option('--stochastic', 'draw stimulations and actions; default: the mode of each distribution')
    .option('--retrain', 'also train anew: encoder or decoder frozen, without spikes, with a network for a culture, with nothing in the middle')
    .addOption(new Option('--steps <n>', 'budget of training anew (default: that of the agent)').argParser(countOption))
    .addOption(new Option('--backend <name>', 'what computes the networks (default: as in the training config)').choices(['auto', 'node-gpu', 'node', 'wasm', 'cpu']))
    .addOption(new Option('--jobs <j>', 'worker threads; the results do not depend on it').argParser(countOption).default(availableParallelism()))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--resume <dir>', 'go on with an interrupted run, same agents and options').conflicts('out'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((paths: string[], flags: AblateFlags) =>
      withInterrupt(async (signal) => {
        const { runAblate } = await import('./ablate/command.js')
        await runAblate(paths, flags, signal)
      }),
    )
