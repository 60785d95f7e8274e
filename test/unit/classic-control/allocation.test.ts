/** Steps with `reuseBuffers` allocate nothing. In a file of its own, as other tests' uses would shape the same machine code. */
import { expect, it } from 'vitest'
import { AcrobotEnv, CartPoleEnv, MountainCarContinuousEnv, MountainCarEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { bytesPerStep } from '../bytesPerStep.js'

const reuseBuffers = true

// Each is played so that its episode never ends; a boxed number would take 16 bytes.
it('CartPole', () => {
  const env = new CartPoleEnv({ reuseBuffers })
  const { observation } = env.reset({ seed: 5 })
  const balance = (): number => (observation[2] + 0.3 * observation[3] + 0.02 * observation[0] + 0.05 * observation[1] > 0 ? 1 : 0)
  expect(bytesPerStep(() => void env.step(balance()))).toBeLessThan(8)
})

it('MountainCar', () => {
  const env = new MountainCarEnv({ reuseBuffers })
  env.reset({ seed: 5 })
  expect(bytesPerStep((i) => void env.step(i % 3))).toBeLessThan(8)
})

it('MountainCarContinuous', () => {
  const env = new MountainCarContinuousEnv({ reuseBuffers })
  env.reset({ seed: 5 })
  const action = new Float32Array(1)
  const push = (i: number): Float32Array => {
    action[0] = i % 2 === 0 ? 0.3 : -0.3
    return action
  }
  expect(bytesPerStep((i) => void env.step(push(i)))).toBeLessThan(8)
})

it('Pendulum', () => {
  const env = new PendulumEnv({ reuseBuffers })
  env.reset({ seed: 5 })
  const action = new Float32Array(1)
  const turn = (i: number): Float32Array => {
    action[0] = ((i % 5) - 2) * 0.9
    return action
  }
  expect(bytesPerStep((i) => void env.step(turn(i)))).toBeLessThan(8)
})

it('Acrobot', () => {
  const env = new AcrobotEnv({ reuseBuffers })
  env.reset({ seed: 5 })
  expect(bytesPerStep(() => void env.step(1))).toBeLessThan(8)
})
