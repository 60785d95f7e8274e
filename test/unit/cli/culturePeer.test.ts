/** What a peer of `bl1 bench culture` is told and answers: stand-ins, and Brian2 and NEST where `bl1 bench setup` put them. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot, venvPython } from '../../../src/bridge/python.js'
import {
  startCulturePeer,
  type CulturePeerName,
  type CulturePeerSettings,
  type CulturePeerSpec,
} from '../../../src/cli/bench/culturePeer.js'
import { peersFolder } from '../../../src/cli/bench/python.js'
import { scratchFolder } from '../../cli/run.js'
import { fakePython } from './fakePython.js'

const SPEC: CulturePeerSpec = { culture: { neurons: 200 }, threads: 1, rateHz: null, warmUpMs: 200, seed: 1 }
const READY = JSON.stringify({
  ready: { python: '3.11', brian2: '2.9.0' },
  buildSeconds: 1.5,
  compileSeconds: null,
  rateHz: 0.5,
  drive: 0,
  differences: ['no places'],
})

/** Settings with an interpreter that runs these shell lines; `$2` is what the peer is told. */
const settings = (lines: string, more: Partial<CulturePeerSettings> = {}): CulturePeerSettings => ({
  python: fakePython(lines),
  root: packageRoot(),
  signal: new AbortController().signal,
  ...more,
})

describe('a culture peer', () => {
  it('is told the complete culture, says what it is, and answers rounds', async () => {
    const told = join(scratchFolder(), 'told')
    const answer = 'while read ms; do echo "{\\"simulatedMs\\": $ms, \\"seconds\\": 0.25, \\"spikes\\": 7}"; done'
    const peer = await startCulturePeer('nest-izhikevich', SPEC, settings(`echo "$2" > ${told}\necho '${READY}'\n${answer}`))
    expect(peer).toMatchObject({ title: 'NEST (izhikevich)', versions: { brian2: '2.9.0' }, buildSeconds: 1.5, rateHz: 0.5 })
    expect(peer.compileSeconds).toBeNull()
    expect(peer.differences).toEqual(['no places'])
    expect(await peer.round(500)).toEqual({ simulatedMs: 500, seconds: 0.25, spikes: 7 })
    expect(await peer.round(20)).toMatchObject({ simulatedMs: 20 })
    await peer.close()
    const setup = JSON.parse(readFileSync(told, 'utf8'))
    expect(setup).toMatchObject({ model: 'izhikevich', threads: 1, rateHz: null, warmUpMs: 200, seed: 1, culture: { neurons: 200 } })
    expect(setup.culture.synapses.ampaTauMs).toBeGreaterThan(0)
    await expect(peer.round(500)).rejects.toMatchObject({ code: 'bench/side-died' })
  })

  it('is named where there is no Python', async () => {
    const failure = startCulturePeer('brian2', SPEC, { ...settings(''), python: undefined })
    await expect(failure).rejects.toMatchObject({
      code: 'bench/peer-missing',
      message: expect.stringMatching(/^Brian2 .*\.venv.*bl1 bench setup/),
    })
  })

  it('is named where its package is missing', async () => {
    const failure = startCulturePeer('nest-conductance', SPEC, settings(`echo '{"missing": "the Python package nest is not there"}'`))
    await expect(failure).rejects.toMatchObject({
      code: 'bench/peer-missing',
      message: expect.stringMatching(/^NEST \(conductance\) .*package nest is not there.*bl1 bench setup/),
    })
  })

  it.each([
    ['dies at the start', 'echo "out of memory" >&2; exit 3', /Brian2 failed: it ended with code 3\.\nout of memory\n.*without Brian2/],
    ['speaks of something else', 'echo hello; cat', /it answered 'hello'/],
    ['leaves out its differences', `echo '{"ready": {}, "buildSeconds": 1}'; cat`, /it answered/],
  ])('that %s is told from one that is missing', async (_, lines, message) => {
    const failure = startCulturePeer('brian2', SPEC, settings(lines))
    await expect(failure).rejects.toMatchObject({ code: 'bench/side-died', message: expect.stringMatching(message) })
  })

  it('that dies between two rounds is told with its last words', async () => {
    const peer = await startCulturePeer('brian2', SPEC, settings(`echo '${READY}'; read ms; echo "segmentation fault" >&2; exit 139`))
    await expect(peer.round(10)).rejects.toMatchObject({ code: 'bench/side-died', message: expect.stringContaining('segmentation fault') })
    await peer.close()
  })

  it('that never answers is given up', async () => {
    const failure = startCulturePeer('brian2', SPEC, settings('cat > /dev/null', { limitMs: 50 }))
    await expect(failure).rejects.toMatchObject({
      code: 'bench/side-silent',
      message: expect.stringMatching(/within 50 ms.*fewer neurons/),
    })
  })

  it('ends when the measurement is interrupted', async () => {
    const controller = new AbortController()
    const peer = await startCulturePeer('brian2', SPEC, settings(`echo '${READY}'; exec cat > /dev/null`, { signal: controller.signal }))
    const round = peer.round(10)
    controller.abort()
    await expect(round).rejects.toMatchObject({ code: 'run/interrupted' })
    await peer.close()
  })

  it('refuses a culture that is none', async () => {
    const failure = startCulturePeer('brian2', { ...SPEC, culture: { neurons: -1 } }, settings(''))
    await expect(failure).rejects.toMatchObject({ code: 'parameter/invalid' })
  })
})

const root = packageRoot()
const python = venvPython(root)
const isHere = (program: string): boolean => {
  if (!existsSync(python)) return false
  const { stdout } = spawnSync(python, [join(peersFolder(root), program), 'check'], { encoding: 'utf8' })
  return stdout.includes('{"missing": null}')
}

describe.each<[program: string, names: CulturePeerName[]]>([
  ['brian2_culture.py', ['brian2']],
  ['nest_culture.py', ['nest-izhikevich', 'nest-conductance']],
])('%s', (program, names) => {
  describe.skipIf(!isHere(program)).each(names)('%s', (name) => {
    it('simulates the culture at about the rate asked for, round after round', { timeout: 180_000 }, async () => {
      const spec: CulturePeerSpec = { culture: { neurons: 200 }, threads: 1, rateHz: 5, warmUpMs: 3000, seed: 1 }
      const peer = await startCulturePeer(name, spec, { python, root, signal: new AbortController().signal })
      try {
        expect(peer.differences.length).toBeGreaterThan(3)
        expect(peer.compileSeconds === null).toBe(name !== 'brian2')
        const rounds = [await peer.round(1000), await peer.round(1000)]
        expect(rounds.map(({ simulatedMs }) => simulatedMs)).toEqual([1000, 1000])
        // The drives belong to the mean of many seconds; bursts and the size of the culture move single ones by some times.
        const rateHz = rounds.reduce((sum, { spikes }) => sum + spikes, 0) / 200 / 2
        expect(rateHz).toBeGreaterThan(0.5)
        expect(rateHz).toBeLessThan(50)
      } finally {
        await peer.close()
      }
    })
  })
})
