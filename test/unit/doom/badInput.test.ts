/** What is wrong with the options of Doom, said before anything is played, and nothing left running. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DoomEnv, type DoomOptions } from '../../../envs/doom/index.js'
import { translate } from '../../../envs/doom/translate.js'
import { Bl1Error } from '../../../src/errors.js'
import type { JsonObject } from '../../../src/json.js'
import { descendants, errorOf } from './support.js'

const folder = mkdtempSync(join(tmpdir(), 'bl1-doom-'))
afterAll(() => rmSync(folder, { recursive: true }))
const cfg = (name: string, ...lines: string[]): DoomOptions['scenario'] => {
  const path = join(folder, `${name}.cfg`)
  writeFileSync(path, lines.join('\n'))
  return path as `/${string}`
}

/** A wad whose table of contents is fine and whose map is noise: a player's start, then bytes that are no lines, sides or nodes. */
const noisyWad = (): string => {
  const start = Buffer.from([0, 0, 0, 0, 0, 0, 1, 0, 7, 0])
  const names = ['MAP01', 'THINGS', 'LINEDEFS', 'SIDEDEFS', 'VERTEXES', 'SEGS', 'SSECTORS', 'NODES', 'SECTORS', 'REJECT', 'BLOCKMAP']
  const lumps = names.map((name) => (name === 'MAP01' ? Buffer.alloc(0) : name === 'THINGS' ? start : Buffer.alloc(64, 0xff)))
  const head = Buffer.from('PWAD\0\0\0\0\0\0\0\0', 'latin1')
  const table = names.map((name, i) => {
    const entry = Buffer.alloc(16)
    entry.writeInt32LE(head.length + Buffer.concat(lumps.slice(0, i)).length, 0)
    entry.writeInt32LE(lumps[i].length, 4)
    entry.write(name, 8, 'latin1')
    return entry
  })
  head.writeInt32LE(names.length, 4)
  head.writeInt32LE(head.length + Buffer.concat(lumps).length, 8)
  const path = join(folder, 'noisy.wad')
  writeFileSync(path, Buffer.concat([head, ...lumps, ...table]))
  return path
}

/** The error for options from a file, which the compiler has not seen; nothing may be left running. */
const refusal = async (options: object): Promise<Bl1Error> => {
  const error = await errorOf(DoomEnv.create(options))
  expect(descendants().filter(({ command }) => /vizdoom|bl1_bridge/.test(command))).toEqual([])
  return error
}

const written: readonly (readonly [string, object, string])[] = [
  ['a misspelt option', { scenari: 'basic' }, 'parameter/unknown'],
  ['no step', { ticsPerStep: 0 }, 'parameter/invalid'],
  ['a skill that there is not', { skill: 6 }, 'parameter/invalid'],
  ['NaN', { reward: { kill: Number.NaN } }, 'parameter/invalid'],
  ['a term that there is not', { reward: { kills: 1 } }, 'parameter/unknown'],
  ['another way to act', { actions: 'keyboard' }, 'parameter/invalid'],
  ['no list of buttons', { buttons: 'ATTACK' }, 'parameter/invalid'],
  ['a mode of render', { renderMode: 'human' }, 'parameter/invalid'],
]

