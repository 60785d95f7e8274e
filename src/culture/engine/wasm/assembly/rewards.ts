// Reward-modulated STDP of the excitatory synapses onto the cells of one partition, as Reinforcement in reinforcement.ts.
import { Field, Real } from './fields'
import { address, bound, integer, integerAt, real, singleAt } from './context'

/**
 * What is left of two marks, or of dopamine, as faded() in plasticity.ts. Vectors even where only one number is wanted: their least and
 * greatest are one instruction, those of single numbers branches that nobody can foretell.
 */
@inline function faded(values: v128, keep: v128, forgotten: v128): v128 {
  const left = f64x2.mul(values, keep)
  return v128.andnot(left, f64x2.lt(f64x2.abs(left), forgotten))
}

/** Two weights after their changes, as rewarded() in plasticity.ts. */
@inline function rewarded(weights: v128, changes: v128, caps: v128): v128 {
  return f64x2.pmax(f64x2.splat(0), f64x2.pmin(f64x2.pmax(weights, caps), f64x2.add(weights, changes)))
}

@inline function splat(culture: usize, constant: Real): v128 {
  return f64x2.splat(real(culture, constant))
}

/** What an interval ends with. Where the partition is the whole dish, two rows at a time. */
export function reinforce(culture: usize, partition: i32): void {
  const low = bound(culture, partition)
  const cells = bound(culture, partition + 1) - low
  const post = address(culture, Field.post)
  const weight = address(culture, Field.weight)
  const eligibility = address(culture, Field.eligibility)
  const weightScale = address(culture, Field.weightScale)
  const capShare = splat(culture, Real.stdpCap)
  const keep = splat(culture, Real.eligibilityKeep)
  const forgotten = splat(culture, Real.forgotten)
  const ownDopamine = address(culture, Field.dopamine) + (<usize>partition << 3)
  const dopamine = load<f64>(ownDopamine)
  const sum = dopamine * real(culture, Real.creditMs) + real(culture, Real.baselineCredit)
  const credit = f64x2.splat(max<f64>(-f64.MAX_VALUE, min<f64>(f64.MAX_VALUE, sum)))
  store<f64>(ownDopamine, f64x2.extract_lane(faded(f64x2.splat(dopamine), splat(culture, Real.dopamineKeep), forgotten), 0))
  const end = integerAt(address(culture, Field.rowStart), integer(culture, Field.excitatory))
  let row = 0
  if (cells == integer(culture, Field.neurons)) {
    for (; row + 2 <= end; row += 2) {
      const at = <usize>row << 2
      const mark = f64x2.promote_low_f32x4(v128.load64_zero(eligibility + at))
      const before = f64x2.promote_low_f32x4(v128.load64_zero(weight + at))
      const first = <f64>singleAt(weightScale, integerAt(post, row))
      const units = f64x2.replace_lane(f64x2.splat(first), 1, <f64>singleAt(weightScale, integerAt(post, row + 1)))
      const after = rewarded(before, f64x2.mul(mark, credit), f64x2.mul(capShare, units))
      v128.store64_lane(weight + at, f32x4.demote_f64x2_zero(after), 0)
      v128.store64_lane(eligibility + at, f32x4.demote_f64x2_zero(faded(mark, keep, forgotten)), 0)
    }
  }
  for (; row < end; row++) {
    const target = integerAt(post, row)
    // also below the first cell, which without a sign is far above
    if (<u32>(target - low) >= <u32>cells) continue
    const at = <usize>row << 2
    const mark = f64x2.promote_low_f32x4(v128.load32_zero(eligibility + at))
    const before = f64x2.promote_low_f32x4(v128.load32_zero(weight + at))
    const cap = f64x2.mul(capShare, f64x2.splat(<f64>singleAt(weightScale, target)))
    v128.store32_lane(weight + at, f32x4.demote_f64x2_zero(rewarded(before, f64x2.mul(mark, credit), cap)), 0)
    v128.store32_lane(eligibility + at, f32x4.demote_f64x2_zero(faded(mark, keep, forgotten)), 0)
  }
}
