/** Weights and a rollout in one file of float32 numbers, for the other side to begin with the same. */
import { saveVariables } from '../../../../agents/index.js'
import { writeAtomically } from '../../../io/index.js'
import type { MadeUp, NamedNumbers } from './madeUp.js'
import type { PlacedTensor } from './setup.js'

const tensorsOf = ({ policy, critic, rollout, constants }: MadeUp): NamedNumbers[] => {
  const weights = policy.groups.flatMap(({ variables }) => saveVariables(variables))
  const columns = policy.columns.map(({ name, width }): NamedNumbers => ({ name, shape: [rollout.rows, width], values: rollout.data[name] }))
  const rows = { rewards: rollout.rewards, terminated: rollout.terminated }
  return [
    ...weights,
    ...saveVariables(critic.variables),
    ...constants,
    ...columns,
    ...Object.entries(rows).map(([name, values]): NamedNumbers => ({ name, shape: [rollout.rows], values })),
    { name: 'next', shape: [rollout.envs, rollout.next.length / rollout.envs], values: rollout.next },
  ]
}

/** Writes the file, little-endian, and says where each tensor lies in it. @throws Bl1Error `run/write-failed` */
export const writeTensors = (file: string, made: MadeUp): PlacedTensor[] => {
  const tensors = tensorsOf(made)
  const bytes = Buffer.alloc(4 * tensors.reduce((sum, { values }) => sum + values.length, 0))
  let first = 0
  const placed = tensors.map(({ name, shape, values }): PlacedTensor => {
    for (let k = 0; k < values.length; k++) bytes.writeFloatLE(values[k], 4 * (first + k))
    const place = { name, shape: [...shape], first }
    first += values.length
    return place
  })
  writeAtomically(file, bytes)
  return placed
}
