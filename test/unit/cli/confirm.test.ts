/** `bl1 confirm` up to where it compares: what it writes down first, which seeds it refuses, and what it makes of edited or cut files. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { runComparison } from '../../../src/cli/compare/run.js'
import { confirmSetting, type ConfirmFlags } from '../../../src/cli/confirm/command.js'
import { freeze, readFrozen, writeFrozen } from '../../../src/cli/confirm/frozen.js'
import { experimentSchema } from '../../../src/cli/experiment.js'
import { Bl1Error } from '../../../src/errors.js'
import { provenance } from '../../../src/io/index.js'
import { scratchFolder } from '../../cli/run.js'
import { bl1Here } from '../../cli/runHere.js'

const SETTING = `title: A setting
culture: { neurons: 50 }
protocol:
  settingsTried: 24
  usedSeeds: [[1, 12]]
`
let home: string
let setting: string
const ledgerLines = (): string[] => readFileSync(join(home, 'search', 'confirmations.jsonl'), 'utf8').split('\n')

beforeEach(() => {
  home = scratchFolder()
  mkdirSync(join(home, 'search', 'settings'), { recursive: true })
  writeFileSync(join(home, 'search', 'exploration.json'), '{}')
  setting = join(home, 'search', 'settings', '0123456789ab.yaml')
  writeFileSync(setting, SETTING)
})

/** Where a comparison would begin: what was opened, and then the interruption. */
const stopped: typeof runComparison = (_contest, { openFolder }) => {
  openFolder()
  return Promise.reject(new Bl1Error('run/interrupted', { doing: 'the test' }))
}
const through: typeof runComparison = (_contest, { openFolder }) => {
  writeFileSync(join(openFolder().folder, 'results.json'), '{}')
  return Promise.resolve()
}
const confirm = (flags: Partial<ConfirmFlags>, compare = through, file = setting): Promise<void> =>
  confirmSetting(file, { seeds: 5, firstSeed: 1001, jobs: 1, ...flags }, new AbortController().signal, compare)

const frozenDocument = z.strictObject({
  experiment: z.looseObject({ protocol: z.looseObject({}) }),
  settingsTried: z.int(),
  usedSeeds: z.array(z.array(z.int())),
  seeds: z.array(z.int()),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  frozenAt: z.iso.datetime(),
  provenance: z.looseObject({ packageVersion: z.string() }),
})
const frozenIn = (folder: string) => frozenDocument.parse(JSON.parse(readFileSync(join(folder, 'frozen.json'), 'utf8')))

