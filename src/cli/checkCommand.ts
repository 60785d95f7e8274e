/** `bl1 check`: does an environment keep the contract that loops, wrappers and learners rely on? */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { checkRules, formatReport, make, reportEnv, type CheckReport, type EnvSpec } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { registeredIds, registeredSpec } from './environments.js'
import { countOption } from './options.js'

interface CheckFlags {
  readonly steps: number
  readonly options?: EnvSpec['options']
  readonly wrappers?: NonNullable<EnvSpec['wrappers']>
  readonly module?: string
  readonly json?: boolean
}

const jsonObject = z.record(z.string(), z.json())
const wrapperList = z.array(z.strictObject({ name: z.string(), options: jsonObject.default({}) }))

/** JSON on the command line, of the form that `schema` says. */
const jsonOption =
  <S extends z.ZodType>(schema: S, expected: string) =>
  (text: string): z.output<S> => {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      throw new InvalidArgumentError(`expected ${expected} as JSON, got '${text}'.`)
    }
    const parsed = schema.safeParse(json)
    if (!parsed.success) throw new InvalidArgumentError(`expected ${expected}, got '${text}'.`)
    return parsed.data
  }

/** @throws Bl1Error `cli/module` */
const importModule = async (path: string): Promise<void> => {
  try {
    await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    throw new Bl1Error('cli/module', { path, reason: error instanceof Error ? error.message : String(error) })
  }
}

const documentOf = (spec: EnvSpec, { id, findings, checked }: CheckReport): object => ({
  id,
  spec,
  checked: checked.length,
  errors: findings.filter(({ level }) => level === 'error').length,
  warnings: findings.filter(({ level }) => level === 'warning').length,
  findings,
  rules: Object.entries(checkRules).map(([rule, said]) => ({ rule, ...said, checked: checked.some((one) => one === rule) })),
})

const list = (json: boolean): void => {
  const ids = registeredIds()
  process.stdout.write(json ? `${JSON.stringify({ ids })}\n` : `${ids.join('\n')}\n`)
}

/** Runs work of a user's own code: what it prints goes to stderr, so that a document on stdout stays alone. */
const printingToStderr = async <T>(work: () => Promise<T>): Promise<T> => {
  process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    return await work()
  } finally {
    // What lies beneath is the stream's own.
    Reflect.deleteProperty(process.stdout, 'write')
  }
}

const check = async (id: string, { steps, options = {}, wrappers }: CheckFlags): Promise<{ readonly spec: EnvSpec; readonly report: CheckReport }> => {
  const spec: EnvSpec = { ...registeredSpec(id), options, ...(wrappers === undefined ? {} : { wrappers }) }
  // What is wrong with the options is the user's affair, not the environment's.
  const made = await make(spec)
  await made.close()
  return { spec: made.spec, report: await reportEnv(() => make(spec), { steps }) }
}

/** @throws Bl1Error `env/broken` where a rule of level 'error' is broken */
const run = async (id: string | undefined, flags: CheckFlags): Promise<void> => {
  const { module, json = false } = flags
  const runTheirs = json ? printingToStderr : <T>(work: () => Promise<T>) => work()
  if (module !== undefined) await runTheirs(() => importModule(module))
  if (id === undefined) {
    list(json)
    return
  }
  const { spec, report } = await runTheirs(() => check(id, flags))
  const { findings, checked } = report
  const text = json ? JSON.stringify(documentOf(spec, report)) : `${id}\n\n${formatReport(findings, { rules: checkRules, checked })}`
  process.stdout.write(`${text}\n`)
  const broken = new Set(findings.filter(({ level }) => level === 'error').map(({ rule }) => rule))
  if (broken.size > 0) throw new Bl1Error('env/broken', { id, rules: [...broken] })
}

const HELP = `
Examples:
  bl1 check Pong-v0
  bl1 check CartPole-v1 --steps 10000 --options '{"renderMode":"ansi"}'
  bl1 check Pendulum-v1 --wrappers '[{"name":"TimeLimit","options":{"maxEpisodeSteps":50}}]'
  bl1 check Maze-v0 --module ./maze.js

Without an id it lists the ids there are. Each rule is ok, a warning (allowed, and often a mistake), an error, or not applicable (n/a);
what was seen stands under it. Exit code 1 when there is an error. A module of your own calls register() of 'bl1/env' for its id.`

export const checkCommand = (): Command =>
  new Command('check')
    .description('Checks that an environment keeps the contract, rule by rule.')
    .argument('[id]', 'registered environment, for example Pong-v0')
    .addOption(new Option('--steps <n>', 'steps of play, enough to see episodes end').argParser(countOption).default(2000))
    .addOption(new Option('--options <json>', 'options of the environment').argParser(jsonOption(jsonObject, 'an object of options')))
    .addOption(
      new Option('--wrappers <json>', 'wrappers around it, from the inside out').argParser(
        jsonOption(wrapperList, 'a list of { name, options }'),
      ),
    )
    .option('--module <path>', 'JavaScript module to import first: it registers an environment of your own')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((id: string | undefined, flags: CheckFlags) => run(id, flags))
