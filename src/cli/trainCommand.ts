/** `bl1 train`: an encoder and a decoder around a culture learn a game. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { withInterrupt } from './context.js'
import { countOption, seedOption } from './options.js'
import type { TrainFlags } from './train/plan.js'

const HELP = `
Examples:
  bl1 train configs/train_pong.yaml
  bl1 train configs/train_pong.yaml --steps 50000 --neurons 500 --seeds 4
  bl1 train configs/train_cartpole.yaml --out runs/cartpole
  bl1 train --resume runs/cartpole

A run leaves metrics.jsonl, a TensorBoard event file, last.ckpt and best.ckpt (best on the validation episodes) in its folder. Ctrl-C leaves last.ckpt as
after the last update, and --resume goes on from there bit for bit (same machine, same backend; Doom begins new episodes). With --steps a resumed run
may be made longer. Then: bl1 eval <folder>.`

export const trainCommand = (): Command =>
  new Command('train')
    .description('Trains an encoder and a decoder around a culture, or a network, by PPO or REINFORCE.')
    .argument('[config]', 'YAML or JSON config of a training (may be left out with --resume)')
    .addOption(new Option('--steps <n>', 'steps of all environments together').argParser(countOption))
    .addOption(new Option('--seed <k>', 'seed of culture, weights, draws and episodes').argParser(seedOption))
    .addOption(new Option('--seeds <n>', 'train n seeds, from the seed on, each in a folder of its own').argParser(countOption))
    .addOption(new Option('--jobs <j>', 'seeds trained side by side; the results do not depend on it').argParser(countOption).default(availableParallelism()))
    .addOption(new Option('--neurons <n>', 'neurons of the culture').argParser(countOption))
    .addOption(new Option('--backend <name>', 'what computes the networks').choices(['auto', 'node-gpu', 'node', 'wasm', 'cpu']))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--resume <dir>', 'go on with an interrupted run').conflicts(['out', 'seed', 'seeds', 'neurons', 'backend']))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((file: string | undefined, flags: TrainFlags, command: Command) => {
      if (file === undefined && flags.resume === undefined) command.error("error: missing required argument 'config'")
      return withInterrupt(async (signal) => {
        const { runTraining } = await import('./train/command.js')
        await runTraining(file, flags, signal)
      })
    })
