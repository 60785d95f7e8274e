/** What goes wrong in Python arrives as an error with a code and a remedy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PythonEnv } from '../../../envs/python/index.js'
import { HostBridge } from '../../../src/bridge/index.js'
import { broken, mirror, rejection } from './fixture.js'

describe('making', () => {
  it('an id that Gymnasium does not know is refused in its words', async () => {
    const error = await rejection(PythonEnv.create('CartPoel-v1'))
    expect(error).toMatchObject({ code: 'pythonEnv/unknown', data: { id: 'CartPoel-v1' } })
    expect(String(error)).toContain('CartPole')
  })

  it('an id with a module is refused before anything starts, unless imports are allowed', async () => {
    const noPython = { bridge: { python: join(tmpdir(), 'no', 'python') } }
    expect(await rejection(PythonEnv.create('bl1_test_envs:Mirror-v0', noPython))).toMatchObject({ code: 'pythonEnv/import' })
    await using env = await mirror()
    expect(env.spec.options['allowImport']).toBe(true)
  })

  it('arguments that the environment does not take are refused in its words', async () => {
    const error = await rejection(PythonEnv.create('CartPole-v1', { kwargs: { gravity: 3 } }))
    expect(error).toMatchObject({ code: 'pythonEnv/make' })
    expect(String(error)).toContain("unexpected keyword argument 'gravity'")
  })

  it.each([
    { options: { kwargs: { render_mode: 'human' } }, says: "the option 'renderMode'" },
    { options: { kwargs: { max_episode_steps: 5 } }, says: "the setting 'maxEpisodeSteps'" },
    { options: { bridge: { callLimitMs: Number.NaN } }, says: 'bridge.callLimitMs' },
  ])('a wrong option is refused before anything starts: $says', async ({ options, says }) => {
    const error = await rejection(PythonEnv.create('CartPole-v1', options))
    expect(error).toMatchObject({ code: 'parameter/invalid' })
    expect(String(error)).toContain(says)
  })

  it('an unknown option is refused with the nearest known one', async () => {
    const misspelt = { restart: 'never', rendermode: 'ansi' } as const
    expect(await rejection(PythonEnv.create('CartPole-v1', misspelt))).toMatchObject({
      code: 'parameter/unknown',
      data: { suggestion: 'renderMode' },
    })
  })

  it('a mode of rendering that it does not have is refused with those it has', async () => {
    const error = await rejection(PythonEnv.create('CartPole-v1', { renderMode: 'ansi' }))
    expect(error).toMatchObject({ code: 'env/render-mode', data: { modes: ['rgb_array'] } })
  })

  it.each([
    { space: 'graph', path: 'observation.map[0]', kind: 'Graph', reason: 'no such kind' },
    { space: 'complex', path: 'observation', kind: 'Discrete', reason: 'choices' },
    { space: 'empty', path: 'observation', kind: 'Box', reason: 'shape' },
  ])('a space without a counterpart is refused by name: $space', async ({ space, path, kind, reason }) => {
    const error = await rejection(broken('both', {}, space))
    expect(error).toMatchObject({ code: 'pythonEnv/space', data: { path, kind } })
    expect(String(error)).toContain(reason)
  })

  it('a Python without gymnasium is told how to get it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bl1-no-gymnasium-'))
    writeFileSync(join(folder, 'gymnasium.py'), 'raise ImportError("No module named gymnasium")\n')
    const path = process.env['PYTHONPATH']
    process.env['PYTHONPATH'] = `${folder}${delimiter}${path}`
    try {
      const error = await rejection(PythonEnv.create('CartPole-v1'))
      expect(error).toMatchObject({ code: 'pythonEnv/not-installed' })
      expect(String(error)).toContain('-m pip install gymnasium')
    } finally {
      process.env['PYTHONPATH'] = path
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the Python side', () => {
  it('refuses an import by itself, whoever asks', async () => {
    await using bridge = new HostBridge('gymnasium', { id: 'bl1_test_envs:Mirror-v0' })
    expect(await rejection(bridge.start())).toMatchObject({ code: 'bridge/remote', data: { code: 'pythonEnv/import' } })
  })
})

describe('a step', () => {
  it('that raises ends the episode and carries what Python said; the next reset plays on', async () => {
    await using env = await broken('raise')
    await env.reset({ seed: 1 })
    await env.step(0)
    const error = await rejection(env.step(1))
    expect(error).toMatchObject({ code: 'pythonEnv/raised', data: { doing: 'step', reason: 'ValueError: the wheel came off' } })
    expect(String(error)).toContain('bl1_test_envs.py')
    await expect(env.step(1)).rejects.toMatchObject({ code: 'env/over' })
    await env.reset({ seed: 1 })
    expect((await env.step(1)).terminated).toBe(false)
  })

  it.each([
    { way: 'half', reason: 'ValueError: no such file: ?' },
    { way: 'speechless', reason: 'Speechless (it cannot be put into words)' },
    { way: 'quit', reason: 'SystemExit: no more' },
  ])('that raises what cannot be said, or wants to end the process, is an error like others: $way', async ({ way, reason }) => {
    await using env = await broken(way)
    await env.reset({ seed: 1 })
    await env.step(0)
    expect(await rejection(env.step(1))).toMatchObject({ code: 'pythonEnv/raised', data: { doing: 'step', reason } })
    await env.reset({ seed: 1 })
    expect((await env.step(1)).terminated).toBe(false)
  })

  it.each([
    { way: 'old', space: 'none', says: '(observation, reward, terminated, truncated, info)' },
    { way: 'shape', space: 'none', says: 'an array of shape (2,)' },
    { way: 'beyond', space: 'counter', says: 'numbers that int32 can hold' },
    { way: 'reward', space: 'none', says: 'a finite number' },
  ])('whose answer does not fit is refused: $way', async ({ way, space, says }) => {
    await using env = await broken(way, {}, space)
    await env.reset({ seed: 1 })
    await env.step(0)
    const error = await rejection(env.step(1))
    expect(error).toMatchObject({ code: 'pythonEnv/value' })
    expect(String(error)).toContain(says)
  })
})

describe('a process that dies', () => {
  const playToDeath = async (env: PythonEnv): Promise<unknown> => {
    await env.reset({ seed: 1 })
    await env.step(0)
    return rejection(env.step(1))
  }

  it('rejects the step with its last words, and every reset after it', async () => {
    await using env = await broken('exit')
    const error = await playToDeath(env)
    expect(error).toMatchObject({ code: 'bridge/crashed' })
    expect(String(error)).toContain('the engine is on fire')
    await expect(env.reset()).rejects.toMatchObject({ code: 'bridge/crashed' })
  })

  it("is replaced at the next reset with restart: 'episode'", async () => {
    await using env = await broken('exit', { restart: 'episode' })
    expect(await playToDeath(env)).toMatchObject({ code: 'bridge/crashed' })
    const { observation, info } = await env.reset({ seed: 4 })
    expect([observation, info.seed]).toEqual([new Float32Array(2), 4])
    expect((await env.step(0)).terminated).toBe(false)
  })

  it("is replaced too where it did not answer in time", async () => {
    // Long enough to make the environment; the step never ends.
    await using env = await broken('hang', { restart: 'episode', bridge: { callLimitMs: 2000, closeLimitMs: 100 } })
    expect(await playToDeath(env)).toMatchObject({ code: 'bridge/timeout' })
    await env.reset({ seed: 1 })
    expect((await env.step(0)).terminated).toBe(false)
  })

  it('is not replaced by one with other spaces', async () => {
    await using env = await broken('exit', { restart: 'episode' }, 'later')
    await playToDeath(env)
    await expect(env.reset()).rejects.toMatchObject({ code: 'pythonEnv/space' })
    await expect(env.reset()).rejects.toMatchObject({ code: 'pythonEnv/space' })
  })
})
