/** `bl1 explore`: which settings might teach a culture? A random search with successive halving that keeps every setting it tried. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { withInterrupt } from './context.js'
import { explore, type ExploreFlags } from './explore/command.js'
import { countOption } from './options.js'

const HELP = `
Examples:
  bl1 explore configs/pong-quick.yaml --space configs/spaces/pong-feedback.yaml
  bl1 explore configs/pong-quick.yaml --space my-space.yaml --jobs 8 --out runs/search

A space file names paths of the config, with 'values: [...]' or 'from', 'to' (and 'scale: log', 'whole: true'), and how to search ('search:').
It leaves exploration.json, ranking.md and a config for every setting in settings/. The best of many settings looks better than it is:
'bl1 confirm' says on other seeds whether it holds. Settings tried are counted for this search and what the config declares
(protocol.settingsTried, protocol.usedSeeds): declare there what was tried before, searches that were given up included.
Ctrl-C leaves finished trials on disk; --resume goes on to the identical result.`

export const exploreCommand = (): Command =>
  new Command('explore')
    .description('Searches a space of settings on exploration seeds: random settings, successive halving, everything kept.')
    .argument('<config>', 'YAML or JSON config: what does not vary')
    .addOption(new Option('--space <file>', 'YAML or JSON file: what varies, and how to search').makeOptionMandatory())
    .addOption(new Option('--jobs <j>', 'worker threads; the results do not depend on it').argParser(countOption).default(availableParallelism()))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--resume <dir>', 'go on with an interrupted search, same config and space').conflicts('out'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((config: string, flags: ExploreFlags) => withInterrupt((signal) => explore(config, flags, signal)))
