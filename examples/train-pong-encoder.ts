/**
 * An encoder and a decoder learn Pong around a culture. The whole loop stands here: what is shown, what the culture does, what is made of its
 * spikes, what is learned. `bl1 train configs/train_pong.yaml` does the same with checkpoints, logs and a progress line.
 *
 *   npm run build && node dist/examples/train-pong-encoder.js
 *
 * 160,000 steps take some five minutes on one core; BL1_EXAMPLE_STEPS=2000 shows that it works and learns nothing. BL1_EXAMPLE_NEURONS changes the culture.
 */
import { isOver, Rng } from 'bl1'
import { CultureAgent, mlpCritic, ppo, Rollout, startBackend } from 'bl1/agents'
import { PongEnv } from 'bl1/envs/pong'
import { Dishes } from 'bl1/loop'
import { Discrete } from 'bl1/spaces'

// ---------------------------------------------------------------- options

const TOTAL_STEPS = Number(process.env['BL1_EXAMPLE_STEPS'] ?? 160_000)
const NEURONS = Number(process.env['BL1_EXAMPLE_NEURONS'] ?? 1000)
const SEED = 7
/** Games side by side, each with a culture of its own that plays it. */
const GAMES = 8
/** Time the culture lives for each action: the tick of the game. */
const STEP_MS = 100
/** Steps of each game between two updates. */
const ROLLOUT_STEPS = 128
/** A rally of half a minute is as good as one without end. */
const LONGEST_EPISODE = 300
/** Steps of random stimulation without a game, by which the read-out is calibrated. */
const WARM_UP_STEPS = 300

const rng = Rng.fromSeed(SEED)
const backend = await startBackend()
console.log(`networks are computed by ${backend.description}`)

// ---------------------------------------------------------------- the games

const games = Array.from({ length: GAMES }, () => new PongEnv({ tickMs: STEP_MS }, { maxEpisodeSteps: LONGEST_EPISODE }))
/** Ball x and y, its velocity in x and y, paddle y. */
const OBSERVATION = 5
const observations = new Float32Array(GAMES * OBSERVATION)
/** Places from 0 to 1 become -1 to 1; velocities are about as large already. */
const scaled = ([ballX, ballY, ballVx, ballVy, paddleY]: Float32Array): Float32Array =>
  Float32Array.of(2 * ballX - 1, 2 * ballY - 1, ballVx, ballVy, 2 * paddleY - 1)
const see = (game: number, observation: Float32Array): void => observations.set(scaled(observation), game * OBSERVATION)
for (const [game, env] of games.entries()) see(game, env.reset({ seed: SEED + game }).observation)

// ---------------------------------------------------------------- the cultures

// One decoder reads all of them, so all have the same cells and wires. After ten seconds of settling each lives on with noise of its own.
const dishes = Dishes.grow({ culture: { neurons: NEURONS, dishUm: 1342 } }, Array.from({ length: GAMES }, () => SEED))
for (let dish = 0; dish < GAMES; dish++) dishes.loadOne(dish, dishes.saveOne(dish), SEED + 1000 + dish)

// ---------------------------------------------------------------- encoder and decoder

const agent = new CultureAgent(
  {
    observationWidth: OBSERVATION,
    actionSpace: new Discrete({ n: 3 }), // stay, up, down
    parameters: {
      stepMs: STEP_MS,
      // A network chooses which of eight electrodes is pulsed, once in each step, as strongly as the array can.
      encoder: {
        kind: 'mlp',
        code: 'one',
        hidden: [128, 128],
        activation: 'tanh',
        channels: [9, 12, 14, 27, 30, 41, 44, 54],
        lowestRateHz: 10,
        highestRateHz: 10,
        highestCurrentUa: 3,
        phaseWidthUs: 1000,
        gridMs: STEP_MS,
        learningRateScale: 1,
      },
      // One matrix from what the other electrodes counted to the three actions. Its first weights are large: when actions follow the spikes
      // from the start, the encoder can tell what its choices do. (With small ones neither half has anything to learn from the other.)
      decoder: { kind: 'linear', bias: false, calibrate: true, initialGain: 3 },
    },
  },
  rng.split('agent'),
)
const trains = games.map(() => agent.stimulation.trains())
/** Spike features of a step, one an electrode that is read. */
const FEATURES = agent.moments.width
/** Every dish draws its stimulation and its actions from streams of its own. */
const draws = {
  stimulation: { streams: games.map((_, game) => rng.split(`stimulation/${game}`)), greedy: false },
  action: { streams: games.map((_, game) => rng.split(`action/${game}`)), greedy: false },
}

// ---------------------------------------------------------------- what learns

const critic = mlpCritic(OBSERVATION, { hidden: [128, 128], activation: 'silu' }, rng.split('critic'))
const learner = ppo(agent, critic, { learningRate: 1e-3, gamma: 0.95, epochs: 8, minibatches: 8 }, rng.split('learner'))
const rollout = new Rollout({ steps: ROLLOUT_STEPS, envs: GAMES, columns: agent.columns })
const { observation: seen, stimulation, spikes, action } = rollout.data

// ---------------------------------------------------------------- one step, part by part

