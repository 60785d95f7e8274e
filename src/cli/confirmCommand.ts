/** `bl1 confirm`: does a setting that a search found hold on cultures that the search never saw? */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { confirmSetting, type ConfirmFlags } from './confirm/command.js'
import { withInterrupt } from './context.js'
import { countOption, listOption, numberOption, seedOption } from './options.js'

const HELP = `
Examples:
  bl1 confirm runs/20261123-explore-1a2b3c4d/settings/0f1e2d3c4b5a.yaml
  bl1 confirm configs/pong-quick.yaml --seeds 40 --first-seed 5001
  bl1 confirm runs/20261124-confirm-1a2b3c4d/frozen.json --first-seed 2001

Before anything plays, frozen.json is written: the setting with this protocol, the number of settings tried, the seeds used before and those of this
confirmation, with a SHA-256 over all of it. Then the comparison runs once, with the report of bl1 compare.
Refused: seeds that were used (protocol.usedSeeds, and those of other confirmations of the same exploration, which are listed in its
confirmations.jsonl), a frozen.json that was edited, a confirmation that is finished.
Ctrl-C leaves finished trials on disk; --resume goes on to the identical result.`

export const confirmCommand = (): Command =>
  new Command('confirm')
    .description('Freezes a setting, then compares once on cultures that no search has seen.')
    .argument('<setting>', 'setting of an exploration, config (YAML or JSON), or frozen.json of an earlier confirmation')
    .addOption(new Option('--seeds <n>', 'number of cultures').argParser(countOption).default(20))
    .addOption(new Option('--first-seed <k>', 'seed of the first culture; the others follow').argParser(seedOption).default(1001))
    .addOption(new Option('--minutes <m>', 'minutes of play (default: as in the setting)').argParser(numberOption))
    .addOption(new Option('--conditions <a,b>', 'conditions to compare, separated by commas (default: as in the setting)').argParser(listOption))
    .addOption(new Option('--jobs <j>', 'worker threads; the results do not depend on it').argParser(countOption).default(availableParallelism()))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--resume <dir>', 'go on with an interrupted confirmation, same setting and options').conflicts('out'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((setting: string, flags: ConfirmFlags) => withInterrupt((signal) => confirmSetting(setting, flags, signal)))
