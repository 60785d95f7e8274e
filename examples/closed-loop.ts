/**
 * A culture plays Pong in a closed loop. What came of it, beside what a paddle would do that knows nothing of the ball.
 *
 *   npm run build && node dist/examples/closed-loop.js
 *
 * 20 minutes of play after 10 of rest take a few minutes; BL1_EXAMPLE_MINUTES=2 makes a short one.
 */
import { ClosedLoop, Culture, fep, motorRegionDecoder, placeRateEncoder } from 'bl1'
import { chanceRallies, hitRate, rallyLengths, randomPaddleHitProbability } from 'bl1/bench'
import { PongEnv } from 'bl1/envs/pong'

const minutes = Number(process.env['BL1_EXAMPLE_MINUTES'] ?? 20)

// 1,000 neurons from seed 7: the same seed always grows the same culture.
const culture = Culture.grow({ neurons: 1000 }, 7)

// Spikes move the paddle, the ball's height and distance come back as pulses, and hits and misses are answered as in the DishBrain paper.
const loop = new ClosedLoop({ env: new PongEnv(), culture, encoder: placeRateEncoder(), decoder: motorRegionDecoder(), feedback: fep() })

// While the culture rests the decoder finds its gains; then they are frozen.
const session = loop.run({ minutes, restMinutes: minutes / 2 })

const rallies = rallyLengths(session.encounters).completed
const rate = hitRate(session.encounters)
console.log(`in ${minutes} min: balls ${session.encounters.length}, spikes ${session.spikes}, pulses ${session.pulses}`)
console.log(`rallies (hits before each miss): ${rallies.join(' ') || 'none ended'}`)
console.log(`hit rate: ${rate === null ? 'no ball came' : rate.toFixed(2)}`)

// A paddle of this size at a random place: the chance level. A hit rate above it is not learning yet: `bl1 compare` is for that.
const [ball] = session.encounters
if (ball !== undefined) {
  const chance = chanceRallies(randomPaddleHitProbability(ball.reach, ball.lowest, ball.highest))
  console.log(`chance: hit rate ${chance.hitProbability.toFixed(2)}, ${chance.meanRallyLength?.toFixed(2)} hits a rally`)
}
