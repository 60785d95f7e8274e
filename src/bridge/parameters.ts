/** The options of a bridge: one table with defaults, units and ranges. */
import { z } from 'zod'
import { choice, group, quantity, type InputOf, type ValuesOf } from '../parameters.js'

/** The longest a timer of Node can wait. */
export const LONGEST_MS = 2 ** 31 - 1

const limit = (value: number, doc: string) => quantity({ default: value, unit: 'ms', min: 1, max: LONGEST_MS, doc })

/** Options of {@link Bridge.start}. */
export const bridgeParameters = group(
  {
    python: z.string().min(1).exactOptional().meta({ description: 'The interpreter, a path or a name on the PATH. Left out: what findPython() finds' }),
    transport: choice(
      ['auto', 'zeromq', 'pipe'],
      'auto',
      'How messages travel: a ZeroMQ socket on loopback, or two inherited pipes (no port, lower latency). auto: ZeroMQ, but pipes in a worker thread, because zeromq.js aborts the whole program when a thread that still has a socket is terminated (its issue 411)',
    ),
    startLimitMs: limit(30_000, 'Longest wait for the process to say hello'),
    callLimitMs: limit(30_000, 'Longest wait for an answer, where a call names no limit of its own'),
    closeLimitMs: limit(5_000, 'Longest wait for the process to end by itself when it is told to close; then it is killed'),
    busyWaitMs: quantity({
      default: 2,
      unit: 'ms',
      min: 0,
      max: 1000,
      doc: 'While a single call of the thread is in flight the event loop stays awake this long at most, which answers sooner and costs computing time; 0: it sleeps',
    }),
    heartbeatMs: limit(5_000, 'While nothing is in flight the process is asked for a sign of life this often'),
  },
  'A process behind a bridge',
)

/** What may be passed: any part of the table. */
export type BridgeOptions = NonNullable<InputOf<typeof bridgeParameters>>
/** The table with every value set. */
export type BridgeSettings = ValuesOf<typeof bridgeParameters>

/** The limit of one call. */
export const callParameters = group(
  { limitMs: quantity({ default: 30_000, unit: 'ms', min: 1, max: LONGEST_MS, doc: 'Longest wait for the answer' }) },
  'Limits of a call',
)
