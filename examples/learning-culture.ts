/**
 * A culture learns Pong from the timing of its own stimulation: whenever a move brought the paddle nearer to the ball, its sensory input
 * pauses for 10 ms. Before and after, with frozen weights and nothing answered, it plays the same balls; so does a twin that was shown the
 * game without a pause.
 *
 *   npm run build && node dist/examples/learning-culture.js
 *
 * 12 minutes of play take some ten seconds; BL1_EXAMPLE_MINUTES=1 makes a short one, in which little is learned.
 */
import { avoidance, boardLayout, ClosedLoop, Culture, ElectrodeArray, motorRegionDecoder, noFeedback, placeRateEncoder, rest, silent, type CultureOptions } from 'bl1'
import { skill } from 'bl1/bench'
import { PongEnv } from 'bl1/envs/pong'

const minutes = Number(process.env['BL1_EXAMPLE_MINUTES'] ?? 12)

// Weak synapses without depression, cells that noise makes fire: what differs from the calibrated culture, and why, stands in docs/learning.md.
const options: CultureOptions = {
  neurons: 100,
  dishUm: 1600,
  cells: { bias: 0, biasLowThreshold: 0 },
  noise: { fastSd: 5, slowDishSd: 0, slowPatchSd: 0 },
  wiring: { lengthConstantUm: 100_000 },
  synapses: { excitatoryTotal: 0.33, inhibitoryTotal: 0.3, sensitivitySigma: 0 },
  shortTerm: { enabled: false, excitatoryU: 1, inhibitoryU: 1 },
  afterhyperpolarisation: { stepConductance: 0 },
  stdp: { amplitudePlus: 0.0133, amplitudeMinus: 0.0173 },
  homeostasis: { enabled: false },
}

// Four places, shown by the lower rows of electrodes; the upper rows are read; a row between them is left free.
const { places, up, down } = boardLayout(false, { places: 4, sensoryRows: [0, 1, 2], motorRows: [4, 5, 6, 7] })
const decoder = motorRegionDecoder({ memoryMs: 10, quietShare: 0 }, { up, down })
const loopOf = (culture: Culture, feedback = avoidance({ pauseAfterMoveMs: 10 }), seed = 1): ClosedLoop =>
  new ClosedLoop({
    env: new PongEnv({ tickMs: 5, afterMiss: feedback.missEndsRally ? 'end' : 'bounce' }),
    culture,
    array: new ElectrodeArray(culture.population, { detectionRadiusUm: 140, activationRadiusUm: 140 }),
    encoder: placeRateEncoder({ place: 'relative', amplitudeMv: 480, lowestRateHz: 200, highestRateHz: 200 }, places),
    decoder,
    feedback,
    seed,
    timing: { tickMs: 5, blindMs: 0 },
  })

const newborn = Culture.grow(options, 7)
loopOf(newborn, rest()).rest(0.5)
const rested = newborn.snapshot()

/** Skill in the same balls, with these weights in the culture as it was before play, and nothing that could change or teach it. */
const probe = (weights?: Float32Array): number => {
  const culture = Culture.restore(rested)
  culture.setPlasticity({ stdp: false, homeostasis: false })
  if (weights !== undefined) culture.setWeights(weights)
  return skill(loopOf(culture, noFeedback(), 2).play({ minutes: Math.min(3, 2 * minutes) }).encounters) ?? 0
}

const taught = Culture.restore(rested)
const { pauses } = loopOf(taught).play({ minutes })
const untaught = Culture.restore(rested)
loopOf(untaught, silent({ unpredictableDurationMs: 1000, restAfterMissMs: 1000 })).play({ minutes })

console.log(`taught by ${pauses.length / 2} pauses in ${minutes} min`)
console.log(`skill in the frozen probe (hits minus chance): before ${probe().toFixed(2)}, after ${probe(taught.state.weight).toFixed(2)}`)
console.log(`its twin without pauses: after ${probe(untaught.state.weight).toFixed(2)}`)
