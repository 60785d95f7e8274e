/** The process that grows one culture, copies it and ends: a fresh one every time, because what it holds is measured. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Culture } from '../../../culture/index.js'
import { readParameters } from '../../../parameters.js'
import { MS_PER_SECOND } from '../../../units.js'
import { calibratedOptions } from './drivenCulture.js'
import { growthSetupSchema, type Growth } from './setup.js'

const KIB = 1024
const SWEEP_MS = 100

const [, , text = '{}'] = process.argv
const { neurons, inDegree, stdp, seed } = readParameters(growthSetupSchema, JSON.parse(text), 'bl1 bench: growth')

const timed = <T>(work: () => T): readonly [result: T, seconds: number] => {
  const startedMs = performance.now()
  return [work(), (performance.now() - startedMs) / MS_PER_SECOND]
}
/** Started with --expose-gc: what is no longer held is not counted. */
const residentBytes = async (): Promise<number> => {
  globalThis.gc?.()
  // memory is given back in the background
  await sleep(SWEEP_MS)
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

const before = await residentBytes()
const options = { ...calibratedOptions(neurons, inDegree), stdp: { enabled: stdp } }
const [culture, growSeconds] = timed(() => Culture.grow(options, seed, { threads: 1 }))
const peakBytes = process.resourceUsage().maxRSS * KIB
const after = await residentBytes()
const [snapshot, snapshotSeconds] = timed(() => culture.snapshot())
const [restored, restoreSeconds] = timed(() => Culture.restore(snapshot, { threads: 1 }))
const { network, population, state } = restored
const growth: Growth = {
  growSeconds,
  snapshotSeconds,
  restoreSeconds,
  synapses: network.synapses,
  excitatorySynapses: network.rowStart[population.excitatory],
  memoryBytes: state.v.buffer.byteLength,
  residentBytes: after - before,
  peakBytes,
}
process.stdout.write(`${JSON.stringify(growth)}\n`)
