/** The parameters turned into the numbers that the rules work with: lengths of the field a tick, offsets from the mid-line. */
import type { PongParameters } from './parameters.js'

/** What a game needs to know at every tick. */
export interface PongConstants {
  readonly rules: PongParameters['rules']
  readonly endsOnMiss: boolean
  /** Whether a ball that arrived is followed by a new one instead of flying back (paper). */
  readonly servesAnew: boolean
  /** Half the paddle's height: a ball this far from its centre is still hit. */
  readonly reach: number
  /** The centre of the paddle moves between minus and plus this offset. */
  readonly paddleLimit: number
  readonly paddleStep: number
  /** `paper`: horizontal speed. `serve`: speed along the path. */
  readonly ballStep: number
  readonly slopeMin: number
  readonly slopeMax: number
  readonly launchAngle: number
  /** Largest vertical speed a serve can have. */
  readonly maxVy: number
}

/** Reads the set of rules that is in force. */
export const pongConstants = (parameters: PongParameters): PongConstants => {
  const { rules, afterMiss, tickMs, paper, serve } = parameters
  const shared = {
    rules,
    endsOnMiss: afterMiss === 'end',
    servesAnew: paper.afterArrival === 'serve',
    slopeMin: paper.serveSlopeMin,
    slopeMax: paper.serveSlopeMax,
  }
  const launchAngle = (serve.launchAngleDeg * Math.PI) / 180
  if (rules === 'serve') {
    const ballStep = serve.ballSpeedPerTick
    const reach = serve.paddleHeight / 2
    // The original lets the centre go to the very edge of the field, half of the paddle outside.
    const maxVy = ballStep * Math.sin(launchAngle)
    return { ...shared, launchAngle, reach, paddleLimit: 0.5, paddleStep: serve.paddleSpeedPerTick, ballStep, maxVy }
  }
  const ballStep = tickMs / paper.ballCrossingMs
  const reach = paper.paddleHeight / 2
  const paddleStep = (paper.paddleSpeedPerSecond * tickMs) / 1000
  return { ...shared, launchAngle, reach, paddleLimit: 0.5 - reach, paddleStep, ballStep, maxVy: ballStep * paper.serveSlopeMax }
}
