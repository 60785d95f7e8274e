/**
 * The experiment under every closed loop: pulse one electrode, listen to what the culture does.
 *
 *   npm run build && node dist/examples/stimulate-and-listen.js
 *
 * BL1_EXAMPLE_PULSES sets the number of pulses (20).
 */
import { Culture, ElectrodeArray } from 'bl1'

const pulses = Number(process.env['BL1_EXAMPLE_PULSES'] ?? 20)
const CHANNEL = 27
const AMPLITUDE_MV = 300
/** The cells under the electrode answer within this time; the network later, if at all. */
const DIRECT_MS = 20

const culture = Culture.grow({ neurons: 1000 }, 7)
const array = new ElectrodeArray(culture.population)
culture.advance(5000) // the first seconds of a culture are not typical

/** Lets time pass and counts spikes: those that the electrode sees, and those of the whole dish. */
const listen = (durationMs: number) => {
  const endStep = culture.step + durationMs / 0.5
  const spikes = culture.advance(durationMs, array.stimulator.take(culture.step, endStep))
  const counts = new Float64Array(array.layout.channels)
  array.countSpikes(spikes, counts, () => false)
  return { electrode: counts[CHANNEL], dish: spikes.count }
}

const sums = { before: 0, after: 0, dishBefore: 0, dishAfter: 0 }
for (let pulse = 1; pulse <= pulses; pulse++) {
  listen(2000)
  const before = listen(DIRECT_MS)
  array.stimulator.schedule([CHANNEL], { amplitudeMv: AMPLITUDE_MV }, culture.timeMs)
  const after = listen(DIRECT_MS)
  console.log(`pulse ${pulse}: spikes at electrode ${CHANNEL} ${before.electrode} before, ${after.electrode} after`)
  sums.before += before.electrode
  sums.after += after.electrode
  sums.dishBefore += before.dish
  sums.dishAfter += after.dish
}

const mean = (sum: number): string => (sum / pulses).toFixed(2)
console.log(`${pulses} pulses of ${AMPLITUDE_MV} mV at electrode ${CHANNEL}, mean spikes in ${DIRECT_MS} ms:`)
console.log(`at the electrode: ${mean(sums.before)} before, ${mean(sums.after)} after`)
console.log(`in the whole dish: ${mean(sums.dishBefore)} before, ${mean(sums.dishAfter)} after`)
