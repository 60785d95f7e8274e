import { mkdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../../src/io/config.js'
import { Bl1Error } from '../../../src/errors.js'
import { choice, flag, group, quantity } from '../../../src/parameters.js'
import { caught, folderWith, temporaryFolder } from './support.js'

const schema = group({
  minutes: quantity({ default: 20, unit: 'min', above: 0, max: 600, doc: 'Length of a session.' }),
  conditions: z.array(z.enum(['fep', 'silent', 'rest'])).default(['fep', 'silent']),
  culture: group({
    neurons: quantity({ default: 1000, unit: '1', min: 1, integer: true, doc: 'Number of neurons.' }),
    tauMs: quantity({ default: 5.5, unit: 'ms', above: 0, doc: 'Time constant.' }),
    plastic: flag(true, 'Whether synapses change.'),
  }, 'The culture.'),
  rules: choice(['bounce', 'serve'], 'bounce', 'Rules of the game.'),
}, 'An experiment.')

const load = (text: string, name = 'pong.yaml') => loadConfig(folderWith({ [name]: text })(name), schema)
const failure = (text: string, name = 'pong.yaml') => caught(() => load(text, name))

describe('loadConfig', () => {
  it('gives every value and says where each came from', () => {
    const at = folderWith({
      'default.yaml': '# base\nminutes: 30\n\nculture:\n  neurons: 500\n  tauMs: 7\n',
      'quick.yaml': '$schema: ./schema.json\nextends: default.yaml\nculture:\n  neurons: 200 # fewer\nconditions: [fep]\n',
    })
    const overrides = [
      { path: 'rules', value: 'serve', origin: '--rules' },
      { path: 'minutes', value: undefined, origin: '--minutes' },
    ]
    const { config, origins, files } = loadConfig(at('quick.yaml'), schema, { overrides })
    expect(config).toEqual({ minutes: 30, conditions: ['fep'], culture: { neurons: 200, tauMs: 7, plastic: true }, rules: 'serve' })
    expect(origins).toEqual({
      minutes: 'default.yaml:2',
      conditions: 'quick.yaml:5',
      'culture.neurons': 'quick.yaml:4',
      'culture.tauMs': 'default.yaml:6',
      'culture.plastic': 'default',
      rules: '--rules',
    })
    expect(files.map((file) => relative(at('.'), file))).toEqual(['quick.yaml', 'default.yaml'])
  })

  it('reads JSON, tabs included', () => {
    const { config, origins } = load('{\n\t"culture": {\n\t\t"neurons": 12\n\t}\n}', 'a.json')
    expect(config.culture.neurons).toBe(12)
    expect(origins['culture.neurons']).toBe('a.json:3')
  })

  it('follows anchors, and places their values where the alias stands', () => {
    const { config } = load('minutes: &m 7\nculture:\n  tauMs: *m\n')
    expect(config.culture.tauMs).toBe(7)
  })

  it('lets an option reach into a group that the file does not mention', () => {
    const at = folderWith({ 'a.yaml': 'minutes: 1\n' })
    const { config, origins } = loadConfig(at('a.yaml'), schema, { overrides: [{ path: 'culture.neurons', value: 9, origin: '--neurons' }] })
    expect(config.culture).toEqual({ neurons: 9, tauMs: 5.5, plastic: true })
    expect(origins['culture.neurons']).toBe('--neurons')
  })

  it('gives the origin of a value to the parts that a schema makes of it', () => {
    const split = z.strictObject({ size: z.string().transform((text) => ({ rows: Number(text[0]), columns: Number(text[2]) })) })
    const { config, origins } = loadConfig(folderWith({ 'a.yaml': '\nsize: 8x8\n' })('a.yaml'), split)
    expect(config).toEqual({ size: { rows: 8, columns: 8 } })
    expect(origins).toEqual({ 'size.rows': 'a.yaml:2', 'size.columns': 'a.yaml:2' })
  })

  it('names file, line and column of an unknown key, and the key that was meant', () => {
    const error = failure('minutes: 1\nculture:\n  neuron: 5\n')
    expect(error.code).toBe('parameter/unknown')
    expect(error.message).toMatch(/pong\.yaml:3:3: 'culture\.neuron' is not a known key\. Did you mean 'neurons'\?/)
  })

  it.each([
    ['culture:\n  neurons: -5\n', /pong\.yaml:2:3: 'culture\.neurons' must be at least 1, but it is -5/],
    ['culture:\n  neurons: 1.5\n', /pong\.yaml:2:3: .* must be a whole number, but it is 1\.5/],
    ['minutes: .nan\n', /pong\.yaml:1:1: 'minutes' must be .*NaN/],
    ['minutes: 1e999\n', /pong\.yaml:1:1: 'minutes' must be .*Infinity/],
    ['minutes: "20"\n', /'minutes' must be a number, but it is '20'/],
    ['\n\nrules: server\n', /pong\.yaml:3:1: 'rules' must be one of 'bounce', 'serve', but it is 'server'/],
    ['conditions:\n  - fep\n  - loud\n', /pong\.yaml:3:5: 'conditions\.1'/],
    ['culture: 5\n', /pong\.yaml:1:1: 'culture' must be an object, but it is 5/],
  ])('refuses %j with its place', (text, message) => {
    const error = failure(text)
    expect(error.code).toBe('parameter/invalid')
    expect(error.message).toMatch(message)
  })

  it('names the file that holds the wrong key, not the one that extends it', () => {
    const at = folderWith({ 'base.yaml': 'minutes: -1\n', 'top.yaml': 'extends: base.yaml\n' })
    expect(caught(() => loadConfig(at('top.yaml'), schema)).message).toMatch(/base\.yaml:1:1: 'minutes' must be above 0/)
  })

  it('names the option that holds a wrong value', () => {
    const at = folderWith({ 'a.yaml': 'minutes: 1\n' })
    const error = caught(() => loadConfig(at('a.yaml'), schema, { overrides: [{ path: 'minutes', value: -3, origin: '--minutes' }] }))
    expect(error.message).toMatch(/^--minutes: 'minutes' must be above 0, but it is -3/)
  })

  it.each([
    ['duplicate keys', 'minutes: 1\nminutes: 2\n', 'config/syntax', ':2:1:'],
    ['tabs as indentation', 'culture:\n\tneurons: 5\n', 'config/syntax', ':2:1:'],
    ['an unclosed list', 'conditions: [fep\n', 'config/syntax', ':2:1:'],
    ['an unknown tag', 'minutes: !js 5\n', 'config/syntax', ':1:10:'],
    ['several documents', 'minutes: 1\n---\nminutes: 2\n', 'config/syntax', ':2:1:'],
    ['an alias without anchor', 'minutes: *nothing\n', 'config/syntax', ':1:1:'],
    ['a list at the top', '- 1\n- 2\n', 'config/syntax', ':1:1:'],
    ['a key that is a list', '? [a, b]\n: 1\n', 'config/syntax', ':1:3:'],
    ['an empty file', '', 'config/empty', 'pong.yaml'],
    ['comments alone', '# minutes: 5\n', 'config/empty', 'pong.yaml'],
  ])('refuses %s', (_, text, code, place) => {
    const error = failure(text)
    expect(error.code).toBe(code)
    expect(error.message).toContain(place)
  })

  it('refuses aliases that expand without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)]
    expect(failure(bomb.join('\n')).code).toBe('config/too-large')
    expect(failure('a: &a [*a]\n').code).toBe('config/too-large')
  })

  it('refuses binary, folders and missing files, and knows which file was meant', () => {
    const at = folderWith({ 'bad.yaml': Uint8Array.of(0xff, 0xfe, 0x00, 0x41), 'zero.yaml': 'a: \0\n', 'pong-quick.yaml': '{}' })
    mkdirSync(at('folder'))
    expect(caught(() => loadConfig(at('bad.yaml'), schema)).code).toBe('config/unreadable')
    expect(caught(() => loadConfig(at('zero.yaml'), schema)).code).toBe('config/unreadable')
    expect(caught(() => loadConfig(at('folder'), schema)).message).toContain('it is a folder')
    const missing = caught(() => loadConfig(at('pong-quik.yaml'), schema))
    expect(missing.code).toBe('config/missing')
    expect(missing.message).toContain("Did you mean 'pong-quick.yaml'?")
    expect(caught(() => loadConfig(`${temporaryFolder()}/none/x.yaml`, schema)).code).toBe('config/missing')
  })

  it('refuses configs that extend one another in a circle, and an extends that is no path', () => {
    const at = folderWith({ 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: ./a.yaml\n', 'c.yaml': 'minutes: 1\nextends: [a.yaml]\n' })
    const error = caught(() => loadConfig(at('a.yaml'), schema))
    expect(error.code).toBe('config/extends-cycle')
    expect(error.message).toContain('a.yaml -> b.yaml -> a.yaml')
    expect(caught(() => loadConfig(at('c.yaml'), schema)).message).toContain('c.yaml:2:1')
  })

  it('takes an empty record for all defaults', () => {
    expect(load('{}').config).toEqual(schema.parse({}))
  })

  it('answers any bytes with a config or a Bl1Error, and never lets a prototype be changed', () => {
    const at = folderWith({ 'fuzz.yaml': '' })
    const words = fc.constantFrom('minutes', 'culture', ': ', '\n', '  ', '- ', '&a ', '*a', '{', '}', '[', ']', '"', '#', '!', '|', '5', '__proto__', '\t', '---\n')
    const text = fc.oneof(fc.array(words, { maxLength: 25 }).map((parts) => parts.join('')), fc.string({ unit: 'binary' }))
    fc.assert(fc.property(text, (content) => {
      const file = folderWith({ 'fuzz.yaml': content })('fuzz.yaml')
      try {
        loadConfig(file, schema)
      } catch (error) {
        expect(error).toBeInstanceOf(Bl1Error)
      }
      expect(Object.keys(Object.prototype)).toEqual([])
    }), { numRuns: 300 })
    expect(readFileSync(at('fuzz.yaml'), 'utf8')).toBe('')
    expect(failure('__proto__:\n  minutes: 5\n').code).toBe('parameter/unknown')
  })
})
