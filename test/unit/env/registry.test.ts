import { describe, expect, it } from 'vitest'
import { PongEnv } from '../../../envs/pong/index.js'
import { make, register, registeredIds, type Env, type EnvSpec } from '../../../src/env/index.js'

declare module '../../../src/env/index.js' {
  interface EnvRegistry {
    'Lazy-v0': { env: PongEnv; options: object }
    'no id at all': { env: Env; options: object }
  }
}

describe('make', () => {
  it('makes by id with options, and takes the defaults without', async () => {
    const env = await make('Pong-v0', { rules: 'serve' })
    expect(env).toBeInstanceOf(PongEnv)
    expect(env.parameters.rules).toBe('serve')
    expect((await make('Pong-v0')).parameters.rules).toBe('paper')
  })

  it('rebuilds from a spec that went through JSON, settings included', async () => {
    const env = await make('Pong-v0', { paper: { paddleHeight: 0.5 } }, { maxEpisodeSteps: 20 })
    const spec: EnvSpec = JSON.parse(JSON.stringify(env.spec))
    const rebuilt = await make(spec)
    expect(rebuilt.spec).toEqual(env.spec)
    expect(rebuilt.spec.maxEpisodeSteps).toBe(20)
    const following = async (played: typeof rebuilt) => {
      const steps: unknown[] = [await played.reset({ seed: 3 })]
      for (let i = 0; i < 20; i++) steps.push(await played.step(1))
      return steps
    }
    expect(await following(rebuilt)).toEqual(await following(env))
  })

  it('suggests the nearest id for one that is not registered', async () => {
    await expect(make({ id: 'Pnog-v0', options: {} })).rejects.toMatchObject({
      code: 'env/unknown',
      data: { suggestion: 'Pong-v0' },
      message: expect.stringContaining("Did you mean 'Pong-v0'?"),
    })
  })

  it('lets the environment refuse options from a file', async () => {
    await expect(make({ id: 'Pong-v0', options: { paddle: 1 } })).rejects.toMatchObject({ code: 'parameter/unknown' })
    await expect(make({ id: 'Pong-v0', options: {}, maxEpisodeSteps: 0 })).rejects.toMatchObject({ code: 'env/spec' })
  })
})

describe('register', () => {
  it('loads an environment when it is made, not before', async () => {
    let loads = 0
    register({
      id: 'Lazy-v0',
      maxEpisodeSteps: 7,
      load: async () => {
        loads++
        return (_options, settings) => new PongEnv({}, settings)
      },
    })
    expect(registeredIds()).toContain('Lazy-v0')
    expect(loads).toBe(0)
    const env = await make('Lazy-v0')
    expect(loads).toBe(1)
    expect(env.spec.maxEpisodeSteps).toBe(7)
    expect((await make('Lazy-v0', {}, { maxEpisodeSteps: 9 })).spec.maxEpisodeSteps).toBe(9)
  })

  it('refuses an id twice, and one that is none', () => {
    const load = async () => () => new PongEnv()
    expect(() => register({ id: 'Pong-v0', load })).toThrow(expect.objectContaining({ code: 'env/duplicate' }))
    expect(() => register({ id: 'no id at all', load })).toThrow(expect.objectContaining({ code: 'env/id' }))
  })
})
