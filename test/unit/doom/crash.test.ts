/** What becomes of a game whose processes are killed, and of the processes of a game that is closed. */
import { describe, expect, it } from 'vitest'
import { DoomEnv } from '../../../envs/doom/index.js'
import { descendants, errorOf, gameProcesses, gone, play, press, type Binary } from './support.js'

const blind = { screen: null } as const

const kills = [
  ['the engine', (): { killed: number; other: number } => ({ killed: gameProcesses().engine, other: gameProcesses().python })],
  ['Python', (): { killed: number; other: number } => ({ killed: gameProcesses().python, other: gameProcesses().engine })],
] as const

/** Variables of an episode, which equal seeds repeat. */
const episode = async (env: Binary, seed: number): Promise<unknown[]> => {
  await env.reset({ seed })
  return (await play(env, (i) => press(env, i % 3 === 0 ? 'ATTACK' : 'MOVE_LEFT'))).map(({ info }) => info.variables)
}

describe.each(kills)('after kill -9 of %s', (_, find) => {
  it('a step is a typed error with the last words, both processes are gone, and the next episode has a new engine', async () => {
    await using env = await DoomEnv.create({ ...blind, restart: 'episode' })
    const before = await episode(env, 5)
    await env.reset({ seed: 5 })
    await env.step(press(env))
    const { killed, other } = find()
    process.kill(killed, 'SIGKILL')
    expect(await gone(killed)).toBe(true)
    const error = await errorOf(env.step(press(env)))
    expect(error.code).toBe('doom/crashed')
    expect(error.message).toMatch(/SIGKILL|-9|exited|ended/i)
    // Not even a wrong answer: the episode cannot go on.
    expect((await errorOf(env.step(press(env)))).code).toBe('doom/crashed')
    expect(await gone(other)).toBe(true)
    expect(await episode(env, 5)).toEqual(before)
    expect(gameProcesses().python).not.toBe(other)
  })

  it('nothing starts again unless it was asked for', async () => {
    await using env = await DoomEnv.create(blind)
    await env.reset({ seed: 5 })
    const { killed, other } = find()
    process.kill(killed, 'SIGKILL')
    expect((await errorOf(env.step(press(env)))).code).toBe('doom/crashed')
    expect((await errorOf(env.reset())).code).toBe('doom/crashed')
    expect((await errorOf(env.peek('server'))).code).toBe('doom/crashed')
    expect(await gone(other)).toBe(true)
  })
})

describe('the processes of a game', () => {
  it('are new ones after so many episodes, without a trace in the game', async () => {
    await using env = await DoomEnv.create({ ...blind, restartEveryEpisodes: 2 })
    const engines: number[] = []
    const episodes: unknown[][] = []
    for (const seed of [8, 9, 8, 9]) {
      episodes.push(await episode(env, seed))
      engines.push(gameProcesses().engine)
    }
    expect(engines[1]).toBe(engines[0])
    expect(engines[2]).not.toBe(engines[0])
    expect(engines[3]).toBe(engines[2])
    expect(episodes.slice(2)).toEqual(episodes.slice(0, 2))
  })

  it('are gone when it is closed, also while it steps', async () => {
    const env = await DoomEnv.create(blind)
    await env.reset({ seed: 1 })
    const { python, engine } = gameProcesses()
    const step = errorOf(env.step(press(env)))
    await env.close()
    expect((await step).code).toBe('bridge/closed')
    expect([await gone(python), await gone(engine)]).toEqual([true, true])
    expect(descendants().filter(({ command }) => command.includes('vizdoom'))).toEqual([])
    await env.close()
    expect((await errorOf(env.reset())).code).toBe('env/closed')
    expect((await errorOf(env.peek('server'))).code).toBe('env/closed')
  })
})
