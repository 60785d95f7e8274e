/** Videos of the environments of a vector: whole episodes, the last picture included, of those that were asked for. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toAsync } from '../../../src/env/index.js'
import { filmVector } from '../../../src/recording/index.js'
import { AsyncVectorEnv, SyncVectorEnv } from '../../../src/vector/index.js'
import { errorCode } from '../wrappers/errorCode.js'
import { temporaryFolder } from '../io/support.js'
import { ClockEnv, clockFrames } from './clockEnv.js'
import { expectShows } from './decoded.js'
import { decodeApng } from './decodeApng.js'

const EPISODE_STEPS = 5
const clocks = Array.from({ length: 3 }, () => () => new ClockEnv())

describe('filmVector', () => {
  it('films each episode to its last picture, though the vector resets within that step', () => {
    const folder = temporaryFolder()
    const vec = new SyncVectorEnv(filmVector(clocks, { folder, envs: [0, 2], schedule: { every: 1 } }))
    vec.reset({ seed: 1 })
    for (let i = 0; i < 2 * EPISODE_STEPS; i++) vec.step(vec.sampleActions())
    vec.close()
    const files = readdirSync(folder).sort()
    // The third episode of each is a reset and nothing more.
    expect(files).toEqual([0, 2].flatMap((env) => [0, 1, 2].map((episode) => `episode-env-${env}-${episode}.png`)))
    for (const file of files.filter((name) => !name.endsWith('-2.png'))) {
      expectShows(decodeApng(readFileSync(join(folder, file))), 20, clockFrames(EPISODE_STEPS))
    }
  })

  it('films the first environment where nothing is said, asynchronous ones too', async () => {
    const folder = temporaryFolder()
    const vec = new AsyncVectorEnv(filmVector(clocks.map((make) => () => toAsync(make())), { folder, namePrefix: 'run' }))
    await vec.reset({ seed: 1 })
    for (let i = 0; i < EPISODE_STEPS; i++) await vec.step(vec.sampleActions())
    await vec.close()
    expect(readdirSync(folder).filter((name) => name.includes('-0.png'))).toEqual(['run-env-0-0.png'])
  })

  it.each([3, -1, 0.5])('knows no environment %s among three', async (place) => {
    expect(await errorCode(() => filmVector(clocks, { folder: 'videos', envs: [place] }))).toBe('recording/envs')
  })
})
