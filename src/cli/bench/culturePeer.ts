/** A peer of `bl1 bench culture`: a process that simulates a culture in another simulator, a round at a time. */
import { join } from 'node:path'
import { z } from 'zod'
import { completeCultureParameters, type CultureOptions } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { LineProcess } from './lineProcess.js'
import { peersFolder } from './python.js'
import { missingSchema } from './setUpPeers.js'

/** Which peer: NEST with the culture's membrane equation and simpler synapses, or with as many conductances in a dearer model. */
export type CulturePeerName = 'brian2' | 'nest-izhikevich' | 'nest-conductance'

const PEERS = {
  brian2: { title: 'Brian2', program: 'brian2_culture.py', model: {} },
  'nest-izhikevich': { title: 'NEST (izhikevich)', program: 'nest_culture.py', model: { model: 'izhikevich' } },
  'nest-conductance': { title: 'NEST (conductance)', program: 'nest_culture.py', model: { model: 'conductance' } },
} as const satisfies Record<CulturePeerName, unknown>

/** What a peer simulates. */
export interface CulturePeerSpec {
  /** The culture, as for our own; its STDP and homeostasis are left out by every peer. */
  readonly culture: CultureOptions
  readonly threads: number
  /** Mean rate to come near, Hz, by a current common to all cells; null: the culture as it is. */
  readonly rateHz: number | null
  /** Simulated before the first round, ms. */
  readonly warmUpMs: number
  /** Of wiring and cells. */
  readonly seed: number
}

/** Where and for how long. */
export interface CulturePeerSettings {
  /** The interpreter that has the packages; undefined: none was found. */
  readonly python: string | undefined
  /** The clone. */
  readonly root: string
  readonly signal: AbortSignal
  /** Longest wait for the start (compiling and warm-up included) and for each round. @default ten minutes */
  readonly limitMs?: number
}

const readySchema = z.object({
  ready: z.record(z.string(), z.string()),
  buildSeconds: z.number().min(0),
  compileSeconds: z.number().min(0).nullable(),
  rateHz: z.number().min(0),
  drive: z.number(),
  differences: z.array(z.string()),
})
const firstSchema = z.union([readySchema, missingSchema])
const roundSchema = z.object({ simulatedMs: z.number().positive(), seconds: z.number().positive(), spikes: z.int().min(0) })

/** One round: `simulatedMs` is the span asked for, rounded up to what the peer can do. */
export type CulturePeerRound = z.output<typeof roundSchema>

/** A peer that is ready. */
export interface CulturePeer {
  readonly title: string
  /** Of Python, numpy and the simulator, as it said itself. */
  readonly versions: Readonly<Record<string, string>>
  /** Describing the network and connecting it. */
  readonly buildSeconds: number
  /** Compiling it; null where nothing is compiled. */
  readonly compileSeconds: number | null
  /** Mean rate over the second half of the warm-up. */
  readonly rateHz: number
  /** Current added to all cells for the rate asked for, mV/ms. */
  readonly drive: number
  /** What is not as in our own culture, a sentence each. */
  readonly differences: readonly string[]
  /** Simulates on. @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
  round(durationMs: number): Promise<CulturePeerRound>
  /** Ends it and waits until it is gone. */
  close(): Promise<void>
}

/**
 * Builds the network in the peer, compiles it where the peer does, warms it up and waits until it is ready for rounds.
 *
 * @throws Bl1Error `bench/peer-missing` (measure without it), `bench/side-died`, `bench/side-silent`, `run/interrupted`,
 *   `parameter/invalid`, `parameter/unknown`
 */
export const startCulturePeer = async (
  name: CulturePeerName,
  { culture, ...spec }: CulturePeerSpec,
  { python, root, signal, limitMs }: CulturePeerSettings,
): Promise<CulturePeer> => {
  const { title, program, model } = PEERS[name]
  const setup = JSON.stringify({ ...spec, ...model, culture: completeCultureParameters(culture) })
  if (python === undefined) throw new Bl1Error('bench/peer-missing', { peer: title, reason: 'there is no .venv' })
  const lines = new LineProcess(
    {
      name: title,
      file: python,
      args: [join(peersFolder(root), program), setup],
      remedy: `Run 'bl1 bench setup', or measure without ${title}.`,
      slowRemedy: `Use shorter rounds or fewer neurons, or measure without ${title}.`,
      ...(limitMs === undefined ? {} : { limitMs }),
    },
    signal,
  )
  try {
    const first = await lines.ask('', firstSchema)
    if ('missing' in first) throw new Bl1Error('bench/peer-missing', { peer: title, reason: first.missing ?? 'it ended at once' })
    const { ready: versions, ...rest } = first
    const round = (durationMs: number): Promise<CulturePeerRound> => lines.ask(`${durationMs}\n`, roundSchema)
    return { title, versions, ...rest, round, close: () => lines.close() }
  } catch (error) {
    await lines.close()
    throw error
  }
}
