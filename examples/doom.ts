/**
 * Doom, the real engine, first by chance and then by a culture.
 *
 *   npx bl1 setup doom && npm run build && node dist/examples/doom.js
 *
 * Twelve minutes of the culture's time take about a minute; BL1_EXAMPLE_MINUTES=0.2 makes a short one.
 */
import { Culture, isOver, SteppedLoop } from 'bl1'
import { DoomEnv } from 'bl1/envs/doom'
import { doomCultureEnv, doomFeedback, doomGroupDecoder, doomPlaceRateEncoder } from 'bl1/envs/doom/culture'

const minutes = Number(process.env['BL1_EXAMPLE_MINUTES'] ?? 12)

// An environment like any other, in a process of its own: it answers later, and a forgotten `await` does not compile.
await using byChance = await DoomEnv.create({ scenario: 'basic', screen: { format: 'grey', size: [60, 80] }, actions: 'heads' })
await byChance.reset({ seed: 7 })
let step = await byChance.step(byChance.sampleAction())
let total = step.reward
while (!isOver(step)) {
  step = await byChance.step(byChance.sampleAction())
  total += step.reward
}
console.log(`by chance: ${step.info.endReason} after ${step.info.tic} tics, return ${total}`)

// For a culture: features of what is on the screen in place of pixels, one head a motor group, the reward of the Doom work on the CL1.
await using game = await DoomEnv.create(doomCultureEnv('basic'))
const culture = Culture.grow({ neurons: 250, dishUm: 1342 }, 7)
const loop = new SteppedLoop({
  env: game,
  features: ({ features }) => features ?? [],
  culture,
  encoder: doomPlaceRateEncoder({}, game.featureNames),
  decoder: doomGroupDecoder({}, game.heads),
  feedback: doomFeedback('fep'),
  seed: 7,
})
loop.rest(minutes / 6)
const session = await loop.play({ minutes })
culture.close()

const finished = session.episodes.filter(({ complete }) => complete)
const mean = finished.reduce((sum, episode) => sum + episode.return, 0) / Math.max(1, finished.length)
console.log(`by a culture: ${finished.length} episodes, mean return ${mean.toFixed(1)}, ${session.spikes} spikes, ${session.pulses} pulses`)
for (const [k, { name, options }] of game.heads.entries()) {
  console.log(`${name}: ${options.map((option, choice) => `${option} ${(100 * session.actionShares[k][choice]).toFixed(0)} %`).join(', ')}`)
}
