/** What becomes of an open video when its process ends: real processes, which run the compiled library. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../io/support.js'
import { expectShows } from './decoded.js'
import { decodeApng } from './decodeApng.js'
import { decodeGif } from './decodeGif.js'
import { filled } from './frames.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const built = (...path: string[]) => JSON.stringify(pathToFileURL(join(root, 'dist', ...path)).href)
const BUILD_LIMIT_MS = 120_000

beforeAll(() => {
  spawnSync(process.execPath, [join('scripts', 'prepare.mjs')], { cwd: root, stdio: 'ignore' })
}, BUILD_LIMIT_MS)

const frames = Array.from({ length: 30 }, (_, i) => filled(8, 6, [i, 2 * i, 0, 255]))

/** Two videos with all frames in a folder, and a process that would live on for ever. */
const beginning = `
import { openVideo } from ${built('src', 'recording', 'videoFile.js')}
const videos = ['video.png', 'video.gif'].map((name) => openVideo(name, { fps: 10 }))
for (let i = 0; i < 30; i++) {
  const frame = { width: 8, height: 6, data: new Uint8ClampedArray(8 * 6 * 4) }
  for (let p = 0; p < 8 * 6; p++) frame.data.set([i, 2 * i, 0, 255], p * 4)
  for (const video of videos) video.add(frame)
}
setInterval(() => {}, 1000)
`

/** Runs the beginning and what follows; each line on stdout lets the next signal be sent. */
const ending = async (script: string, ...signals: NodeJS.Signals[]) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'child.mjs'), beginning + script)
  const child = spawn(process.execPath, ['child.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000, killSignal: 'SIGKILL' })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    for (const _ of chunk.toString().matchAll(/\n/g)) {
      const signal = signals.shift()
      if (signal !== undefined) child.kill(signal)
    }
  })
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (...end) => resolve(end))
  })
  return { folder, code, signal, said }
}

const expectWhole = (folder: string): void => {
  expectShows(decodeApng(readFileSync(join(folder, 'video.png'))), 10, frames)
  expectShows(decodeGif(readFileSync(join(folder, 'video.gif'))), 10, frames)
  expect(readdirSync(folder).sort()).toEqual(['child.mjs', 'video.gif', 'video.png'])
}

describe('an open video', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is finished on %s, which then ends the process as ever', async (name) => {
    const { folder, code, signal } = await ending('console.log("ready")', name)
    expect([code, signal]).toEqual([null, name])
    expectWhole(folder)
  })

  it("leaves a signal to the program's own listener, and is finished when that exits", async () => {
    const { folder, code } = await ending('process.on("SIGINT", () => process.exit(5)); console.log("ready")', 'SIGINT')
    expect(code).toBe(5)
    expectWhole(folder)
  })

  it('leaves it to one that was there before the video and listens once', async () => {
    const script = `
      for (const video of videos) video.abort()
      process.once('SIGINT', () => setImmediate(() => process.exit(5)))
      const late = openVideo('late.png')
      late.add({ width: 1, height: 1, data: new Uint8ClampedArray(4) })
      console.log('ready')`
    const { folder, code } = await ending(script, 'SIGINT')
    expect(code).toBe(5)
    expect(readdirSync(folder).sort()).toEqual(['child.mjs', 'late.png'])
  })

  it("goes on where the program's listener does", async () => {
    const script = `
      let count = 0
      process.on('SIGINT', () => {
        if (++count === 2) process.exit(0)
        if (!videos.every((video) => video.frameCount === 30)) process.exit(1)
        for (const video of videos) video.add({ width: 8, height: 6, data: new Uint8ClampedArray(8 * 6 * 4).fill(255) })
        console.log('went on')
      })
      console.log('ready')`
    const { folder, code } = await ending(script, 'SIGINT', 'SIGINT')
    expect(code).toBe(0)
    expectShows(decodeApng(readFileSync(join(folder, 'video.png'))), 10, [...frames, filled(8, 6)])
  })

  it('is finished when the process exits or an error is not caught', async () => {
    const exited = await ending('process.exit(0)')
    expect(exited.code).toBe(0)
    expectWhole(exited.folder)
    const thrown = await ending('throw new Error("nobody catches this")')
    expect(thrown.code).toBe(1)
    expect(thrown.said).toContain('nobody catches this')
    expectWhole(thrown.folder)
  })

  it('that cannot be written says so, and the other one is written all the same', async () => {
    const { folder, code, said } = await ending('import { mkdirSync } from "node:fs"; mkdirSync("video.png"); process.exit(0)')
    expect(code).toBe(1)
    expect(said).toMatch(/'video\.png' could not be written/)
    expectShows(decodeGif(readFileSync(join(folder, 'video.gif'))), 10, frames)
  })

  it('leaves no half file where the process is killed outright', async () => {
    const { folder, signal } = await ending('console.log("ready")', 'SIGKILL')
    expect(signal).toBe('SIGKILL')
    expect(existsSync(join(folder, 'video.png'))).toBe(false)
    expect(readdirSync(folder)).toEqual(['child.mjs'])
  })

  it('of an episode is finished on SIGINT', async () => {
    const script = `
      const { wrap } = await import(${built('src', 'env', 'index.js')})
      const { CartPoleEnv } = await import(${built('envs', 'classic-control', 'index.js')})
      const { recordVideo } = await import(${built('src', 'recording', 'index.js')})
      const env = wrap(new CartPoleEnv({ renderMode: 'rgb_array' }), recordVideo({ folder: 'episodes' }))
      env.reset({ seed: 1 })
      for (const action of [0, 1, 0, 1]) env.step(action)
      console.log('ready')`
    const { folder, signal } = await ending(script, 'SIGINT')
    expect(signal).toBe('SIGINT')
    expect(decodeApng(readFileSync(join(folder, 'episodes', 'episode-0.png'))).pictures.length).toBe(5)
  })

  it('that is finished no longer holds a signal back', async () => {
    const { signal } = await ending('for (const video of videos) video.finish(); console.log("ready")', 'SIGINT')
    expect(signal).toBe('SIGINT')
  })
})
