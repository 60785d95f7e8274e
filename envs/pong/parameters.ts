/**
 * Every number of Pong in one table: default, unit, range, meaning, source.
 *
 * The field is the unit square: lengths are fractions of it. The paper's own sizes and speeds were not readable; those of `paper` are the
 * values of an open re-implementation of its protocol. Those of `serve` are the original BL-1's.
 */
import { z } from 'zod'
import { choice, flag, group, quantity } from '../../src/parameters.js'

const REPLICA = 'github.com/Wendaoi/maxwell-code, ponggame.cpp, a re-implementation of Kagan et al. 2022, Neuron 110:3952'
const ORIGINAL = 'BL-1 (Python), games.Pong'
/** 5 of 480 pixels every 10 ms. */
const PADDLE_SPEED_PER_SECOND = (5 / 480) * 100

const paper = group(
  {
    ballCrossingMs: quantity({
      default: 2500,
      unit: 'ms',
      above: 0,
      max: 600_000,
      doc: 'time the ball takes from the back wall to the paddle line, whatever its slope; at least one tick',
      source: REPLICA,
    }),
    paddleHeight: quantity({ default: 1 / 3, unit: 'field', above: 0, max: 1, doc: 'height of the paddle', source: REPLICA }),
    paddleSpeedPerSecond: quantity({
      default: PADDLE_SPEED_PER_SECOND,
      unit: 'field/s',
      above: 0,
      max: 1000,
      doc: 'speed of the moving paddle',
      source: `5 of 480 pixels every 10 ms: ${REPLICA}`,
    }),
    serveSlopeMin: quantity({ default: 0.5, unit: '1', min: 0, max: 20, doc: 'smallest |dy/dx| of a serve', source: REPLICA }),
    serveSlopeMax: quantity({ default: 2, unit: '1', min: 0, max: 20, doc: 'largest |dy/dx| of a serve', source: REPLICA }),
    afterArrival: choice(['return', 'serve'], 'return', "'return': the ball flies back from the paddle line; 'serve': every arrival that does not end the game is followed by a new ball from the back wall"),
  },
  "sizes and speeds under rules: 'paper'",
)

const serve = group(
  {
    paddleHeight: quantity({ default: 0.2, unit: 'field', above: 0, max: 1, doc: 'height of the paddle', source: ORIGINAL }),
    paddleSpeedPerTick: quantity({
      default: 0.03,
      unit: 'field/tick',
      above: 0,
      max: 1,
      doc: 'speed of the moving paddle',
      source: ORIGINAL,
    }),
    ballSpeedPerTick: quantity({
      default: 0.01,
      unit: 'field/tick',
      above: 0,
      max: 1,
      doc: 'speed of the ball along its path',
      source: ORIGINAL,
    }),
    launchAngleDeg: quantity({ default: 45, unit: 'deg', min: 0, max: 80, doc: 'largest angle of a launch, up or down', source: ORIGINAL }),
  },
  "sizes and speeds under rules: 'serve'",
)

/** The table of Pong's options. */
export const pongParameters = group(
  {
    rules: choice(['paper', 'serve'], 'paper', "'paper': the ball bounces on; 'serve': every arrival launches a new ball (original BL-1)"),
    afterMiss: choice(['end', 'bounce'], 'end', "'end': a miss terminates the episode; 'bounce': the game goes on (no-feedback controls)"),
    tickMs: quantity({ default: 10, unit: 'ms', above: 0, max: 1000, doc: 'game time of one step', source: 'Kagan et al. 2022' }),
    rallyHistory: quantity({
      default: 1024,
      unit: '1',
      integer: true,
      min: 1,
      max: 1_000_000,
      doc: 'ended rallies kept in an episode',
      source: ORIGINAL,
    }),
    paper,
    serve,
    renderMode: z.enum(['ansi', 'rgb_array']).exactOptional().meta({ description: 'what render() returns; nothing where left out' }),
    reuseBuffers: flag(false, 'write every observation into one array and every step into one object: copy what you keep'),
  },
  'the game of Pong',
)
  .refine(({ tickMs, paper: { ballCrossingMs } }) => ballCrossingMs >= tickMs, {
    path: ['paper', 'ballCrossingMs'],
    message: 'at least one tick (tickMs)',
  })
  .refine(({ paper: { serveSlopeMin, serveSlopeMax } }) => serveSlopeMin <= serveSlopeMax, {
    path: ['paper', 'serveSlopeMin'],
    message: 'at most paper.serveSlopeMax',
  })

/** What `new PongEnv` takes: any part of the table. */
export type PongOptions = z.input<typeof pongParameters>
/** The table with every value set. */
export type PongParameters = z.output<typeof pongParameters>
