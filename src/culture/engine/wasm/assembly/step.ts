// One step of one partition of a culture.
import { Field } from './fields'
import { address, integer } from './context'
import { applySlowNoise, updateCells } from './cells'
import { deliver } from './delivery'
import { reinforce } from './rewards'
import { scale } from './scaling'
import { depolarise, fire } from './spikes'

/** One step of one partition, in the order of reference.ts. All partitions must have finished the step before. */
export function advance(culture: usize, partition: i32, step: i32): void {
  moveSlowNoise(culture, partition, step)
  deliver(culture, partition, step)
  let count = updateCells(culture, partition, step)
  if (integer(culture, Field.pulses) > 0) count = depolarise(culture, partition, step, count)
  fire(culture, partition, step, count)
  const rewardSteps = integer(culture, Field.rewardSteps)
  if (rewardSteps != 0 && (step + 1) % rewardSteps == 0 && integer(culture, Field.stdp) != 0) reinforce(culture, partition)
  if ((step + 1) % integer(culture, Field.scalingSteps) == 0) scale(culture, partition)
}

@inline function moveSlowNoise(culture: usize, partition: i32, step: i32): void {
  const since = step - integer(culture, Field.slowFirst)
  const every = integer(culture, Field.slowEvery)
  if (every == 0 || since < 0 || since % every != 0) return
  const values = address(culture, Field.slowValues) + <usize>(since / every) * <usize>(integer(culture, Field.slowLength) << 3)
  applySlowNoise(culture, partition, values)
}
