/** The preset that is known to learn does: configs/learner.yaml, as it stands there, on cultures of seeds that it was not found on. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { pongTask, prepareCulture, runTrial, type PongTrial, type PreparedPong } from '../../src/bench/index.js'
import { pongContest } from '../../src/cli/compare/pong.js'
import { experimentSchema } from '../../src/cli/experiment.js'
import { loadConfig } from '../../src/io/index.js'

const { config } = loadConfig(fileURLToPath(new URL('../../configs/learner.yaml', import.meta.url)), experimentSchema, {
  overrides: [
    { path: 'protocol.playMinutes', value: 4, origin: 'test' },
    { path: 'protocol.probeMinutes', value: 2, origin: 'test' },
  ],
})
const { stage } = pongContest(config)
const gainOf = (trial: PongTrial): number => pongTask.outcomeOf(trial, config.protocol).probeGain ?? NaN

describe('the learner', () => {
  it('gains skill in the frozen probe from pauses after its own moves, and its yoked twin does not', async () => {
    const [own, donor]: PreparedPong[] = [await prepareCulture(stage, 501), await prepareCulture(stage, 502)]
    const taught = [await runTrial(stage, own, 'avoidance'), await runTrial(stage, donor, 'avoidance')]
    const script = taught[1].script
    expect(script).not.toBeNull()
    const yoked = await runTrial(stage, own, 'open_loop', script === null ? {} : { script })
    // Without learning a gain of one culture has an SD of about 0.1 (two probes of 2 min, some 30 encounters each: sqrt(2 x 0.22 / 30) is an
    // upper bound of 0.12, as the serves are the same): three of them for one culture, and of the mean of two
    expect(gainOf(taught[0])).toBeGreaterThan(0.3)
    expect((gainOf(taught[0]) + gainOf(taught[1])) / 2).toBeGreaterThan(0.25)
    expect(Math.abs(gainOf(yoked))).toBeLessThan(0.3)
    expect(gainOf(taught[0]) - gainOf(yoked)).toBeGreaterThan(0.3)
  })
})