/** Pulse: rows of stimulation become pulses on their way into the dishes. */
const pulse = (rows: Float32Array, firstRow: number): void => {
  for (let dish = 0; dish < GAMES; dish++) {
    for (const one of trains[dish].emit(rows, firstRow + dish, STEP_MS)) dishes.send(dish, one)
  }
}

/** Encode: the observation becomes a stimulation. */
const encode = (firstRow: number): void => {
  agent.stimulate(observations, draws.stimulation, stimulation, firstRow)
  pulse(stimulation, firstRow)
}

/** Live: all cultures, for as long as a step; then the spikes at the electrodes are counted. */
const live = (rows: Float32Array, firstRow: number): void => {
  dishes.live(STEP_MS)
  for (let dish = 0; dish < GAMES; dish++) agent.readFeatures(dishes.counts[dish], rows, firstRow + dish)
}

/** Decode: the spikes become an action for each game. They are all that the decoder sees. */
const decode = (firstRow: number): void => {
  agent.decide(spikes.subarray(firstRow * FEATURES, (firstRow + GAMES) * FEATURES), draws.action, action, firstRow)
}

/** Play: the games move on; an episode that is over is noted, and the next begins. Returns of the running episodes. */
const returns = new Float64Array(GAMES)
const lengths = new Float64Array(GAMES)
const play = (firstRow: number): void => {
  for (const [game, env] of games.entries()) {
    const row = firstRow + game
    const step = env.step(action[row])
    rollout.rewards[row] = step.reward // 1 for a hit, -1 for a miss, which ends the episode
    rollout.terminated[row] = Number(step.terminated)
    rollout.truncated[row] = Number(step.truncated)
    returns[game] += step.reward
    lengths[game]++
    if (isOver(step)) {
      // What might have come after a truncated episode is judged by what was seen last, not by the first sight of the next.
      if (step.truncated) rollout.finals.push({ row, observation: scaled(step.observation) })
      rollout.episodes.push({ env: game, return: returns[game], length: lengths[game], endReason: step.info.endReason })
      returns[game] = lengths[game] = 0
      see(game, env.reset().observation)
    } else {
      see(game, step.observation)
    }
  }
}

// ---------------------------------------------------------------- the loop

// Which electrode was pulsed? While the games wait, electrodes are pulsed at random, and the read-out learns what the spikes at the others say of it.
const sent = new Float32Array(WARM_UP_STEPS * GAMES * agent.stimulation.width)
const counted = new Float32Array(WARM_UP_STEPS * GAMES * FEATURES)
for (let row = 0; row < WARM_UP_STEPS * GAMES; row += GAMES) {
  for (let game = 0; game < GAMES; game++) agent.stimulation.drawAny(draws.stimulation.streams[game], sent, row + game)
  pulse(sent, row)
  live(counted, row)
}
agent.calibrate(sent, counted)

const recent: number[] = []
const updates = Math.ceil(TOTAL_STEPS / rollout.rows)
for (let update = 0; update < updates; update++) {
  const began = performance.now()
  rollout.clear()
  for (let step = 0; step < ROLLOUT_STEPS; step++) {
    const firstRow = step * GAMES
    seen.set(observations, firstRow * OBSERVATION)
    encode(firstRow)
    live(spikes, firstRow)
    decode(firstRow)
    play(firstRow)
  }
  rollout.next.set(observations)
  const played = performance.now()

  // The gradient of log pi(stimulation | observation) + log pi(action | spikes). Spikes are data: none goes through them.
  const report = learner.update(rollout, update / updates)

  recent.push(...rollout.episodes.map((episode) => episode.return))
  recent.splice(0, Math.max(0, recent.length - 200))
  const mean = recent.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.length)
  const seconds = (played - began) / 1000
  const faster = (GAMES * ROLLOUT_STEPS * STEP_MS) / 1000 / seconds
  console.log(
    `steps ${(update + 1) * rollout.rows}: mean return of the last ${recent.length} rallies ${mean.toFixed(2)}, entropy ${report.entropy.toFixed(2)}, ` +
      `explained variance ${report.explainedVariance.toFixed(2)}, cultures ${faster.toFixed(0)} times faster than life, update ${report.seconds.toFixed(2)} s`,
  )
}

// ---------------------------------------------------------------- did the culture have a part in it?

// The same agent on the same serves, once with and once without spikes. `bl1 ablate` does this with all controls and with intervals.
const hitsARally = (withSpikes: boolean): number => {
  let hits = 0
  let rallies = 0
  for (const [game, env] of games.entries()) see(game, env.reset({ seed: 5000 + game }).observation)
  for (let step = 0; step < 2 * ROLLOUT_STEPS; step++) {
    encode(0)
    live(spikes, 0)
    if (!withSpikes) spikes.fill(0)
    decode(0)
    rollout.clear()
    play(0)
    hits += rollout.rewards.subarray(0, GAMES).reduce((sum, reward) => sum + Math.max(0, reward), 0)
    rallies += rollout.episodes.length
  }
  return hits / Math.max(1, rallies)
}
console.log(`hits a rally: with spikes ${hitsARally(true).toFixed(2)}, without ${hitsARally(false).toFixed(2)}`)

dishes.close()
agent.dispose()
critic.dispose()
