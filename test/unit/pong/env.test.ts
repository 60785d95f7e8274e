import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PongEnv, type PongOptions } from '../../../envs/pong/index.js'

/** Steps idly until the ball arrives. */
const untilEvent = (env: PongEnv) => {
  for (let i = 0; i < 10_000; i++) {
    const step = env.step(0)
    if (step.info.event !== null) return step
  }
  throw new Error('the ball never arrived')
}
/** The first seed whose first arrival is a `name` for an idle paddle. */
const seedWith = (name: 'hit' | 'miss', options: PongOptions): number => {
  for (let seed = 0; seed < 1000; seed++) {
    const env = new PongEnv(options)
    env.reset({ seed })
    if (untilEvent(env).info.event?.name === name) return seed
  }
  throw new Error('no such seed')
}

describe('PongEnv', () => {
  it.each(['paper', 'serve'] as const)('observes ball and paddle within bounds that are reached, float32: %s', (rules) => {
    const env = new PongEnv({ rules, afterMiss: 'bounce' })
    const lowest = new Float32Array(5).fill(Infinity)
    const highest = new Float32Array(5).fill(-Infinity)
    for (let seed = 0; seed < 40; seed++) {
      env.reset({ seed })
      for (let i = 0; i < 800; i++) {
        const { observation } = env.step(seed % 2 === 0 ? 1 : 2)
        expect(env.observationSpace.contains(observation)).toBe(true)
        observation.forEach((value, k) => {
          lowest[k] = Math.min(lowest[k], value)
          highest[k] = Math.max(highest[k], value)
        })
      }
    }
    const { low, high } = env.observationSpace
    expect([lowest[4], highest[4]]).toEqual([low[4], high[4]])
    for (const k of [0, 1, 3]) expect(highest[k]).toBeGreaterThan(0.9 * high[k])
    for (const k of [0, 1]) expect(lowest[k]).toBeLessThan(0.1)
    expect(lowest[3]).toBeLessThan(0.9 * low[3])
  })

  it('gives speeds in field lengths a second', () => {
    const { observation } = new PongEnv().reset({ seed: 1 })
    expect(observation[2]).toBeCloseTo(0.4, 6)
    expect(new PongEnv({ tickMs: 5 }).reset({ seed: 1 }).observation[2]).toBeCloseTo(0.4, 6)
  })

  it.each(['paper', 'serve'] as const)('rewards a hit with +1 and goes on: %s', (rules) => {
    const env = new PongEnv({ rules })
    env.reset({ seed: seedWith('hit', { rules }) })
    const step = untilEvent(env)
    expect(step).toMatchObject({ reward: 1, terminated: false, truncated: false, info: { event: { name: 'hit' }, rally: 1 } })
    expect(step.info).not.toHaveProperty('endReason')
    expect(env.step(0)).toMatchObject({ reward: 0, info: { event: null, rally: 1 } })
  })

  it.each(['hit', 'miss'] as const)("serves a new ball from the back wall after a %s with paper.afterArrival 'serve'", (name) => {
    const options: PongOptions = { afterMiss: 'bounce', paper: { afterArrival: 'serve' } }
    const env = new PongEnv(options)
    env.reset({ seed: seedWith(name, options) })
    const { observation, info, terminated } = untilEvent(env)
    expect(info).toMatchObject({ event: { name }, rally: name === 'hit' ? 1 : 0 })
    expect([terminated, observation[0], observation[2]]).toEqual([false, 0, expect.closeTo(0.4, 6)])
    // two balls of equal heights in a row have no chance to come by
    expect(Math.abs(observation[1] - (info.event?.targetHeight ?? NaN))).toBeGreaterThan(0)
  })

  it.each(['paper', 'serve'] as const)('ends the rally with -1 at a miss: %s', (rules) => {
    const env = new PongEnv({ rules })
    env.reset({ seed: seedWith('miss', { rules }) })
    const step = untilEvent(env)
    expect(step).toMatchObject({ reward: -1, terminated: true, truncated: false })
    expect(step.info).toMatchObject({ endReason: 'lost', event: { name: 'miss' }, rally: 0 })
    expect(step.observation[0]).toBe(1)
    expect(() => env.step(0)).toThrow(expect.objectContaining({ code: 'env/over' }))
  })

  it("goes on after a miss with afterMiss 'bounce', counting the next rally from 0", () => {
    const options: PongOptions = { afterMiss: 'bounce' }
    const env = new PongEnv(options)
    env.reset({ seed: seedWith('hit', options) })
    let hits = 0
    for (let i = 0; i < 100; i++) {
      const { reward, terminated, info } = untilEvent(env)
      expect(terminated).toBe(false)
      if (info.event?.name === 'miss') {
        expect(reward).toBe(-1)
        // The miss tells how long the rally was that it ended.
        expect(info.rally).toBe(hits)
        expect(env.step(0).info.rally).toBe(0)
        return
      }
      expect(info.rally).toBe(++hits)
    }
    throw new Error('an idle paddle never missed')
  })

  it('tells of an arrival what a judge needs: heights, reach and range of the paddle', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('paper' as const, 'serve' as const), (seed, rules) => {
        const env = new PongEnv({ rules })
        env.reset({ seed })
        const { observation, info } = untilEvent(env)
        const event = info.event
        if (event === null) throw new Error('no event')
        expect(event.name).toBe(Math.abs(event.targetHeight - event.ownHeight) <= event.reach ? 'hit' : 'miss')
        expect(event.ownHeight).toBe(0.5)
        expect(event.reach).toBeCloseTo(rules === 'paper' ? 1 / 6 : 0.1, 12)
        const lowest = rules === 'paper' ? event.reach : 0
        expect([event.lowest, event.highest]).toEqual([expect.closeTo(lowest, 12), expect.closeTo(1 - lowest, 12)])
        if (event.name === 'miss') expect(observation[1]).toBeCloseTo(event.targetHeight, 6)
      }),
      { numRuns: 40 },
    )
  })

  it('follows exactly from a state that was saved and went through JSON, in another instance', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 600 }),
        fc.constantFrom<PongOptions>({ afterMiss: 'bounce' }, { rules: 'serve', afterMiss: 'bounce' }, { rules: 'serve' }),
        (seed, ticks, options) => {
          const env = new PongEnv(options)
          env.reset({ seed })
          let over = false
          for (let i = 0; i < ticks && !over; i++) over = env.step(env.sampleAction()).terminated
          const other = new PongEnv(options)
          other.load(JSON.parse(JSON.stringify(env.save())))
          const follow = (played: PongEnv): unknown[] => {
            const seen: unknown[] = []
            if (over) seen.push(played.reset())
            for (let i = 0; i < 300; i++) {
              const step = played.step(played.sampleAction())
              seen.push(step)
              if (step.terminated) break
            }
            return [...seen, played.reset(), played.save()]
          }
          expect(follow(other)).toEqual(follow(env))
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each([undefined, null, 'x', {}, { lifecycle: {}, game: {} }])('refuses to load %j', (state) => {
    expect(() => new PongEnv().load(state)).toThrow(expect.objectContaining({ code: 'env/state' }))
  })

  it('refuses to load a ball outside the field, or a longer history than it keeps', () => {
    const env = new PongEnv({ afterMiss: 'bounce' })
    env.reset({ seed: 1 })
    const saved = env.save()
    expect(() => env.load({ ...saved, game: { ...saved.game, ballX: 2 } })).toThrow(expect.objectContaining({ code: 'env/state' }))
    const short = new PongEnv({ rallyHistory: 1 })
    expect(() => short.load({ ...saved, game: { ...saved.game, history: [1, 2] } })).toThrow(expect.objectContaining({ code: 'env/state' }))
  })

  it('gives the same steps with reused buffers, in one array and one object', () => {
    const fresh = new PongEnv({ afterMiss: 'bounce' })
    const reusing = new PongEnv({ afterMiss: 'bounce', reuseBuffers: true })
    const { observation } = reusing.reset({ seed: 5 })
    fresh.reset({ seed: 5 })
    for (let i = 0; i < 800; i++) {
      const step = reusing.step(i % 3)
      expect(step).toEqual(fresh.step(i % 3))
      expect(step.observation).toBe(observation)
    }
    expect(reusing.step(0)).toBe(reusing.step(0))
  })

  it.each<[PongOptions | object, string]>([
    [{ rules: 'tennis' }, 'parameter/invalid'],
    [{ paddleHeight: 0.5 }, 'parameter/unknown'],
    [{ paper: { paddleHight: 0.5 } }, 'parameter/unknown'],
    [{ paper: { paddleHeight: 0 } }, 'parameter/invalid'],
    [{ paper: { paddleHeight: 1.1 } }, 'parameter/invalid'],
    [{ paper: { paddleHeight: NaN } }, 'parameter/invalid'],
    [{ tickMs: -10 }, 'parameter/invalid'],
    [{ tickMs: 20, paper: { ballCrossingMs: 10 } }, 'parameter/invalid'],
    [{ paper: { serveSlopeMin: 3, serveSlopeMax: 2 } }, 'parameter/invalid'],
    [{ serve: { launchAngleDeg: 90 } }, 'parameter/invalid'],
    [{ rallyHistory: 0 }, 'parameter/invalid'],
    [{ renderMode: 'human' }, 'parameter/invalid'],
  ])('refuses %j', (options, code) => {
    expect(() => new PongEnv(options)).toThrow(expect.objectContaining({ code }))
  })
})

