/** `bl1 play` as a user runs it where there is no terminal: lines, one JSON document, bad input, Ctrl-C. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bl1, scratchFolder } from './run.js'
import { bl1Here } from './runHere.js'

const TINY = ['play', 'pong', '--neurons', '100', '--rest', '0.05']

describe('a session', () => {
  it('writes a line every ten simulated seconds to stderr and a summary to stdout', async () => {
    const { code, stdout, stderr } = await bl1([...TINY, '--minutes', '0.5'])
    expect(code).toBe(0)
    expect(stderr).toMatch(/resting.*\n0:10 of 0:30: .*\n0:20 of 0:30: .*\n0:30 of 0:30: /)
    expect(stdout).toMatch(/^Pong under fep, seed 1, 100 neurons, 0:30: \d+ balls?/)
    // no control sequence of a terminal
    expect(stdout + stderr).not.toContain('\u001b')
  })

  it('with --json prints one document and nothing else, the same at any speed', async () => {
    const [fast, paced] = await Promise.all(
      ['max', '4'].map((speed) => bl1([...TINY, '--feedback', 'no_feedback', '--minutes', '0.2', '--seed', '4', '--json', '--speed', speed])),
    )
    const document = z.object({
      feedback: z.literal('no_feedback'),
      seed: z.literal(4),
      encounters: z.array(z.object({ timeMs: z.number(), hit: z.boolean() })).min(1),
      hitRate: z.number(),
      skill: z.number().nullable(),
      rallies: z.object({ completed: z.array(z.number()) }),
      realTimeFactor: z.number(),
    })
    const [one, other] = [fast, paced].map((run) => document.parse(JSON.parse(run?.stdout ?? '')))
    expect(other?.encounters).toEqual(one?.encounters)
    // paced at 4 x real time: never faster, whatever the machine. The pace leaves the last millisecond unwaited (its `keep`).
    const playMs = 0.2 * 60_000
    expect(playMs / (other?.realTimeFactor ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(playMs / 4 - 1)
  })
})

describe('a preset', () => {
  it('is found from anywhere and played by its own teacher', async () => {
    const args = ['play', 'pong', '--preset', 'learner', '--minutes', '0.2', '--rest', '0.05', '--seed', '1', '--json']
    const { code, stdout } = await bl1(args, { cwd: scratchFolder() })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ preset: 'learner', feedback: 'avoidance', seed: 1, restMinutes: 0.05, durationMs: 12_000 })
  })
})

describe('an environment instead of a culture', () => {
  it('is played by chance where nobody has a keyboard, the same for the same seed', async () => {
    const args = ['play', 'CartPole-v1', '--random', '--episodes', '2', '--seed', '4', '--json']
    const [one, other] = await Promise.all([bl1(args), bl1(args)])
    const document = z.object({
      game: z.literal('CartPole-v1'),
      player: z.literal('random'),
      seed: z.literal(4),
      episodes: z.array(z.object({ seed: z.number(), return: z.number(), steps: z.int().positive(), endReason: z.literal('lost') })).length(2),
    })
    const played = document.parse(JSON.parse(one.stdout))
    expect(played.episodes[0]?.seed).toBe(4)
    expect(document.parse(JSON.parse(other.stdout))).toEqual(played)
    expect(one.stderr.match(/^seed \d+: \d+ steps, return \d+, lost$/gm)).toHaveLength(2)
  })

  it('says that keys need a terminal', async () => {
    const { code, stdout, stderr } = await bl1(['play', 'Pong-v0'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--random')
  })

  it.each([
    [['CartPole-v1', '--random', '--feedback', 'fep'], /'bl1 play CartPole-v1' takes no --feedback/],
    [['pong', '--random'], /'bl1 play pong' takes no --random/],
    [['CartPole-v1', '--random', '--episodes', '0'], /--episodes/],
    [['CartPol-v1'], /Did you mean 'CartPole-v1'/],
  ])('refuses %j', async (args, reason) => {
    const { code, stdout, stderr } = await bl1Here(['play', ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown game', ['pnog'], /no game 'pnog'\. Did you mean 'pong'/],
    ['an unknown feedback', ['pong', '--feedback', 'silnet'], /no feedback 'silnet'.*Did you mean 'silent'/],
    ['open_loop, which needs another session', ['pong', '--feedback', 'open_loop'], /replays what another culture earned.*bl1 compare/],
    ['an unknown preset', ['pong', '--preset', 'lerner'], /no preset 'lerner'\. Did you mean 'learner'\? Presets: learner\./],
    ['a preset of Doom', ['doom', '--preset', 'learner'], /'bl1 play doom' takes no --preset: that belongs to 'bl1 play pong'/],
    ['a preset by hand', ['CartPole-v1', '--random', '--preset', 'learner'], /'bl1 play CartPole-v1' takes no --preset/],
    ['an unknown feedback of a preset', ['pong', '--preset', 'learner', '--feedback', 'avoidence'], /no feedback 'avoidence'.*Did you mean 'avoidance'/],
    ['zero minutes of a preset', ['pong', '--preset', 'learner', '--minutes', '0'], /--minutes: 'protocol\.playMinutes' must be .*above 0/],
    ['reward for a culture that knows none', ['pong', '--feedback', 'reward'], /culture\.rewardModulation\.enabled' must be true/],
    ['reward for a preset that knows none', ['pong', '--preset', 'learner', '--feedback', 'reward'], /learner\.yaml.*culture\.rewardModulation\.enabled' must be true/],
    ['a teacher that Doom has not', ['doom', '--feedback', 'avoidance'], /no feedback 'avoidance'.*Feedback: fep, silent, no_feedback, rest, inverted\./],
    ['minutes that are no number', ['pong', '--minutes', 'two'], /expected a number, got 'two'/],
    ['zero minutes', ['pong', '--minutes', '0'], /protocol\.playMinutes.*above 0/],
    ['negative rest', ['pong', '--rest', '-1'], /protocol\.restMinutes.*at least 0/],
    ['zero neurons', ['pong', '--neurons', '0'], /at least 1/],
    ['more neurons than there may be', ['pong', '--neurons', '2000000'], /culture\.neurons.*at most 1000000/],
    ['speed 0', ['pong', '--speed', '0'], /at least 0.001, or max/],
    ['a speed at which a step takes a year', ['CartPole-v1', '--random', '--speed', '1e-9'], /at least 0.001, or max/],
    ['an unknown option', ['pong', '--fedback', 'fep'], /unknown option '--fedback'/],
  ]
  it.each(cases)('%s: exit 2 with the reason', async (_, args, reason) => {
    const { code, stdout, stderr } = await bl1Here(['play', ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('Ctrl-C', () => {
  it('prints what was played and exits with 130', async () => {
    const { code, stdout } = await bl1([...TINY, '--minutes', '600'], { interruptWhen: (_, stderr) => stderr.includes('0:10 of') })
    expect(code).toBe(130)
    expect(stdout).toMatch(/\(ended early\): /)
  })

  it('prints no half document with --json', async () => {
    const { code, stdout } = await bl1([...TINY, '--minutes', '600', '--json'], { interruptWhen: (_, stderr) => stderr.includes('resting') })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })
})
