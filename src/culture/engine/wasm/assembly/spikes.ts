// What a spike does: reset, after-hyperpolarisation, release into the axon, plasticity.
import { Field, Real } from './fields'
import { address, bound, decayed, integer, integerAt, real, setInteger, setSingle, singleAt } from './context'

/** A pulse raises the potentials of the partition's cells that it names; cells pushed past 30 mV join those that fired, in the order of cells. */
export function depolarise(culture: usize, partition: i32, step: i32, firing: i32): i32 {
  const first = bound(culture, partition)
  const end = bound(culture, partition + 1)
  const pulses = integer(culture, Field.pulses)
  const steps = address(culture, Field.pulseSteps)
  const neurons = address(culture, Field.pulseNeurons)
  const amplitudes = address(culture, Field.pulseAmplitudes)
  const cursors = address(culture, Field.pulseCursor)
  const v = address(culture, Field.v)
  const fired = address(culture, Field.fired) + (<usize>first << 2)
  const firedStep = address(culture, Field.firedStep)
  const lowest = real(culture, Real.lowestPulsedMv)
  const spikeMv = real(culture, Real.spikeMv)
  let count = firing
  let pulse = integerAt(cursors, partition)
  for (; pulse < pulses && integerAt(steps, pulse) == step; pulse++) {
    const cell = integerAt(neurons, pulse)
    if (cell < first || cell >= end) continue
    const before = <f64>singleAt(v, cell)
    const after = max<f64>(min<f64>(before, lowest), before + load<f64>(amplitudes + (<usize>pulse << 3)))
    setSingle(v, cell, <f32>after)
    if (<f64>singleAt(v, cell) < spikeMv || integerAt(firedStep, cell) == step) continue
    setInteger(firedStep, cell, step)
    let at = count++
    for (; at > 0 && integerAt(fired, at - 1) > cell; at--) setInteger(fired, at, integerAt(fired, at - 1))
    setInteger(fired, at, cell)
  }
  setInteger(cursors, partition, pulse)
  return count
}

/** Short-term plasticity, as #release in reference.ts. */
function release(culture: usize, step: i32, cell: i32): f32 {
  const isExcitatory = cell < integer(culture, Field.excitatory)
  const base = real(culture, isExcitatory ? Real.excitatoryU : Real.inhibitoryU)
  if (integer(culture, Field.shortTerm) == 0) return <f32>base
  const resources = address(culture, Field.resources)
  const utilisation = address(culture, Field.utilisation)
  const elapsedMs = <f64>(step - integerAt(address(culture, Field.lastSpikeStep), cell)) * real(culture, Real.stepMs)
  const tauRecMs = real(culture, isExcitatory ? Real.excitatoryTauRecMs : Real.inhibitoryTauRecMs)
  const x = 1 - (1 - <f64>singleAt(resources, cell)) * Math.exp(-elapsedMs / tauRecMs)
  if (!isExcitatory) {
    const u = base + (<f64>singleAt(utilisation, cell) - base) * Math.exp(-elapsedMs / real(culture, Real.inhibitoryTauFacMs))
    setSingle(utilisation, cell, <f32>(u + base * (1 - u)))
  }
  const released = <f64>singleAt(utilisation, cell) * x
  setSingle(resources, cell, <f32>(x - released))
  return <f32>released
}

// Another partition may read an axon's history while this one adds a spike to it. The slot of the next spike is read and written as a
// release and acquire pair, and readers pass over spikes of the running step and never look at the oldest slot, which a spike may be
// overwriting: what they find does not depend on who is first.
@inline function loadNext(column: usize, cell: i32): i32 {
  if (ASC_FEATURE_THREADS) return <i32>atomic.load<u8>(column + <usize>cell)
  return <i32>load<u8>(column + <usize>cell)
}
@inline function storeNext(column: usize, cell: i32, slot: i32): void {
  if (ASC_FEATURE_THREADS) atomic.store<u8>(column + <usize>cell, <u8>slot)
  else store<u8>(column + <usize>cell, <u8>slot)
}

/** Adds a spike to the history of an excitatory axon. */
function remember(culture: usize, step: i32, cell: i32): void {
  const length = integer(culture, Field.historyLength)
  const steps = address(culture, Field.historyStep) + <usize>(cell * length) * 4
  const traces = address(culture, Field.historyTrace) + <usize>(cell * length) * 4
  const nexts = address(culture, Field.historyNext)
  const slot = loadNext(nexts, cell)
  const last = (slot - 1) & (length - 1)
  const kept = decayed(address(culture, Field.gainTable), integer(culture, Field.gainLength), step - integerAt(steps, last))
  setSingle(traces, slot, <f32>(<f64>singleAt(traces, last) * kept + 1))
  setInteger(steps, slot, step)
  storeNext(nexts, cell, (slot + 1) & (length - 1))
}

/**
 * STDP when a cell fires: each excitatory synapse onto it gains by its recent arrivals, as potentiated() in plasticity.ts, or is marked to
 * gain by a reward. What arrived at a synapse of delay d is what its axon carried d steps ago.
 */
