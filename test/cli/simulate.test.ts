/** `bl1 simulate` as a user runs it: files, exit codes, one JSON document, bad input, Ctrl-C. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bl1, scratchFolder } from './run.js'
import { bl1Here } from './runHere.js'

const CONFIG = 'configs/wagenaar_calibrated.yaml'
const TINY = ['simulate', CONFIG, '--neurons', '100', '--seconds', '2']

const statistics = z.object({
  folder: z.string().optional(),
  seeds: z.array(z.number()),
  rows: z.array(z.object({ seed: z.number(), spikes: z.number(), realTimeFactor: z.number(), checks: z.array(z.object({ name: z.string(), source: z.string() })) })),
  culture: z.object({ neurons: z.number() }),
  provenance: z.object({ packageVersion: z.string(), nodeVersion: z.string() }),
})
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')

describe('a recording', () => {
  it('prints each statistic with its range and writes spikes, statistics and figures', async () => {
    const out = join(scratchFolder(), 'new')
    const { code, stdout } = await bl1([...TINY, '--out', out])
    expect(code).toBe(0)
    expect(stdout).toMatch(/mean rate.*0\.1 to 5 Hz.*(pass|FAIL)/)
    expect(stdout).toMatch(/of 6 criteria met/)
    expect(readdirSync(out).sort()).toEqual([
      'array.png', 'array.svg', 'calibration.png', 'calibration.svg', 'isi.png', 'isi.svg', 'population-rate.png', 'population-rate.svg',
      'raster.png', 'raster.svg', 'spikes.csv', 'statistics.json',
    ])
    const written = statistics.parse(JSON.parse(read(out, 'statistics.json')))
    expect(written.culture.neurons).toBe(100)
    const [head, ...rows] = read(out, 'spikes.csv').trimEnd().split('\n')
    expect(head).toBe('time_ms,neuron,type')
    expect(rows).toHaveLength(written.rows[0]?.spikes ?? Number.NaN)
    // recorded from 10 s (settling) to 12 s
    for (const row of rows) expect(row).toMatch(/^1[01]\d{3}(\.5)?,\d{1,2},(regularSpiking|intrinsicallyBursting|chattering|fastSpiking|lowThresholdSpiking)$/)
  })

  it('with --json prints one document and nothing else, one row a seed, whatever the number of jobs', async () => {
    const scratch = scratchFolder()
    const runs = await Promise.all(
      ['1', '3'].map((jobs) => bl1([...TINY, '--seed', '7', '--seeds', '3', '--json', '--jobs', jobs, '--out', join(scratch, jobs)])),
    )
    const documents = runs.map(({ code, stdout }) => {
      expect(code).toBe(0)
      return statistics.parse(JSON.parse(stdout))
    })
    const shown = documents.map(({ rows }) => rows.map((row) => ({ ...row, realTimeFactor: 0 })))
    expect(shown[0]?.map(({ seed }) => seed)).toEqual([7, 8, 9])
    expect(shown[1]).toEqual(shown[0])
  })

  it('with --hours prints a row every ten minutes', async () => {
    const { code, stdout } = await bl1(['simulate', CONFIG, '--neurons', '20', '--hours', '0.2', '--out', join(scratchFolder(), 'new')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 +│ 0-10 /)
    expect(stdout).toMatch(/1 +│ 10-12 /)
  })
})

describe('a probe', () => {
  it('writes the stimulation table as JSON, CSV and picture', async () => {
    const out = join(scratchFolder(), 'new')
    const { code, stdout } = await bl1(['simulate', CONFIG, '--neurons', '200', '--probe', '--amplitudes', '80,0', '--pulses', '2', '--seeds', '1', '--json', '--out', out])
    expect(code).toBe(0)
    const document = z.object({ amplitudes: z.array(z.object({ depolarisationMv: z.number(), amplitudeMv: z.number() })), runs: z.array(z.unknown()) })
    const { amplitudes, runs } = document.parse(JSON.parse(stdout))
    // 0.25 mV of depolarisation a mV of pulse
    expect(amplitudes.map(({ depolarisationMv, amplitudeMv }) => [depolarisationMv, amplitudeMv])).toEqual([[0, 0], [80, 320]])
    expect(runs).toHaveLength(2 * 4)
    expect(readdirSync(out).sort()).toEqual(['evoked.csv', 'evoked.json', 'evoked.png', 'evoked.svg'])
    expect(read(out, 'evoked.csv').split('\n')[1]).toMatch(/^0,0,/)
  })
})

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['negative seconds', [CONFIG, '--seconds', '-5'], /--seconds: 'simulation\.recordSeconds' must be above 0, but it is -5\./],
    ['seconds that are no number', [CONFIG, '--seconds', 'NaN'], /expected a number, got 'NaN'/],
    ['seconds off the grid of steps', [CONFIG, '--seconds', '0.0003'], /0\.5 ms steps/],
    ['zero neurons', [CONFIG, '--neurons', '0'], /at least 1, got '0'/],
    ['too many seeds', [CONFIG, '--seeds', '1000000000'], /--seeds: 'protocol\.cultures' must be at most 10000/],
    ['zero seeds', [CONFIG, '--seeds', '0'], /at least 1, got '0'/],
    ['a negative seed', [CONFIG, '--seed', '-1'], /at least 0, got '-1'/],
    ['more cultures than memory', [CONFIG, '--neurons', '1000000', '--seeds', '1000', '--jobs', '1000'], /needs about \d+ MiB.*culture\/too-large/],
    ['an amplitude beyond saturation', [CONFIG, '--probe', '--amplitudes', '0,200'], /at most 160 mV/],
    ['a negative amplitude', [CONFIG, '--probe', '--amplitudes', '-3'], /numbers of mV from 0/],
    ['--pulses without --probe', [CONFIG, '--pulses', '3'], /need --probe/],
    ['--hours with --seconds', [CONFIG, '--hours', '1', '--seconds', '3'], /cannot be used with/],
    ['a missing config', ['configs/wagenaar_calibrate.yml'], /There is no config.*Did you mean 'wagenaar_calibrated\.yaml'/],
  ]
  it.each(cases)('%s: exit 2 with the reason, and no folder', async (_, args, reason) => {
    const out = join(scratchFolder(), 'new')
    const { code, stdout, stderr } = await bl1Here(['simulate', ...args, '--out', out])
    expect(stderr).toMatch(reason)
    expect({ code, stdout, made: existsSync(out) }).toEqual({ code: 2, stdout: '', made: false })
  })

  it('names an unknown key, where it stands and what was meant', async () => {
    const file = join(scratchFolder(), 'bad.yaml')
    writeFileSync(file, 'culture:\n  neurones: 5\n')
    const { code, stderr } = await bl1Here(['simulate', file])
    expect(code).toBe(2)
    expect(stderr).toMatch(/bad\.yaml:2:3: 'culture\.neurones' is not a known key\. Did you mean 'neurons'/)
  })

  it('leaves a folder alone that is not empty, and refuses one that cannot be made', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    const [full, impossible] = await Promise.all([bl1([...TINY, '--out', folder]), bl1([...TINY, '--out', join(folder, 'mine.txt', 'new')])])
    expect([full.code, impossible.code]).toEqual([2, 2])
    expect(full.stderr).toMatch(/already holds mine\.txt/)
    expect(impossible.stderr).toMatch(/cannot be used/)
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  })
})

describe('Ctrl-C', () => {
  it('exits with 130 and leaves no folder when nothing was finished', async () => {
    const out = join(scratchFolder(), 'new')
    const { code, stdout, stderr } = await bl1(['simulate', CONFIG, '--neurons', '100', '--seconds', '36000', '--out', out], { interruptWhen: () => existsSync(out) })
    expect(stderr).toMatch(/Interrupted/)
    expect({ code, stdout, left: existsSync(out) }).toEqual({ code: 130, stdout: '', left: false })
  })

  it('keeps finished windows in a file that does not look whole', async () => {
    const out = join(scratchFolder(), 'new')
    mkdirSync(out)
    const partial = join(out, 'statistics.partial.json')
    const { code } = await bl1(['simulate', CONFIG, '--neurons', '20', '--hours', '50', '--out', out], { interruptWhen: () => existsSync(partial) })
    expect(code).toBe(130)
    expect(readdirSync(out)).toEqual(['statistics.partial.json'])
    const kept = z.object({ complete: z.literal(false), finished: z.array(z.object({ toSeconds: z.number() })) }).parse(JSON.parse(readFileSync(partial, 'utf8')))
    expect(kept.finished[0]?.toSeconds).toBe(600)
  })
})
