/** `bl1 play <id>`: a person, or chance, plays a registered environment in the terminal. */
import { setTimeout as delay } from 'node:timers/promises'
import { make, type AnyEnv, type EnvSpec, type RenderMode } from '../../../env/index.js'
import { Bl1Error } from '../../../errors.js'
import { provenance } from '../../../io/index.js'
import { MS_PER_SECOND } from '../../../units.js'
import { LiveScreen } from '../liveScreen.js'
import { pictureLines, pictureSize } from '../terminalPicture.js'
import { playByHand, type GameView, type PlayedEpisode, type Player } from './game.js'
import { HeldKeys, listen } from './keyboard.js'
import { keyHelp, keyMapOf } from './keyMap.js'

/** The options of `bl1 play` that concern every environment. */
export interface ByHandFlags {
  readonly seed: number
  readonly speed?: number | 'max'
  readonly random?: boolean
  readonly episodes?: number
  readonly json?: boolean
}

const RANDOM_EPISODES = 5
const USUAL_FPS = 30
const STATES: { readonly [S in GameView['state']]: string } = { 'ready?': 'press a key to start', paused: 'paused', running: '' }

const chance: Player = { look: () => undefined, isReady: true, action: (env) => env.sampleAction(), takeWish: () => undefined }

const makeIn = (spec: EnvSpec, renderMode: RenderMode): Promise<AnyEnv> => make({ ...spec, options: { ...spec.options, renderMode } })

/** Codes of what keeps an environment from being made that has nothing to do with how it is shown. */
const isAboutTheMachine = (error: unknown): boolean => error instanceof Bl1Error && /^(bridge|doom|pythonEnv)\//.test(error.code)

/** In text, or in pictures that the terminal shows as text. An environment that knows neither says so in its own way. */
const makeShownEnv = async (spec: EnvSpec): Promise<AnyEnv> => {
  try {
    return await makeIn(spec, 'ansi').catch(() => makeIn(spec, 'rgb_array'))
  } catch (error) {
    if (isAboutTheMachine(error)) throw error
    throw new Bl1Error('cli/no-text', { id: spec.id, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

/** Lines above the picture. */
const HEAD_LINES = 4

/** What an environment renders, as text that fits the terminal. */
const shownText = async (env: AnyEnv): Promise<string> => {
  const shown = await env.render()
  if (typeof shown !== 'object') return shown ?? ''
  const { columns, rows } = pictureSize(shown, process.stdout.columns, process.stdout.rows - HEAD_LINES)
  return pictureLines(shown, columns, rows, process.stdout.getColorDepth()).join('\n')
}

const lineOf = ({ seed, steps, return: total, endReason }: PlayedEpisode): string =>
  `seed ${seed}: ${steps} steps, return ${Number(total.toFixed(3))}, ${endReason}`

/** What a small window must not cut off stands above the picture. */
export const screenOf = (id: string, view: GameView, keys: string): string =>
  [
    `${id}   episode ${view.episode}   step ${view.steps}   return ${view.return.toFixed(2)}   reward ${view.reward.toFixed(2)}`,
    keys,
    STATES[view.state] || (view.last === undefined ? '' : `last episode: ${lineOf(view.last)}`),
    '',
    view.picture,
  ].join('\n')

const summaryOf = (id: string, played: readonly PlayedEpisode[]): string => {
  if (played.length === 0) return `${id}: no episode was played to its end.`
  const mean = played.reduce((sum, episode) => sum + episode.return, 0) / played.length
  const count = played.length === 1 ? '1 episode' : `${played.length} episodes`
  return `${id}: ${count}, mean return ${Number(mean.toFixed(3))}.`
}

/**
 * Plays one environment.
 * @throws Bl1Error `cli/terminal` where there is nobody to press keys, `cli/no-keys`, `cli/no-text`, `run/interrupted`
 */
export const runByHand = async (spec: EnvSpec, flags: ByHandFlags, signal: AbortSignal): Promise<void> => {
  const { seed, random: isRandom = false, json = false } = flags
  const isLive = process.stdout.isTTY && !json && process.env['TERM'] !== 'dumb'
  if (!isRandom && !(isLive && process.stdin.isTTY)) throw new Bl1Error('cli/terminal', { id: spec.id })
  const env = await makeShownEnv(spec)
  const keyMap = isRandom ? undefined : keyMapOf(env)
  const held = keyMap === undefined ? undefined : new HeldKeys(keyMap)
  const player: Player = held ?? chance
  const speed = flags.speed ?? (isLive ? 1 : 'max')
  const stepMs = speed === 'max' ? 0 : MS_PER_SECOND / (env.metadata.renderFps ?? USUAL_FPS) / speed
  const screen = isLive ? new LiveScreen(process.stdout) : undefined
  const mute = held === undefined ? () => undefined : listen(process.stdin, held, () => process.kill(process.pid, 'SIGINT'))
  const restore = (): void => {
    mute()
    screen?.close()
  }
  signal.addEventListener('abort', restore)
  let dueMs = performance.now()
  try {
    const played = await playByHand(env, player, {
      seed,
      episodes: flags.episodes ?? (isRandom ? RANDOM_EPISODES : null),
      signal,
      show: (view) => screen?.draw(screenOf(spec.id, view, keyMap === undefined ? 'Ctrl-C quits' : keyHelp(keyMap))),
      // Nobody looks where there is no screen.
      picture: screen === undefined ? () => Promise.resolve('') : shownText,
      onEpisode: (episode) => void (isLive ? undefined : process.stderr.write(`${lineOf(episode)}\n`)),
      wait: async () => {
        // A step that came late does not make the next ones hurry.
        dueMs = Math.max(dueMs + stepMs, performance.now())
        await delay(Math.max(0, dueMs - performance.now()))
      },
    })
    restore()
    if (!json) process.stdout.write(`${summaryOf(spec.id, played)}\n`)
    if (signal.aborted) throw new Bl1Error('run/interrupted', { doing: 'play' })
    const who = isRandom ? 'random' : 'keys'
    const document = { game: spec.id, spec: env.spec, seed, player: who, episodes: played, provenance: provenance() }
    if (json) process.stdout.write(`${JSON.stringify(document)}\n`)
  } finally {
    restore()
    signal.removeEventListener('abort', restore)
    await env.close()
  }
}
