/**
 * An encoder of your own: any function from what is seen to what is pulsed. Here the ball's height over the paddle chooses the electrodes, and only the
 * decoder learns.
 *
 *   npm run build && node dist/examples/custom-encoder.js
 *
 * BL1_EXAMPLE_STEPS sets the steps of training (100,000); 2000 shows that it works.
 */
import { Rng } from 'bl1'
import { Collector, cultureActor, CultureAgent, mlpCritic, ppo, Rollout, startBackend, train, type FixedEncoding } from 'bl1/agents'
import { PONG_ID } from 'bl1/envs/pong'
import { Dishes } from 'bl1/loop'
import { makeVector } from 'bl1/vector'

const totalSteps = Number(process.env['BL1_EXAMPLE_STEPS'] ?? 100_000)
const GAMES = 8
const rng = Rng.fromSeed(7)

/** Half of the electrodes for a ball above the paddle, half for one below; the further away, the stronger, up to 3 uA. */
const differenceCode: FixedEncoding = ([, ballY, , , paddleY], frequencyHz, currentUa) => {
  const difference = ballY - paddleY
  const half = currentUa.length / 2
  const first = difference > 0 ? 0 : half
  for (let k = first; k < first + half; k++) {
    frequencyHz[k] = 10
    currentUa[k] = Math.min(3, 6 * Math.abs(difference))
  }
}

await startBackend()
const vec = await makeVector(PONG_ID, { count: GAMES, envOptions: { tickMs: 100 } })
const agent = new CultureAgent(
  {
    observationWidth: 5,
    actionSpace: vec.singleActionSpace,
    // What the function writes is held to these limits; the array has limits of its own.
    parameters: { encoder: { kind: 'fixed', lowestRateHz: 0, highestRateHz: 10, lowestCurrentUa: 0, highestCurrentUa: 3, gridMs: 100 } },
    fixed: differenceCode,
  },
  rng.split('agent'),
)
console.log(`what learns: ${agent.groups.map(({ name, variables }) => `${name}, ${variables.reduce((sum, { size }) => sum + size, 0)} weights`).join('; ')}`)

// Eight copies of one culture, one for each game, with noise of their own.
const dishes = Dishes.grow({ culture: { neurons: 250, dishUm: 1342 } }, Array.from({ length: GAMES }, () => 7))
for (let dish = 0; dish < GAMES; dish++) dishes.loadOne(dish, dishes.saveOne(dish), 100 + dish)

const actor = cultureActor({ agent, dishes, rng: rng.split('actor') })
const critic = mlpCritic(5, {}, rng.split('critic'))
const learner = ppo(agent, critic, { learningRate: 1e-3, gamma: 0.95 }, rng.split('learner'))
const collector = new Collector({ vec, actor, codec: agent.codec, seed: 7 })
const rollout = new Rollout({ steps: 128, envs: GAMES, columns: agent.columns })

await train({
  collector,
  learner,
  rollout,
  totalSteps,
  onUpdate: ({ counters, episodes }) => {
    const mean = episodes.reduce((sum, episode) => sum + episode.return, 0) / Math.max(1, episodes.length)
    console.log(`steps ${counters.steps}: ${episodes.length} rallies, mean return ${mean.toFixed(2)}`)
  },
})

await collector.close()
dishes.close()
agent.dispose()
critic.dispose()
