/** Plays episodes of any environment: actions from a player, pictures to a view, at the environment's own pace. */
import { isOver, type AnyEnv } from '../../../env/index.js'

/** What a player asks for beside an action. */
export type Wish = 'quit' | 'reset' | 'pause'

/** Who chooses: a person at the keyboard, or chance. */
export interface Player {
  /** A new episode is there to look at; it starts when the player is ready. */
  look(): void
  readonly isReady: boolean
  action(env: AnyEnv): unknown
  takeWish(): Wish | undefined
}

/** One episode that ended. */
export interface PlayedEpisode {
  readonly seed: number
  readonly return: number
  readonly steps: number
  readonly endReason: string
}

/** What there is to see after each step. */
export interface GameView {
  readonly picture: string
  readonly episode: number
  readonly steps: number
  readonly return: number
  readonly reward: number
  readonly state: 'ready?' | 'paused' | 'running'
  /** Of the last episode. */
  readonly last: PlayedEpisode | undefined
}

/** How to play. */
export interface GameOptions {
  readonly seed: number
  /** Episodes to play; null: until the player quits. */
  readonly episodes: number | null
  readonly show: (view: GameView) => void
  /** The environment as it is now, as text. @default what it renders, where that is text */
  readonly picture?: (env: AnyEnv) => Promise<string>
  readonly onEpisode: (episode: PlayedEpisode) => void
  /** Waits until the next step is due. */
  readonly wait: () => Promise<void>
  readonly signal: AbortSignal
}

const textOf = async (env: AnyEnv): Promise<string> => {
  const shown = await env.render()
  return typeof shown === 'string' ? shown : ''
}

/** Plays until the episodes are done, the player quits, or the signal fires. An episode that was left is not among those returned. */
export const playByHand = async (env: AnyEnv, player: Player, options: GameOptions): Promise<PlayedEpisode[]> => {
  const played: PlayedEpisode[] = []
  const { signal, show, picture = textOf } = options
  let isPaused = false
  while (!signal.aborted && (options.episodes === null || played.length < options.episodes)) {
    const { info } = await env.reset(played.length === 0 ? { seed: options.seed } : {})
    player.look()
    let [steps, total, reward, isRunning] = [0, 0, 0, true]
    while (isRunning) {
      const state = isPaused ? 'paused' : player.isReady ? 'running' : 'ready?'
      show({ picture: await picture(env), episode: played.length + 1, steps, return: total, reward, state, last: played.at(-1) })
      await options.wait()
      const wish = player.takeWish()
      if (signal.aborted || wish === 'quit') return played
      if (wish === 'pause') isPaused = !isPaused
      if (wish === 'reset') break
      if (isPaused || !player.isReady) continue
      const step = await env.step(player.action(env))
      steps++
      reward = step.reward
      total += reward
      isRunning = !isOver(step)
      if (isRunning) continue
      const episode = { seed: info.seed, return: total, steps, endReason: step.info.endReason ?? 'none' }
      played.push(episode)
      options.onEpisode(episode)
    }
  }
  return played
}
