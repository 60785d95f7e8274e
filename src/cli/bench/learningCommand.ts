/** `bl1 bench learning`: do the algorithms learn what is known to be learnable, and how do they compare with stable-baselines3's? */
import { Command, InvalidArgumentError, Option } from 'commander'
import { RESULTS_FILE } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countUpTo, listOption } from '../options.js'
import type { LearningFlags } from './learning/command.js'
import { QUICK_SEEDS, SEEDS, TASK_NAMES } from './learning/tasks.js'

const MOST_SEEDS = 1000
const MOST_JOBS = 64

const tasksOption = (text: string): string[] => {
  const words = listOption(text)
  if (words.length === 0) throw new InvalidArgumentError(`expected names separated by commas, got '${text}'.`)
  return words
}

const HELP = `
Examples:
  bl1 bench learning --quick
  bl1 bench setup --learning && bl1 bench learning
  bl1 bench learning --tasks pendulum-ppo --seeds 3

Tasks: ${TASK_NAMES.join(', ')}.
Trains agents without a culture from ${SEEDS} seeds each, plays 100 held-out episodes with each, and draws the learning curves beside those of
stable-baselines3's PPO with the same settings, where 'bl1 bench setup --learning' has installed it. A training takes a minute or two of one
core, all of them about half an hour of two. Each is kept as it ends (${RESULTS_FILE} in the folder): after Ctrl-C, and when called for one task
after the other, the same command goes on from there. An empty folder begins anew. BL1_PYTHON names
an interpreter for stable-baselines3.`

export const benchLearningCommand = (): Command =>
  new Command('learning')
    .description('Trains PPO and REINFORCE on tasks whose answers are known, beside stable-baselines3 with the same settings.')
    .option('--quick', 'two seeds and hardly any training: shows that it works')
    .addOption(new Option('--tasks <a,b>', 'tasks, separated by commas (default: all)').argParser(tasksOption))
    .addOption(new Option('--seeds <n>', `seeds of each task, from 1 (default: ${SEEDS}; --quick ${QUICK_SEEDS})`).argParser(countUpTo(MOST_SEEDS)))
    .addOption(new Option('--jobs <n>', 'trainings at a time').argParser(countUpTo(MOST_JOBS)).default(2))
    .option('--no-peers', 'train this package alone')
    .option('--out <dir>', 'folder for the results; what is finished there is kept (default: bench/results/learning; --quick runs/learning-quick)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: LearningFlags) =>
      withInterrupt(async (signal) => {
        const { runLearningBench } = await import('./learning/command.js')
        await runLearningBench(flags, signal)
      }),
    )
