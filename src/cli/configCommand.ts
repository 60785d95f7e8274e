/** `bl1 config`: is this config right, and what does it amount to? */
import { Command } from 'commander'
import { configDocument, configJsonSchema, loadConfig, printConfig } from '../io/index.js'
import { experimentSchema } from './experiment.js'

/** Where editors look for the schema, from inside `configs/`. */
const SCHEMA_ID = 'bl1-experiment.schema.json'

export const configCommand = (): Command =>
  new Command('config')
    .description('Validates a config and prints every value with its unit and where it came from.')
    .argument('[file]', 'YAML or JSON config')
    .option('--json', 'print one JSON document')
    .option('--schema', 'print the JSON schema of configs instead, for editors')
    .addHelpText('after', '\nExamples:\n  bl1 config configs/pong-quick.yaml\n  bl1 config --schema > configs/bl1-experiment.schema.json')
    .action((file: string | undefined, options: { json?: boolean; schema?: boolean }, command: Command) => {
      if (options.schema === true) {
        process.stdout.write(`${JSON.stringify(configJsonSchema(experimentSchema, SCHEMA_ID), null, 2)}\n`)
        return
      }
      if (file === undefined) command.error("error: missing required argument 'file'")
      const resolved = loadConfig(file, experimentSchema)
      const text = options.json === true ? JSON.stringify(configDocument(resolved, experimentSchema), null, 2) : printConfig(resolved, experimentSchema)
      process.stdout.write(`${text}\n`)
    })
