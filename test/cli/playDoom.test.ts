/** `bl1 play doom` with the real engine and tiny cultures: one document, a film that decodes, Ctrl-C, bad input. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeApng } from '../unit/recording/decodeApng.js'
import { secondsOf } from '../unit/recording/decoded.js'
import { bl1, scratchFolder } from './run.js'

const TINY = ['play', 'doom', '--neurons', '100', '--rest', '0.02']
/** An engine has to start, and all tests share the machine. */
const LIMIT_MS = 180_000
const limits = { limitMs: 150_000 }

/** Children of this test's runs that are still there: each runs in a folder under the one it was given as TMPDIR. */
const leftIn = (folder: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(`TMPDIR=${folder}`)
    } catch {
      return false
    }
  })

describe('a session', () => {
  it('with --json prints one document, the same for the same seed, and films what was played', { timeout: LIMIT_MS }, async () => {
    const folder = scratchFolder()
    // The enemy walks here, so that the picture moves even where the culture does not; a film of a few seconds is quickly read.
    const args = [...TINY, '--scenario', 'predict_position', '--minutes', '0.06', '--seed', '1', '--json']
    const filmed = await bl1([...args, '--record', join(folder, 'film.apng')], limits)
    const plain = await bl1(args, limits)
    const document = z.object({
      game: z.literal('doom'),
      scenario: z.literal('predict_position'),
      feedback: z.literal('fep'),
      seed: z.literal(1),
      episodes: z.literal(0),
      meanReturn: z.null(),
      played: z.array(z.object({ seed: z.number(), steps: z.int().positive(), complete: z.literal(false), endReason: z.null() })).length(1),
      durationMs: z.number(),
      spikes: z.number().positive(),
      actionShares: z.array(z.array(z.number())),
      film: z.object({ frames: z.int(), seconds: z.number(), complete: z.literal(true) }).nullable(),
      spec: z.object({ id: z.literal('Doom-v0') }),
    })
    expect([filmed.code, plain.code, filmed.stderr]).toEqual([0, 0, expect.stringContaining('film.apng')])
    const [one, other] = [document.parse(JSON.parse(filmed.stdout)), document.parse(JSON.parse(plain.stdout))]
    // filming changes nothing of what is played
    expect([other.played, other.durationMs, other.spikes]).toEqual([one.played, one.durationMs, one.spikes])
    expect(other.film).toBeNull()

    const film = decodeApng(readFileSync(join(folder, 'film.apng')))
    expect(film.width).toBe(960)
    expect(secondsOf(film)).toBeCloseTo(one.durationMs / 1000, 0)
    // the game's picture, whose place the layout's tests hold, moves: its rows are not the same in all frames
    const rowOf = (data: Uint8ClampedArray, y: number): Uint8Array => Uint8Array.from(data.subarray((y * 960 + 16) * 4, (y * 960 + 656) * 4))
    const screens = new Set(film.pictures.map(({ data }) => crc32(Buffer.concat(Array.from({ length: 480 }, (_, y) => rowOf(data, 40 + y))))))
    expect(screens.size).toBeGreaterThan(5)
  })

  it('writes a line every ten simulated seconds to stderr and a summary to stdout', { timeout: LIMIT_MS }, async () => {
    const { code, stdout, stderr } = await bl1([...TINY, '--scenario', 'defend_the_center', '--feedback', 'silent', '--minutes', '0.2'], limits)
    expect(code).toBe(0)
    expect(stderr).toMatch(/resting.*\n0:10 of 0:12: episode \d+, step \d+, return .*, kills \d+, health \d+, ammo \d+/)
    expect(stdout.replaceAll('\n', ' ')).toMatch(/^Doom defend_the_center under silent, seed 1, 100 neurons, 0:12: /)
    expect(stdout + stderr).not.toContain('\u001b')
  })
})

describe('Ctrl-C', () => {
  it('leaves a film that can be played, no process and exit code 130', { timeout: LIMIT_MS }, async () => {
    const folder = scratchFolder()
    const path = join(folder, 'film.png')
    const { code, stdout } = await bl1([...TINY, '--minutes', '600', '--record', path], {
      ...limits,
      env: { TMPDIR: folder },
      interruptWhen: (_, stderr) => stderr.includes('0:10 of'),
    })
    expect(code).toBe(130)
    expect(stdout.replaceAll('\n', ' ')).toMatch(/ \(ended early\): /)
    expect(secondsOf(decodeApng(readFileSync(path)))).toBeGreaterThan(9)
    // What ends last are processes that watch the others: they are given a moment.
    if (existsSync('/proc')) await expect.poll(() => leftIn(folder), { timeout: 10_000 }).toEqual([])
    expect(readdirSync(folder)).toEqual(['film.png'])
  })
})

describe('the environment by itself', () => {
  it('is played by chance where nobody has a keyboard', { timeout: LIMIT_MS }, async () => {
    const { code, stdout } = await bl1(['play', 'Doom-v0', '--random', '--episodes', '1', '--json'], limits)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ game: 'Doom-v0', player: 'random', episodes: [{ steps: expect.any(Number) }] })
  })
})

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown scenario', ['doom', '--scenario', 'basik'], /no scenario 'basik'\. Did you mean 'basic'/],
    ['an unknown feedback', ['doom', '--feedback', 'silnet'], /no feedback 'silnet'.*Did you mean 'silent'/],
    ['open_loop, which needs another session', ['doom', '--feedback', 'open_loop'], /replays what another culture earned.*bl1 compare/],
    ['a film of an unknown format', ['doom', '--record', 'film.avi'], /film\.avi.*\.png, \.apng, \.gif, \.mp4/],
    ['an option of others', ['doom', '--random'], /'bl1 play doom' takes no --random/],
    ['a film of Pong', ['pong', '--record', 'film.png'], /'bl1 play pong' takes no --record: that belongs to 'bl1 play doom'/],
    ['a scenario of Pong', ['pong', '--scenario', 'basic'], /takes no --scenario/],
    ['zero minutes', ['doom', '--minutes', '0'], /protocol\.playMinutes.*above 0/],
    ['zero episodes', ['doom', '--episodes', '0'], /--episodes/],
    ['a relative path, from the folder where one is', ['doom', '--scenario', 'not/there.cfg', '--neurons', '50'], /cfg file '\/.*\/not\/there\.cfg'.*no such file/],
    ['a campaign whose game data nobody gives away', ['doom', '--scenario', 'doom2', '--neurons', '50'], /iwad file '.*doom2\.wad'.*no such file/],
    ['a cfg that is not there', ['doom', '--scenario', '/not/there.cfg', '--neurons', '50'], /\/not\/there\.cfg.*no such file/],
  ]
  it.each(cases)('%s: exit 2 with the reason', { timeout: LIMIT_MS }, async (_, args, reason) => {
    const { code, stdout, stderr } = await bl1(['play', ...args], limits)
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('no Python: says how to get what is missing', { timeout: LIMIT_MS }, async () => {
    const { code, stderr } = await bl1([...TINY, '--minutes', '0.1'], { ...limits, env: { BL1_PYTHON: '/not/there/python' } })
    expect(code).toBe(1)
    expect(stderr).toMatch(/bl1 setup doom/)
  })
})
