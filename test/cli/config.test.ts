/** `bl1 config`, the configs of the repository and their schema: all true, all of one mind. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { CONFIG_KINDS, SCHEMA_IDS, type ConfigKind } from '../../src/cli/configKinds.js'
import { experimentSchema } from '../../src/cli/experiment.js'
import { scratchFolder } from './run.js'
import { bl1Here } from './runHere.js'

const configs = fileURLToPath(new URL('../../configs/', import.meta.url))
const names = readdirSync(configs).filter((name) => name.endsWith('.yaml'))
const textOf = (name: string): string => readFileSync(join(configs, name), 'utf8')
const kindOf = (name: string): ConfigKind => (name.startsWith('train_') ? 'training' : 'experiment')

describe('bl1 config', () => {
  it('prints every value with its unit and where it came from', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'base.yaml'), 'culture:\n  neurons: 300\nloop:\n  tickMs: 20\n')
    writeFileSync(join(cwd, 'mine.yaml'), 'extends: base.yaml\nculture:\n  neurons: 200\n')
    const { code, stdout } = await bl1Here(['config', 'mine.yaml'], { cwd })
    expect(code).toBe(0)
    const rows = new Map(stdout.trimEnd().split('\n').map((line) => [line.split(/ {2,}/)[0], line.split(/ {2,}/).slice(1)]))
    expect(rows.get('culture.neurons')).toEqual(['200', 'cells', 'mine.yaml:3'])
    expect(rows.get('loop.tickMs')).toEqual(['20', 'ms', 'base.yaml:4'])
    expect(rows.get('feedback.unpredictableAmplitudeMv')).toEqual(['150', 'mV', 'default'])
    expect(rows.get('pong.rules')).toEqual(['paper', 'default'])
  })

  it('with --json prints one document with the config and the same table', async () => {
    const { code, stdout } = await bl1Here(['config', join(configs, 'pong-quick.yaml'), '--json'])
    expect(code).toBe(0)
    const value = z.object({ key: z.string(), value: z.unknown(), unit: z.string(), origin: z.string(), description: z.string().min(1) })
    const document = z.object({ config: experimentSchema, values: z.array(value) }).parse(JSON.parse(stdout))
    expect(document.values.find(({ key }) => key === 'culture.neurons')).toMatchObject({
      value: document.config.culture.neurons,
      unit: 'cells',
      origin: expect.stringMatching(/^pong-quick\.yaml:\d+$/),
    })
  })

  it.each([
    ['a misspelt key', 'protocol:\n  minuts: 3\n', /bad\.yaml:2:3: 'protocol\.minuts' is not a known key/],
    ['a syntax error', 'protocol: [1\n', /bad\.yaml:\d:\d+: this is not a valid config/],
    ['an empty file', '', /holds no keys/],
    ['a circle of configs', 'extends: bad.yaml\n', /extend one another in a circle/],
  ])('%s: exit 2 with file and line', async (_, yaml, reason) => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'bad.yaml'), yaml)
    const { code, stdout, stderr } = await bl1Here(['config', 'bad.yaml'], { cwd })
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('no file: exit 2', async () => {
    expect(await bl1Here(['config'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("missing required argument 'file'") })
  })
})

describe('the configs of the repository', () => {
  it.each(names)('%s is valid, and names the schema in its first line', async (name) => {
    const { code, stderr } = await bl1Here(['config', join(configs, name)])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(textOf(name).split('\n')[0]).toBe(`# yaml-language-server: $schema=./${SCHEMA_IDS[kindOf(name)]}`)
  })

  it.each(names)('%s has a comment at every number', (name) => {
    const numbers = textOf(name).split('\n').filter((line) => /^\s*\w+: -?[\d.]/.test(line))
    for (const line of numbers) expect(line).toMatch(/ # \S+/)
  })

  it('default.yaml holds every key, in the order of the schema, with its default', () => {
    const written: unknown = parse(textOf('default.yaml'))
    const defaults = experimentSchema.parse({})
    expect(written).toEqual(defaults)
    expect(JSON.stringify(written)).toBe(JSON.stringify(defaults))
  })
})

describe('bl1 config --schema', () => {
  const committed = (kind: ConfigKind): string => readFileSync(join(configs, SCHEMA_IDS[kind]), 'utf8')
  // zod reads the schema back on its own, without the tables it was made from.
  const readBack = (kind: ConfigKind): z.ZodType => z.fromJSONSchema(z.record(z.string(), z.json()).parse(JSON.parse(committed(kind))))
  const [experiments, trainings] = CONFIG_KINDS.map(readBack)

  it.each([
    ['experiment', ['config', '--schema']],
    ['training', ['config', '--schema', 'training']],
  ] as const)('of an %s is what the repository holds, byte for byte', async (kind, args) => {
    const { code, stdout } = await bl1Here(args)
    expect(code).toBe(0)
    expect(stdout).toBe(committed(kind))
  })

  it.each(names)('accepts %s', (name) => {
    expect((kindOf(name) === 'training' ? trainings : experiments).safeParse(parse(textOf(name))).error).toBeUndefined()
  })

  it.each([
    ['an unknown group', { trainig: {} }],
    ['an unknown key', { ppo: { gama: 0.9 } }],
    ['an unknown algorithm', { algorithm: 'dqn' }],
    ['a discount above 1', { ppo: { gamma: 1.5 } }],
  ])('of a training refuses %s', (_, config) => {
    expect(trainings.safeParse(config).success).toBe(false)
  })

  it.each([
    ['an unknown key', { culture: { neurnos: 1 } }],
    ['an unknown group', { cultrue: {} }],
    ['a number out of range', { encoder: { amplitudeMv: 1000 } }],
    ['half a neuron', { culture: { neurons: 1.5 } }],
    ['an unknown condition', { protocol: { conditions: ['fep', 'silnet'] } }],
    ['a word for a switch', { culture: { stdp: { enabled: 'on' } } }],
  ])('refuses %s', (_, config) => {
    expect(experiments.safeParse(config).success).toBe(false)
  })

  it.each(CONFIG_KINDS)('of kind %s gives every number its unit and every key its meaning', (kind) => {
    type Node = { properties?: Record<string, Node>; type?: string; description?: string; unit?: string; default?: unknown }
    const lacks = (node: Node, path: string): string[] =>
      Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
        const at = path === '' ? key : `${path}.${key}`
        const isNumber = child.type === 'number' || child.type === 'integer'
        const isValue = child.properties === undefined && !['$schema', 'extends'].includes(at)
        return [
          ...(child.description ? [] : [`${at}: no meaning`]),
          ...(isNumber && !child.unit ? [`${at}: no unit`] : []),
          ...(isValue && child.default === undefined ? [`${at}: no default`] : []),
          ...lacks(child, at),
        ]
      })
    const schema = JSON.parse(committed(kind)) as Node
    expect(Object.keys(schema.properties ?? {})).toContain('culture')
    expect(lacks(schema, '')).toEqual([])
  })
})
