/**
 * `open_loop`: the yoked control. The culture receives, at the same times, the very answers another culture earned under `fep`, whatever
 * happens in its own game, and is shown nothing whenever the other was shown nothing.
 */
import { Bl1Error } from '../../errors.js'
import { gradedNoFeedback } from './gradedNoFeedback.js'
import type { GradedPolicy, ScriptedTrain } from './policy.js'

const isTime = (ms: number): boolean => Number.isFinite(ms) && ms >= 0

const checkScript = (script: readonly ScriptedTrain[]): void => {
  let earlier = 0
  for (const [index, { startMs, answer }] of script.entries()) {
    const reason = !isTime(startMs)
      ? `it starts at ${startMs} ms`
      : startMs < earlier
        ? `it starts at ${startMs} ms, before the one ahead of it`
        : !isTime(answer.suspendsSensoryMs) || answer.pulses.some(({ offsetMs }) => !isTime(offsetMs))
          ? 'it holds a time that is negative or not finite'
          : undefined
    if (reason !== undefined) throw new Bl1Error('feedback/script', { index, reason })
    earlier = startMs
  }
}

/** What a yoked session shares with its source beside the answers. */
export interface OpenLoopOptions {
  /** As in the source's options. @default false */
  readonly interruptedByEncoding?: boolean
}

/**
 * Same amount and kind of stimulation as the source, no contingency: what `fep` must beat.
 * @param script the answers of another session (`session.answers`)
 * @throws Bl1Error `feedback/script`
 */
export const gradedOpenLoop = (script: readonly ScriptedTrain[], options: OpenLoopOptions = {}): GradedPolicy => {
  checkScript(script)
  const channels = script.flatMap(({ answer }) => answer.pulses.flatMap((pulse) => pulse.channels))
  return {
    ...gradedNoFeedback(),
    name: 'open_loop',
    channels: [...new Set(channels)],
    interruptedByEncoding: options.interruptedByEncoding ?? false,
    script,
  }
}