describe('render', () => {
  it('draws the field as 16 lines of 48 characters', () => {
    const env = new PongEnv({ renderMode: 'ansi' })
    env.reset({ seed: 3 })
    for (let i = 0; i < 60; i++) env.step(2)
    const text = env.render()
    if (typeof text !== 'string') throw new Error('no text')
    const lines = text.split('\n')
    expect(lines).toHaveLength(16)
    for (const line of lines) expect(line).toHaveLength(48)
    expect(text.match(/●/g)).toHaveLength(1)
    // The paddle has run to the floor: a third of the 14 rows, the lowest.
    expect(lines.map((line) => line.endsWith('█'))).toEqual([...Array<boolean>(10).fill(false), true, true, true, true, true, false])
  })

  it('draws an RGBA frame: ball bright at its place, paddle at the right edge', () => {
    const env = new PongEnv({ renderMode: 'rgb_array' })
    const { observation } = env.reset({ seed: 3 })
    const frame = env.render()
    if (typeof frame !== 'object') throw new Error('no frame')
    expect(frame.data).toHaveLength(frame.width * frame.height * 4)
    const pixel = (x: number, y: number) => [...frame.data.subarray((y * frame.width + x) * 4, (y * frame.width + x) * 4 + 4)]
    const background = pixel(80, 80)
    const ballRow = Math.min(frame.height - 1, Math.floor((1 - observation[1]) * frame.height))
    expect(pixel(0, ballRow)).not.toEqual(background)
    expect(pixel(frame.width - 1, 80)).not.toEqual(background)
    expect(pixel(frame.width - 1, 5)).toEqual(background)
    expect(frame.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
  })
})
