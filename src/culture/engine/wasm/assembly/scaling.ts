// Homeostatic scaling of excitatory synapses onto the excitatory cells of one partition, as #scale in reference.ts.
import { Field, Real } from './fields'
import { address, bound, integer, integerAt, real, setInteger, setSingle, singleAt } from './context'

export function scale(culture: usize, partition: i32): void {
  const excitatory = integer(culture, Field.excitatory)
  const low = bound(culture, partition)
  const high = bound(culture, partition + 1)
  const rateHz = address(culture, Field.rateHz)
  const spikes = address(culture, Field.spikesSinceScaling)
  const factors = address(culture, Field.scalingFactor)
  const keep = real(culture, Real.rateKeep)
  const spikesToHz = real(culture, Real.spikesToHz)
  const gainPerHz = real(culture, Real.gainPerHz)
  const targetRateHz = real(culture, Real.targetRateHz)
  for (let cell = low; cell < high; cell++) {
    const rate = <f64>singleAt(rateHz, cell) * keep + <f64>integerAt(spikes, cell) * spikesToHz * (1 - keep)
    setSingle(rateHz, cell, <f32>rate)
    setInteger(spikes, cell, 0)
    store<f64>(factors + (<usize>cell << 3), max<f64>(0, 1 + gainPerHz * (targetRateHz - <f64>singleAt(rateHz, cell))))
  }
  if (integer(culture, Field.homeostasis) == 0) return
  const post = address(culture, Field.post)
  const weight = address(culture, Field.weight)
  const weightScale = address(culture, Field.weightScale)
  const floorShare = real(culture, Real.scalingFloor)
  const capShare = real(culture, Real.scalingCap)
  const end = integerAt(address(culture, Field.rowStart), excitatory)
  const last = min(high, excitatory)
  for (let row = 0; row < end; row++) {
    const target = integerAt(post, row)
    if (target < low || target >= last) continue
    const factor = load<f64>(factors + (<usize>target << 3))
    const before = <f64>singleAt(weight, row)
    const unit = <f64>singleAt(weightScale, target)
    let after = before
    if (factor > 1) {
      const cap = capShare * unit
      if (before < cap) after = min<f64>(cap, before * factor)
    } else {
      const floor = floorShare * unit
      if (before > floor) after = max<f64>(floor, before * factor)
    }
    setSingle(weight, row, <f32>after)
  }
}