describe('a confirmation', () => {
  it('writes down setting, protocol, settings tried and all seeds before anything plays, and enters its seeds in the ledger', async () => {
    const out = join(home, 'out')
    const seen: unknown[] = []
    await confirm({ out, minutes: 7, conditions: ['fep', 'silent'] }, (_contest, plan) => {
      const { frozen, folder } = plan.openFolder()
      seen.push(readdirSync(folder), frozen?.sha256)
      return Promise.resolve()
    })
    const frozen = frozenIn(out)
    expect(seen).toEqual([['frozen.json'], frozen.sha256])
    expect(frozen).toMatchObject({
      settingsTried: 24,
      usedSeeds: [[1, 12]],
      seeds: [1001, 1005],
      experiment: { culture: { neurons: 50 }, protocol: { cultures: 5, firstSeed: 1001, playMinutes: 7, conditions: ['fep', 'silent'] } },
    })
    expect(ledgerLines().map((line) => (line === '' ? null : JSON.parse(line)))).toEqual([
      { sha256: frozen.sha256, seeds: [1001, 1005], folder: join('..', 'out'), frozenAt: frozen.frozenAt }, null,
    ])
  })

  it('goes on with --resume after it was stopped, on its own seeds and with what was frozen', async () => {
    const out = join(home, 'out')
    await expect(confirm({ out }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    const before = readFileSync(join(out, 'frozen.json'))
    await expect(confirm({ resume: out }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    await confirm({ resume: out })
    expect(readFileSync(join(out, 'frozen.json'))).toEqual(before)
    expect(ledgerLines()).toHaveLength(2)
  })

  it('enters its seeds on --resume when it was stopped before it could', async () => {
    const out = join(home, 'out')
    await expect(confirm({ out }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    rmSync(join(home, 'search', 'confirmations.jsonl'))
    await confirm({ resume: out })
    expect(ledgerLines()).toHaveLength(2)
  })

  it('runs once: a finished one is not gone on with', async () => {
    const out = join(home, 'out')
    await confirm({ out })
    await expect(confirm({ resume: out })).rejects.toMatchObject({ code: 'confirm/finished' })
  })

  it('refuses to go on with other options or another setting', async () => {
    const out = join(home, 'out')
    await expect(confirm({ out }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    await expect(confirm({ resume: out, seeds: 6 })).rejects.toThrow(/'protocol\.cultures' was 5 there and is 6 now/)
    writeFileSync(setting, SETTING.replace('50', '60'))
    await expect(confirm({ resume: out })).rejects.toThrow(/'culture\.neurons' was 50 there and is 60 now/)
  })
})

describe('seeds', () => {
  it.each([[1, 5], [12, 1], [0, 2], [0, 100]])('of the search are refused, from %d on %d cultures', async (firstSeed, seeds) => {
    await expect(confirm({ firstSeed, seeds, out: join(home, 'out'), conditions: ['fep', 'silent'] })).rejects.toThrow(/had been used by the search.*--first-seed 13\b/)
    expect(readdirSync(home)).toEqual(['search'])
  })

  it('of another confirmation of the same search are refused, one cut short by an interruption included; the next ones are named', async () => {
    await expect(confirm({ out: join(home, 'first') }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    const other = join(home, 'search', 'settings', 'fedcba987654.yaml')
    writeFileSync(other, SETTING.replace('50', '60'))
    await expect(confirm({ out: join(home, 'second'), firstSeed: 1005 }, through, other)).rejects.toThrow(/of these, 1005 had been used by the confirmation in '.*first' .*--first-seed 1006/)
    await confirm({ out: join(home, 'second'), firstSeed: 1006 }, through, other)
    expect(frozenIn(join(home, 'second')).usedSeeds).toEqual([[1, 12], [1001, 1005]])
  })

  it('of a frozen setting that is confirmed again are refused, and so are those of that confirmation', async () => {
    const out = join(home, 'out')
    await confirm({ out })
    const frozen = join(out, 'frozen.json')
    await expect(confirm({ out: join(home, 'again') }, through, frozen)).rejects.toMatchObject({ code: 'confirm/seeds-used' })
    await confirm({ out: join(home, 'again'), firstSeed: 2001 }, through, frozen)
    expect(frozenIn(join(home, 'again'))).toMatchObject({ settingsTried: 24, usedSeeds: [[1, 12], [1001, 1005]], seeds: [2001, 2005] })
    await expect(confirm({ out: join(home, 'third'), firstSeed: 2005 }, through, frozen)).rejects.toThrow(/2005 had been used by the confirmation/)
  })

  it('that two confirmations enter at the same moment belong to the first', async () => {
    const both: typeof runComparison = async (_contest, plan) => {
      await confirm({ out: join(home, 'first') })
      plan.openFolder()
    }
    await expect(confirm({ out: join(home, 'second') }, both)).rejects.toMatchObject({ code: 'confirm/seeds-used' })
    expect(existsSync(join(home, 'first', 'results.json'))).toBe(true)
    // the first goes on after an interruption, whatever was entered after it; the second never does
    rmSync(join(home, 'first', 'results.json'))
    await confirm({ resume: join(home, 'first') })
    await expect(confirm({ resume: join(home, 'second') })).rejects.toMatchObject({ code: 'confirm/seeds-used' })
  })
})

describe('one folder', () => {
  it('belongs to the confirmation that wrote its frozen setting first', () => {
    const frozen = freeze(experimentSchema.parse({}), { seeds: [1, 8], usedSeeds: [], provenance: provenance() })
    const folder = join(home, 'search')
    writeFrozen(folder, frozen)
    expect(() => writeFrozen(folder, frozen)).toThrow(expect.objectContaining({ code: 'confirm/started' }))
    expect(readFrozen(join(folder, 'frozen.json'))).toEqual(JSON.parse(JSON.stringify(frozen)))
  })
})

describe('a frozen setting that is not what was written', () => {
  it.each([
    ['a value', (text: string) => text.replace('"neurons": 50', '"neurons": 51')],
    ['the number of settings tried', (text: string) => text.replace('"settingsTried": 24,\n  "usedSeeds"', '"settingsTried": 2,\n  "usedSeeds"')],
    ['the seeds used', (text: string) => text.replaceAll(/12\n/g, '11\n')],
    ['the hash', (text: string) => text.replace(/"sha256": "./, '"sha256": "x')],
    ['the hash left out', (text: string) => text.replace(/,\s*"sha256": "\w+"/, '')],
    ['the end cut off', (text: string) => text.slice(0, -20)],
    ['nothing left', () => ''],
  ])('%s: is neither gone on with nor confirmed again', async (_, edit) => {
    const out = join(home, 'out')
    await expect(confirm({ out }, stopped)).rejects.toMatchObject({ code: 'run/interrupted' })
    const file = join(out, 'frozen.json')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, edit(before))
    expect(readFileSync(file, 'utf8')).not.toBe(before)
    await expect(confirm({ resume: out })).rejects.toMatchObject({ code: 'confirm/edited' })
    await expect(confirm({ out: join(home, 'again'), firstSeed: 5001 }, through, file)).rejects.toMatchObject({ code: 'confirm/edited' })
    expect(existsSync(join(home, 'again'))).toBe(false)
  })
})

describe('the ledger', () => {
  it('loses a last line that was cut short, whose confirmation never ran, and is refused when damaged elsewhere', async () => {
    await confirm({ out: join(home, 'first') })
    const ledger = join(home, 'search', 'confirmations.jsonl')
    appendFileSync(ledger, '{"sha256":"01')
    await confirm({ out: join(home, 'second'), firstSeed: 2001 })
    expect(ledgerLines().slice(0, 2).map((line) => z.looseObject({ seeds: z.array(z.int()) }).parse(JSON.parse(line)).seeds)).toEqual([[1001, 1005], [2001, 2005]])
    appendFileSync(ledger, '{"sha256":"01\n')
    await expect(confirm({ out: join(home, 'third'), firstSeed: 3001 })).rejects.toThrow(/Line 3 of .* is damaged \(it is not JSON\)/)
    expect(existsSync(join(home, 'third'))).toBe(false)
  })
})

describe('bad input', () => {
  it.each([
    ['no setting', [], /missing required argument 'setting'/],
    ['a setting that is not there', ['settigns.yaml'], /There is no config 'settigns\.yaml'/],
    ['zero seeds', ['s.yaml', '--seeds', '0'], /expected a whole number of at least 1/],
    ['a negative first seed', ['s.yaml', '--first-seed', '-1'], /expected a whole number of at least 0/],
    ['a first seed that is no number', ['s.yaml', '--first-seed', 'NaN'], /expected a number, got 'NaN'/],
    ['seeds beyond what there is', ['s.yaml', '--first-seed', '9007199254740991'], /--first-seed: 'protocol\.firstSeed' must be at most/],
    ['no minutes', ['s.yaml', '--minutes', '0'], /--minutes: 'protocol\.playMinutes' must be above 0/],
    ['open_loop with one culture', ['s.yaml', '--seeds', '1'], /\(compare\/yoked\)/],
    ['seeds that were used', ['s.yaml', '--first-seed', '12'], /had been used by the search.*--first-seed 13.*\(confirm\/seeds-used\)/],
    ['a folder that is not empty', ['s.yaml', '--seeds', '2', '--jobs', '1', '--out', '.'], /already holds s\.yaml/],
    ['a folder to resume that is not there', ['s.yaml', '--resume', 'nowhere'], /no folder 'nowhere' to go on with/],
    ['a folder to resume with nothing in it', ['s.yaml', '--resume', '.'], /no confirmation to go on with.*\(confirm\/missing\)/],
  ])('%s: exit 2 with the reason, and nothing is written', async (_, args, reason) => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 's.yaml'), SETTING)
    const { code, stdout, stderr } = await bl1Here(['confirm', ...args], { cwd })
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(readdirSync(cwd)).toEqual(['s.yaml'])
  })
})
