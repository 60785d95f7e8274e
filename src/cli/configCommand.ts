/** `bl1 config`: is this config right, and what does it amount to? */
import { Command, Option } from 'commander'
import { configDocument, configJsonSchema, loadConfig, printConfig } from '../io/index.js'
import { CONFIG_KINDS, kindOfConfig, SCHEMA_IDS, schemaOfKind, type ConfigKind } from './configKinds.js'

interface ConfigFlags {
  readonly json?: boolean
  readonly schema?: ConfigKind
}

const HELP = `
Examples:
  bl1 config configs/pong-quick.yaml
  bl1 config configs/train_pong.yaml
  bl1 config --schema > configs/bl1-experiment.schema.json
  bl1 config --schema training > configs/bl1-training.schema.json`

export const configCommand = (): Command =>
  new Command('config')
    .description('Validates a config and prints every value with its unit and where it came from.')
    .argument('[file]', 'YAML or JSON config')
    .option('--json', 'print one JSON document')
    .addOption(new Option('--schema [kind]', 'print the JSON schema of configs instead, for editors').choices(CONFIG_KINDS).preset('experiment'))
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: ConfigFlags, command: Command) => {
      if (options.schema !== undefined) {
        const schema = configJsonSchema(await schemaOfKind(options.schema), SCHEMA_IDS[options.schema])
        process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`)
        return
      }
      if (file === undefined) return command.error("error: missing required argument 'file'")
      const schema = await schemaOfKind(kindOfConfig(file))
      const resolved = loadConfig(file, schema)
      const text = options.json === true ? JSON.stringify(configDocument(resolved, schema), null, 2) : printConfig(resolved, schema)
      process.stdout.write(`${text}\n`)
    })
