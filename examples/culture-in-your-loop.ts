/**
 * A culture as the policy in a loop of your own: observation in, action out, and the reward goes wherever you want it. Nothing is trained here: the
 * encoder and the decoder are as they were drawn, so what comes of it is chance.
 *
 *   npm run build && node dist/examples/culture-in-your-loop.js
 *
 * BL1_EXAMPLE_EPISODES sets the number of episodes (10).
 */
import { CulturePolicy } from 'bl1/agents'
import { isOver, make } from 'bl1/env'
import 'bl1/envs/classic-control'

const episodes = Number(process.env['BL1_EXAMPLE_EPISODES'] ?? 10)

using env = await make('CartPole-v1')

// 250 neurons under an array of 59 usable electrodes: from the observation a network chooses which of eight is pulsed, and from the spikes at the
// others a matrix chooses the action. `agent: loadAgent(...)` puts a trained pair in.
const policy = await CulturePolicy.grow({ env, culture: { neurons: 250, dishUm: 1342 }, seed: 7 })

for (let episode = 1; episode <= episodes; episode++) {
  let { observation } = env.reset({ seed: episode })
  policy.reset() // the culture lives on, only the game begins anew
  let total = 0
  for (;;) {
    // The culture lives for a tenth of a second, and its spikes decide.
    const step = env.step(policy.act(observation))
    policy.outcome(step) // where you give feedback stimulation, it hears of it here
    total += step.reward
    observation = step.observation
    if (isOver(step)) break
  }
  const spikes = policy.last['spikes'].reduce((sum, count) => sum + count, 0)
  console.log(`episode ${episode}: ${total} steps, ${spikes} spikes at ${policy.agent.channels.readout.length} electrodes in the last one`)
}
console.log(`the culture is ${(policy.dishes.timeMs(0) / 1000).toFixed(1)} s old`)
policy.close()
