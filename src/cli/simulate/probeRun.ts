/** `bl1 simulate --probe`: what single-electrode pulses of rising strength do, over electrodes and cultures. */
import { STEP_MS } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { startProgress } from '../../io/index.js'
import { checkPulse } from '../../mea/index.js'
import { MS_PER_SECOND, wholeSteps } from '../../units.js'
import type { Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { byAmplitude, evokedCsv } from './evoked.js'
import { SimulationFolder } from './files.js'
import { evokedOf } from './figures.js'
import { PROBE_CHANNELS, probeMs, PULSE_INTERVAL_MS, voltageFor } from './probe.js'
import type { ProbeRun, ProbeTask } from './protocol.js'
import { recordingBytes, simulationPool, threadsFor, type SimulationOutcome, type SimulationSetting } from './spontaneousRun.js'
import { evokedTable, seedsText } from './tables.js'

/** How a culture is probed. */
export interface ProbeSetting {
  /** Depolarisations at the electrode, mV. */
  readonly amplitudesMv: readonly number[]
  /** Pulses per electrode and seed. */
  readonly pulses: number
}

/** Refuses what the array cannot deliver, before anything runs. @throws Bl1Error `parameter/invalid`, `mea/voltage-limit` */
export const checkAmplitudes = (amplitudesMv: readonly number[], { mea }: Experiment): void => {
  for (const amplitudeMv of amplitudesMv) {
    if (amplitudeMv > mea.largestDepolarisationMv) {
      throw new Bl1Error('parameter/invalid', {
        path: 'amplitudes',
        expected: `at most ${mea.largestDepolarisationMv} mV (mea.largestDepolarisationMv)`,
        received: `${amplitudeMv} mV`,
        where: '--amplitudes',
        remedy: 'Stronger pulses have the same effect: leave it out.',
      })
    }
    checkPulse({ amplitudeMv: voltageFor(amplitudeMv, mea) }, mea)
  }
}

/** Runs the probe. Long-term plasticity is off. */
export const simulateProbe = async (setting: SimulationSetting, { amplitudesMv, pulses }: ProbeSetting): Promise<SimulationOutcome> => {
  const { experiment, seeds, out, made, signal } = setting
  checkAmplitudes(amplitudesMv, experiment)
  const settleMs = experiment.simulation.settleSeconds * MS_PER_SECOND
  wholeSteps(settleMs, STEP_MS, 'simulation.settleSeconds')
  const amplitudes = [...new Set(amplitudesMv)].sort((a, b) => a - b)
  const tasks = amplitudes.flatMap((depolarisationMv) =>
    seeds.flatMap((seed) => PROBE_CHANNELS.map((channel): ProbeTask => ({ type: 'probe', seed, channel, depolarisationMv, pulses }))),
  )
  const threads = threadsFor(tasks.length, setting.jobs)
  requireMemory(experiment.culture, threads, recordingBytes(experiment.culture.neurons, probeMs(pulses)))

  const folder = new SimulationFolder('evoked', { experiment, seeds, amplitudes, pulses }, out)
  const trackOf = (depolarisationMv: number): string => `${depolarisationMv} mV`
  const display = startProgress(
    amplitudes.map((amplitude) => ({ name: trackOf(amplitude), pieces: seeds.length * PROBE_CHANNELS.length, noun: 'runs', pieceMs: settleMs + probeMs(pulses) })),
  )
  const pool = simulationPool(experiment, threads, signal)
  const runTask = async (task: ProbeTask): Promise<ProbeRun> => {
    const track = trackOf(task.depolarisationMv)
    const piece = `${task.seed}/${task.channel}`
    const answer = await pool.run(task, {
      onProgress: (progress) => {
        if ('simulatedMs' in progress) display.update(track, piece, progress.simulatedMs)
      },
    })
    if (answer.type !== 'probe') throw new Bl1Error('run/worker-died', { worker: 'of the simulation', reason: 'it answered another question' })
    display.finish(track, piece)
    folder.addPart(answer.run)
    return answer.run
  }
  try {
    const runs = await Promise.all(tasks.map(runTask))
    display.stop()
    const table = byAmplitude(runs, experiment.mea)
    folder.write('evoked.csv', evokedCsv(table))
    await folder.draw([evokedOf(table)], signal)
    const document = {
      kind: 'response to single-electrode pulses',
      title: experiment.title,
      seeds,
      channels: PROBE_CHANNELS,
      pulsesPerRun: pulses,
      pulseIntervalMs: PULSE_INTERVAL_MS,
      amplitudes: table,
      runs,
      culture: { ...experiment.culture, stdp: { ...experiment.culture.stdp, enabled: false }, homeostasis: { ...experiment.culture.homeostasis, enabled: false } },
      mea: experiment.mea,
      provenance: made,
    }
    folder.complete(document)
    const { neurons } = experiment.culture
    const text = [
      `${experiment.title}: ${neurons.toLocaleString('en')} neurons, ${seedsText(seeds)}, electrodes ${PROBE_CHANNELS.join(', ')}, 0.1 Hz, plasticity off`,
      '',
      evokedTable(table),
      '',
      `Files: ${folder.path}`,
    ].join('\n')
    return { text, document: { folder: folder.path, ...document } }
  } catch (error) {
    folder.abandon()
    throw error
  } finally {
    display.stop()
    await pool.close()
  }
}