const played: readonly (readonly [string, object, string, RegExp])[] = [
  ['an unknown scenario', { scenario: 'basik' }, 'doom/name', /'basik'.*Did you mean 'basic'/],
  ['an unknown button', { buttons: ['ATTACK', 'MOVE_LEFTT'] }, 'doom/name', /button 'MOVE_LEFTT'.*Did you mean 'MOVE_LEFT'/],
  ['a button twice', { buttons: ['ATTACK', 'ATTACK'] }, 'doom/option', /buttons.*twice/],
  ['an unknown variable', { variables: ['HEALT'] }, 'doom/name', /variable 'HEALT'.*Did you mean 'HEALTH'/],
  ['an unknown resolution', { resolution: 'RES_320X241' }, 'doom/name', /Did you mean 'RES_320X240'/],
  ['an unknown map', { map: 'map77' }, 'doom/map', /'map77'.*MAP01/],
  ['a missing cfg', { scenario: join(folder, 'none.cfg') }, 'doom/file', /cfg file.*none\.cfg/],
  ['a missing wad', { wad: join(folder, 'none.wad') }, 'doom/file', /wad file.*none\.wad/],
  ['a wad that ends the engine', { wad: noisyWad() }, 'doom/engine', /read its game data.*wad, iwad and args/],
  ['missing game data', { iwad: join(folder, 'none.wad') }, 'doom/file', /iwad file.*none\.wad/],
  ['delta buttons that there are not', { actions: 'continuous' }, 'doom/option', /delta button/],
  ['an action with another button', { actions: [{ name: 'go', press: ['MOVE_FORWARD'] }] }, 'doom/name', /button 'MOVE_FORWARD'/],
  ['nothing to observe', { screen: null, variables: [] }, 'doom/option', /nothing is left to observe/],
  ['a crop that leaves nothing', { screen: { crop: [200, 100, 0, 0] } }, 'doom/option', /crop/],
  ['no Python', { bridge: { python: join(folder, 'python') } }, 'bridge/no-python', /bl1 setup doom/],
]

describe('Doom refuses', () => {
  it.each(written)('%s', async (_, options, code) => {
    expect((await refusal(options)).code).toBe(code)
  })

  it.each(played)('%s, with the remedy', async (_, options, code, message) => {
    const error = await refusal(options)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  it('a cfg with lines that the engine would ignore, each by its number', async () => {
    const scenario = cfg('broken', 'doom_scenario_path = nothing.wad', 'living_rewrad = -1', 'episode_timeout = soon', 'available_buttons = { ATTACK }')
    const error = await refusal({ scenario })
    expect(error).toMatchObject({ code: 'doom/config', data: { lines: [{ line: 2 }, { line: 3 }] } })
    expect(error.message).toMatch(/line 2.*living_rewrad[^]*line 3.*soon/)
  })
})

describe('what the host says', () => {
  const remote = (code: string, data: JsonObject = {}): Bl1Error => new Bl1Error('bridge/remote', { code, message: 'told by the host', data })
  const translated = (error: Bl1Error, isMade = true): Bl1Error => {
    const found = translate(error, 'step', isMade)
    if (found instanceof Bl1Error) return found
    throw new Error('it is no error of the library')
  }

  it('comes in the words of the environment, with its cause', () => {
    expect(translated(remote('doom/no-shared-memory')).message).toMatch(/shared memory.*told by the host.*shm-size/)
    expect(translated(remote('doom/engine')).message).toMatch(/could not start: told by the host.*bl1 doctor/)
    expect(translated(remote('doom/no-audio')).code).toBe('doom/engine')
    const crash = translated(remote('engine/crashed'))
    expect(crash).toMatchObject({ code: 'doom/crashed', data: { doing: 'step', reason: 'told by the host' } })
    expect(crash.cause).toMatchObject({ code: 'bridge/remote' })
  })

  it('is left as it is where it is no affair of Doom', () => {
    expect(translated(remote('python/exception')).code).toBe('bridge/remote')
    expect(translated(new Bl1Error('bridge/closed', { doing: 'step' })).code).toBe('bridge/closed')
    expect(translate('text', 'step', true)).toBe('text')
  })

  it('blames the engine for the end of Python only where it was starting', () => {
    const trace = 'Fatal Python error: Segmentation fault\n  File "bl1_bridge\\doom\\engine.py", line 125 in __init__'
    const ended = (lastWords: string): Bl1Error => new Bl1Error('bridge/crashed', { doing: "'make' was under way", exit: 'signal SIGSEGV', lastWords })
    expect(translated(ended(trace), false)).toMatchObject({ code: 'doom/engine', cause: { code: 'bridge/crashed' } })
    expect(translated(ended(trace)).code).toBe('doom/crashed')
    expect(translated(ended('Killed'), false).code).toBe('bridge/crashed')
  })

  it('is a crash where a running game does not answer, as nobody knows its state then', () => {
    const silent = new Bl1Error('bridge/timeout', { doing: "'step'", limitMs: 5, lastWords: '' })
    expect(translated(silent).code).toBe('doom/crashed')
    expect(translated(silent, false).code).toBe('bridge/timeout')
  })
})