function potentiate(culture: usize, step: i32, cell: i32): void {
  const starts = address(culture, Field.incomingStart)
  const rows = address(culture, Field.incomingRow)
  const origins = address(culture, Field.incomingOrigin)
  const weight = address(culture, Field.weight)
  const eligibility = address(culture, Field.eligibility)
  const isMarked = integer(culture, Field.rewardSteps) != 0
  const steps = address(culture, Field.historyStep)
  const traces = address(culture, Field.historyTrace)
  const nexts = address(culture, Field.historyNext)
  const length = integer(culture, Field.historyLength)
  const wrap = length - 1
  const table = address(culture, Field.gainTable)
  const tableLength = integer(culture, Field.gainLength)
  const scale = <f64>singleAt(address(culture, Field.weightScale), cell)
  const gain = real(culture, Real.amplitudePlus) * scale
  const cap = real(culture, Real.stdpCap) * scale
  const end = integerAt(starts, cell + 1)
  for (let k = integerAt(starts, cell); k < end; k++) {
    const origin = load<u32>(origins + (<usize>k << 2))
    const source = <i32>(origin >> 8)
    const arrivedBy = step - <i32>(origin & 255)
    const base = source * length
    let slot = (loadNext(nexts, source) - 1) & wrap
    if (integerAt(steps, base + slot) == step) slot = (slot - 1) & wrap
    for (let older = 2; older < length && integerAt(steps, base + slot) > arrivedBy; older++) slot = (slot - 1) & wrap
    const elapsed = max(0, arrivedBy - integerAt(steps, base + slot))
    if (elapsed >= tableLength) continue
    const trace = <f64>singleAt(traces, base + slot) * decayed(table, tableLength, elapsed)
    if (trace <= 0) continue
    const row = integerAt(rows, k)
    if (isMarked) {
      setSingle(eligibility, row, <f32>(<f64>singleAt(eligibility, row) + gain * trace))
      continue
    }
    const before = <f64>singleAt(weight, row)
    if (before < cap) setSingle(weight, row, <f32>min<f64>(cap, before + gain * trace))
  }
}

/** Lets the cells in `fired` spike and hands them to the axons and to the host. */
export function fire(culture: usize, partition: i32, step: i32, count: i32): void {
  const partitions = integer(culture, Field.partitions)
  const slot = step % integer(culture, Field.flightRows)
  setInteger(address(culture, Field.flightCount), slot * partitions + partition, count)
  const chunkSteps = integer(culture, Field.chunkSteps)
  const sinceFirst = step - integer(culture, Field.firstStep)
  setInteger(address(culture, Field.spikeCounts), partition * chunkSteps + sinceFirst, count)
  if (count == 0) return
  const first = bound(culture, partition)
  const excitatory = integer(culture, Field.excitatory)
  const stdp = integer(culture, Field.stdp) != 0
  const fired = address(culture, Field.fired)
  const v = address(culture, Field.v)
  const u = address(culture, Field.u)
  const resetMv = address(culture, Field.resetMv)
  const recoveryStep = address(culture, Field.recoveryStep)
  const slow = address(culture, Field.afterhyperpolarisation)
  const lastSpikeStep = address(culture, Field.lastSpikeStep)
  const spikeTrace = address(culture, Field.spikeTrace)
  const spikesSinceScaling = address(culture, Field.spikesSinceScaling)
  const flight = slot * integer(culture, Field.neurons) + first
  const flightNeuron = address(culture, Field.flightNeuron)
  const flightRelease = address(culture, Field.flightRelease)
  const slowStep = real(culture, Real.slowStepConductance)
  const lossTable = address(culture, Field.lossTable)
  const lossLength = integer(culture, Field.lossLength)
  const totals = address(culture, Field.spikeTotals)
  const total = integerAt(totals, partition)
  setInteger(totals, partition, total + count)
  const handedOver = address(culture, Field.spikeNeurons) + (<usize>(chunkSteps * first + total) << 2)
  for (let k = 0; k < count; k++) {
    const cell = integerAt(fired, first + k)
    setSingle(v, cell, singleAt(resetMv, cell))
    setSingle(u, cell, singleAt(u, cell) + singleAt(recoveryStep, cell))
    if (cell < excitatory) setSingle(slow, cell, <f32>(<f64>singleAt(slow, cell) + slowStep))
    setInteger(flightNeuron, flight + k, cell)
    setSingle(flightRelease, flight + k, release(culture, step, cell))
    if (stdp) {
      potentiate(culture, step, cell)
      const kept = decayed(lossTable, lossLength, step - integerAt(lastSpikeStep, cell))
      setSingle(spikeTrace, cell, <f32>(<f64>singleAt(spikeTrace, cell) * kept + 1))
      if (cell < excitatory) remember(culture, step, cell)
    }
    setInteger(lastSpikeStep, cell, step)
    setInteger(spikesSinceScaling, cell, integerAt(spikesSinceScaling, cell) + 1)
    setInteger(handedOver, k, cell)
  }
}
