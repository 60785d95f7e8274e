/** Every example, built and run as a user runs it, with a tiny budget: it must work and say what it promises. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const BUILD_LIMIT_MS = 120_000

/** Runs a file of the clone; what it wrote to stdout. */
const node = (file: string, env: Readonly<Record<string, string>> = {}): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}
const example = (name: string, env: Readonly<Record<string, string>>): string => node(join('dist', 'examples', `${name}.js`), env)

beforeAll(() => {
  spawnSync(process.execPath, [join('scripts', 'prepare.mjs')], { cwd: root, stdio: 'ignore' })
}, BUILD_LIMIT_MS)

describe('the examples', () => {
  it('are all run here', () => {
    expect(readdirSync(join(root, 'examples')).sort()).toEqual([
      'closed-loop.ts',
      'compare-two-conditions.ts',
      'culture-in-your-loop.ts',
      'custom-encoder.ts',
      'doom.ts',
      'learning-culture.ts',
      'own-environment.ts',
      'stimulate-and-listen.ts',
      'train-pong-encoder.ts',
    ])
  })

  it('closed-loop: prints rallies and the hit rate beside chance, the same every time', () => {
    const output = example('closed-loop', { BL1_EXAMPLE_MINUTES: '0.3' })
    const [, balls, spikes, pulses] = (/^in 0\.3 min: balls (\d+), spikes (\d+), pulses (\d+)$/m.exec(output) ?? []).map(Number)
    expect(balls).toBeGreaterThan(0)
    expect(spikes).toBeGreaterThan(100)
    expect(pulses).toBeGreaterThan(10)
    const rallies = (/^rallies \(hits before each miss\): ([\d ]+)$/m.exec(output)?.[1] ?? '').split(' ').map(Number)
    const hits = Number(/^hit rate: (\d\.\d\d)$/m.exec(output)?.[1]) * balls
    // Each rally that ended took a ball for its miss; the hits are at least those of the rallies that ended.
    expect(rallies.length).toBeLessThanOrEqual(balls)
    expect(Math.round(hits)).toBeGreaterThanOrEqual(rallies.reduce((sum, length) => sum + length, 0))
    // A paddle of 1/3 of the field that stays inside it: 1/3, and (1/3) / (2/3) hits a rally.
    expect(output).toContain('chance: hit rate 0.33, 0.50 hits a rally')
    expect(example('closed-loop', { BL1_EXAMPLE_MINUTES: '0.3' })).toBe(output)
  })

  it('learning-culture: counts its pauses and prints the skill of the taught culture and of its twin', () => {
    const output = example('learning-culture', { BL1_EXAMPLE_MINUTES: '0.5' })
    expect(Number(/^taught by (\d+) pauses in 0\.5 min$/m.exec(output)?.[1])).toBeGreaterThan(100)
    const skills = [...output.matchAll(/(?:before|after) (-?\d\.\d\d)/g)].map(([, number]) => Number(number))
    expect(skills).toHaveLength(3)
    for (const skill of skills) expect(Math.abs(skill)).toBeLessThan(1)
  })

  it('own-environment: is what the guide says, block by block, and prints what the guide shows', () => {
    const guide = readFileSync(join(root, 'docs', 'own-environment.md'), 'utf8')
    const program = readFileSync(join(root, 'examples', 'own-environment.ts'), 'utf8')
    const blocks = [...guide.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
    expect(blocks.length).toBeGreaterThan(5)
    for (const block of blocks) expect(program).toContain(block)
    const environment = program.slice(program.indexOf('const walkParameters'), program.indexOf('const findings'))
    expect(environment.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(40)
    expect(guide).toContain(example('own-environment', {}))
  })

  it('doom: plays by chance and by a culture, the same every time', () => {
    const output = example('doom', { BL1_EXAMPLE_MINUTES: '0.2' })
    expect(output).toMatch(/^by chance: (goal|engineTimeout) after \d+ tics, return -?\d+$/m)
    expect(Number(/by a culture: (\d+) episodes?, mean return -?[\d.]+, \d+ spikes, \d+ pulses$/m.exec(output)?.[1])).toBeGreaterThan(0)
    for (const head of ['strafe', 'attack']) {
      const [, shares = ''] = new RegExp(`^${head}: none (.*)$`, 'm').exec(output) ?? []
      expect(shares).toMatch(/%/)
    }
    expect(example('doom', { BL1_EXAMPLE_MINUTES: '0.2' })).toBe(output)
  })

  it('stimulate-and-listen: the electrode hears the cells it pulsed', () => {
    const output = example('stimulate-and-listen', { BL1_EXAMPLE_PULSES: '3' })
    expect(output.match(/^pulse \d: spikes at electrode 27 \d+ before, \d+ after$/gm)).toHaveLength(3)
    const [, before, after] = (/^at the electrode: ([\d.]+) before, ([\d.]+) after$/m.exec(output) ?? []).map(Number)
    expect(after).toBeGreaterThan(before + 1)
    expect(output).toMatch(/^in the whole dish: [\d.]+ before, [\d.]+ after$/m)
  })

  it('culture-in-your-loop: a culture plays whole episodes and lives as long as it plays', () => {
    const output = example('culture-in-your-loop', { BL1_EXAMPLE_EPISODES: '2' })
    const episodes = [...output.matchAll(/^episode \d: (\d+) steps, \d+ spikes at 51 electrodes in the last one$/gm)].map(([, steps]) => Number(steps))
    expect(episodes).toHaveLength(2)
    // Ten seconds of settling, three hundred steps without a game, then 100 ms for each step.
    const seconds = 10 + 0.1 * (300 + episodes.reduce((sum, steps) => sum + steps, 0))
    expect(output).toContain(`the culture is ${seconds.toFixed(1)} s old`)
  })

  it('custom-encoder: only the decoder learns', () => {
    const output = example('custom-encoder', { BL1_EXAMPLE_STEPS: '1000' })
    // Eight rates and eight currents that may be told from the spikes, three actions, no bias.
    expect(output).toMatch(/^what learns: decoder, 48 weights$/m)
    expect(output).toMatch(/^steps 1024: \d+ rallies, mean return -?\d\.\d\d$/m)
    expect(output).not.toMatch(/NaN|undefined/)
  })

  it('train-pong-encoder: is one program of less than 250 lines, plays, learns and compares', () => {
    expect(readFileSync(join(root, 'examples', 'train-pong-encoder.ts'), 'utf8').split('\n').length).toBeLessThan(250)
    const output = example('train-pong-encoder', { BL1_EXAMPLE_STEPS: '1000', BL1_EXAMPLE_NEURONS: '50' })
    const [, rallies, mean] = (/^steps 1024: mean return of the last (\d+) rallies (-?[\d.]+), entropy \d\.\d+, explained variance /m.exec(output) ?? []).map(Number)
    expect(rallies).toBeGreaterThan(5)
    // A rally that ends with a miss returns its hits minus one.
    expect(mean).toBeGreaterThanOrEqual(-1)
    expect(output).toMatch(/^hits a rally: with spikes \d\.\d\d, without \d\.\d\d$/m)
    expect(output).not.toMatch(/NaN|undefined/)
  })

  it('compare-two-conditions: runs every pair and says what it means', () => {
    const output = example('compare-two-conditions', { BL1_EXAMPLE_CULTURES: '2', BL1_EXAMPLE_MINUTES: '0.2' })
    for (const culture of [1, 2]) {
      for (const condition of ['fep', 'open_loop', 'silent']) expect(output).toMatch(new RegExp(`^culture ${culture} under ${condition}: balls \\d+$`, 'm'))
    }
    expect(output).toMatch(/^open_loop: gain in the frozen probe /m)
    expect(output).toMatch(/^2 simulated cultures of 250 neurons played Pong for 0\.2 min under each of 3 conditions/m)
    // Two cultures can show nothing, and it says so.
    expect(output).toContain('With 2 cultures and 2 comparisons no result could have been significant')
    expect(output).not.toMatch(/NaN|undefined|learned from the feedback\./)
  })
})
