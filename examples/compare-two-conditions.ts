/**
 * Was the feedback learned from? Two conditions and the yoked control, in code: paired cultures, a frozen probe before and after play, and
 * the paragraph a careful reader would write.
 *
 *   npm run build && node dist/examples/compare-two-conditions.js
 *
 * BL1_EXAMPLE_CULTURES and BL1_EXAMPLE_MINUTES change how many and how long. `bl1 compare` does the same on all cores, with a report.
 */
import { compareFeedback, inlineExecutor, openingParagraph, pongStage, pongTask, protocolParameters, showInterval, summarise } from 'bl1/bench'
import { PongEnv } from 'bl1/envs/pong'

const cultures = Number(process.env['BL1_EXAMPLE_CULTURES'] ?? 8)
const minutes = Number(process.env['BL1_EXAMPLE_MINUTES'] ?? 2)
const NEURONS = 250

// What is not said here is the protocol of the DishBrain paper.
const protocol = protocolParameters.parse({
  conditions: ['fep', 'open_loop', 'silent'],
  cultures,
  playMinutes: minutes,
  restMinutes: minutes / 2,
  probeMinutes: minutes / 2,
})

const stage = pongStage({
  culture: { neurons: NEURONS, dishUm: 1342 }, // a small dish that just holds the array
  mea: {},
  board: {},
  encoder: {},
  decoder: {},
  loop: {},
  feedback: { unpredictableDurationMs: 1000, restAfterMissMs: 1000 }, // shorter than the paper's 4 s each
  protocol,
  makeGame: (afterMiss) => new PongEnv({ afterMiss, paper: { ballCrossingMs: 1250 } }),
})

const results = await compareFeedback(protocol, inlineExecutor(stage), {
  jobs: 1,
  onResult: ({ seed, condition, encounters }) => console.log(`culture ${seed} under ${condition}: balls ${encounters.length}`),
})

const summary = summarise(pongTask, results, protocol)
for (const { condition, metrics } of summary.conditions) {
  console.log(`${condition}: gain in the frozen probe ${showInterval(metrics.probeGain, 3, true)}`)
}
console.log(openingParagraph(pongTask, summary, { protocol, neurons: NEURONS, isPlastic: true }))
