/** Python-v0: an environment of the Python package gymnasium, played through the bridge. */
import { z } from 'zod'
import { HostBridge, type BridgeArrays, type BridgeReply } from '../../src/bridge/index.js'
import { BaseAsyncEnv, specOf } from '../../src/env/index.js'
import type { EnvBuilder, EnvSettings, Frame, Info, RenderMode, StepResult } from '../../src/env/index.js'
import { rgbFrame } from '../../src/env/rgbFrame.js'
import { Bl1Error } from '../../src/errors.js'
import type { JsonObject } from '../../src/json.js'
import { readParameters } from '../../src/parameters.js'
import type { Space } from '../../src/spaces/index.js'
import { readDescription, renderReply, resetReply, stepReply, type MadeEnv } from './description.js'
import { pythonFailure } from './failures.js'
import { PYTHON_ENV_ID, pythonEnvParameters, type PythonEnvOptions, type PythonEnvParameters } from './parameters.js'
import { Incoming, Outgoing } from './values.js'

/** What a reset or step tells beside the observation. */
export interface PythonInfo extends Info {
  /** Gymnasium's own info: numbers and arrays of NumPy as plain ones. */
  readonly python: JsonObject
  /** Paths of what JSON cannot carry and `python` lacks (in a list, null stands in its place), and what it was. Absent where nothing is. */
  readonly leftOut?: readonly string[]
  /** The environment said `truncated` too. An episode ends once here, and `terminated` wins: no value follows. */
  readonly alsoTruncated?: true
}

const isTimeout = (error: unknown): boolean => error instanceof Bl1Error && error.code === 'bridge/timeout'

const resetOptions = z.record(z.string(), z.json())

/** How to make the environment, in the words of the host. */
const hostOptions = ({ id, kwargs, renderMode, allowImport }: PythonEnvParameters, { maxEpisodeSteps }: EnvSettings): JsonObject => ({
  id,
  kwargs,
  renderMode: renderMode ?? null,
  allowImport,
  maxEpisodeSteps: maxEpisodeSteps ?? null,
})

/**
 * Any environment of Gymnasium, in a Python process of its own.
 *
 * * Spaces: Box, Discrete, MultiDiscrete, MultiBinary, Text, Dict, Tuple, Sequence and OneOf become ours; another kind is refused by name
 *   (`pythonEnv/space`). Element types stay as they are where there is the same one here; bool is carried by uint8, float16 by float32
 *   (actions are rounded to it), int64 and uint64 by int32 and uint32: bounds are cut to what these hold, and a value beyond is an error
 *   (`pythonEnv/value`), as is one of another shape. An observation of another float type than its space's is rounded to the space's.
 * * Seeds: `reset({ seed })` is Gymnasium's `reset(seed=seed)` with the same number. Resets without one pass the drawn seed that
 *   `info.seed` reports, so that every episode can be replayed. Those have up to 53 bits, which Gymnasium takes; an environment that hands
 *   its seed to a 32-bit generator may refuse them: give it seeds below 2^32.
 * * Ends: `truncated` is a time limit (`endReason: 'timeLimit'`), set by Gymnasium's registry unless `maxEpisodeSteps` is given. Why an
 *   episode terminates, Gymnasium does not say: `info.endReason` is the option `endReason`, 'lost' unless you know better. It never is
 *   'goal' by itself, so that no success is counted that nobody vouched for.
 * * Errors: what Python raises in a reset or step ends the episode and rejects as `pythonEnv/raised`; a process that died, as
 *   `bridge/crashed`. With `restart: 'episode'` the next reset then starts another one.
 *
 * It is registered as 'Python-v0', so its spec rebuilds it: `make(env.spec)`. Close it, or use `await using`: it holds a process.
 *
 * ```ts
 * await using env = await PythonEnv.create('FrozenLake-v1', { kwargs: { is_slippery: false } })
 * await env.reset({ seed: 7 })
 * const { observation, reward, info } = await env.step(2)
 * ```
 */
export class PythonEnv extends BaseAsyncEnv<Space, Space, PythonInfo> {
  /** Every option with its value. */
  readonly parameters: PythonEnvParameters
  /** Version of the package gymnasium that plays. */
  readonly gymnasium: string
  readonly #bridge: HostBridge
  readonly #made: MadeEnv
  /** The process died, did not answer in time, or was replaced by one that is not the same. */
  #isLost = false

  private constructor(parameters: PythonEnvParameters, settings: EnvSettings, bridge: HostBridge, made: MadeEnv) {
    super({
      spec: specOf(PYTHON_ENV_ID, parameters, { ...made.settings, ...settings }),
      observationSpace: made.observation.space,
      actionSpace: made.action.space,
      metadata: { renderModes: made.renderModes, ...(made.renderModes.length === 0 ? {} : { renderFps: made.renderFps }) },
      renderMode: parameters.renderMode,
    })
    this.parameters = parameters
    this.gymnasium = made.gymnasium
    this.#bridge = bridge
    this.#made = made
  }

  /**
   * Starts a Python process and makes the environment in it.
   * @param id Gymnasium's: 'CartPole-v1'. With a module in front ('package:Env-v0') it needs `allowImport`
   * @param settings `maxEpisodeSteps` replaces the limit of Gymnasium's registry
   * @throws Bl1Error `pythonEnv/unknown`, `pythonEnv/import`, `pythonEnv/make` (arguments it refuses), `pythonEnv/space`,
   * `pythonEnv/not-installed`, `parameter/unknown`, `parameter/invalid`, `env/render-mode`, `env/spec`, and the codes `bridge/...` of a
   * process that does not start
   */
  static async create(id: string, options: Omit<PythonEnvOptions, 'id'> = {}, settings: EnvSettings = {}): Promise<PythonEnv> {
    const parameters = readParameters(pythonEnvParameters, { ...options, id }, `PythonEnv.create('${id}')`)
    if (id.includes(':') && !parameters.allowImport) throw new Bl1Error('pythonEnv/import', { id })
    const bridge = new HostBridge('gymnasium', hostOptions(parameters, settings), parameters.bridge)
    try {
      return new PythonEnv(parameters, settings, bridge, readDescription(id, await bridge.start()))
    } catch (error) {
      await bridge.close()
      throw pythonFailure(id, error)
    }
  }

  protected async onReset(options: Readonly<Record<string, unknown>>): Promise<{ observation: unknown; info: PythonInfo }> {
    const { id, restart } = this.parameters
    const given = readParameters(resetOptions, options, `${id}, options of reset`)
    if (restart === 'episode' && (this.#isLost || this.#bridge.failure !== undefined)) await this.#startAgain()
    const { body, arrays } = await this.#call('reset', { seed: this.saveLifecycle().seed, options: given })
    const { plain, info, leftOut } = resetReply.parse(body)
    return { observation: this.#read(plain, arrays), info: { python: info, ...(leftOut.length === 0 ? {} : { leftOut }) } }
  }

  protected async onStep(action: unknown): Promise<StepResult<unknown, PythonInfo>> {
    const out = new Outgoing()
    this.#made.action.write(action, out)
    const sent = out.message()
    const { body, arrays } = await this.#call('step', sent.body, sent.arrays)
    const { reward, terminated, truncated, plain, info, leftOut } = stepReply.parse(body)
    return {
      observation: this.#read(plain, arrays),
      reward,
      terminated,
      truncated: truncated && !terminated,
      info: {
        python: info,
        ...(leftOut.length === 0 ? {} : { leftOut }),
        ...(terminated && truncated ? { alsoTruncated: true } : {}),
        ...(terminated ? { endReason: this.parameters.endReason } : truncated ? { endReason: 'timeLimit' } : {}),
      },
    }
  }

  protected override async onRender(_mode: RenderMode): Promise<Frame | string> {
    const { body, arrays } = await this.#call('render', {})
    const { text } = renderReply.parse(body)
    if (text !== undefined) return text
    const { shape, data } = arrays['picture']
    return rgbFrame(shape[1], shape[0], data)
  }

  protected override async onClose(): Promise<void> {
    await this.#bridge.close()
  }

  #read(plain: readonly unknown[], arrays: BridgeArrays): unknown {
    const from = new Incoming(this.parameters.id, plain, arrays)
    const observation = this.#made.observation.read(from)
    from.requireEnd('observation')
    return observation
  }

  async #call(verb: 'reset' | 'step' | 'render', body: JsonObject, arrays: BridgeArrays = {}): Promise<BridgeReply> {
    try {
      return await this.#bridge.call(verb, body, arrays)
    } catch (error) {
      this.#isLost ||= isTimeout(error) || this.#bridge.failure !== undefined
      // Nobody knows what state a step that failed has left behind.
      if (verb === 'step' || this.#isLost) this.life.endEpisode()
      throw pythonFailure(this.parameters.id, error)
    }
  }

  /** @throws Bl1Error `pythonEnv/space` where the fresh environment has other spaces: they may not change */
  async #startAgain(): Promise<void> {
    const { id } = this.parameters
    this.#isLost = true
    try {
      const made = readDescription(id, await this.#bridge.restart())
      for (const path of ['observation', 'action'] as const) {
        const [before, now] = [this.#made[path].space, made[path].space]
        if (before.equals(now)) continue
        const reason = `in a fresh process it is ${JSON.stringify(now)}, and it was ${JSON.stringify(before)}`
        throw new Bl1Error('pythonEnv/space', { id, path, kind: now.kind, reason })
      }
      this.#isLost = false
    } catch (error) {
      throw pythonFailure(id, error)
    }
  }
}

/** Builds it from options of any origin. */
export const buildPythonEnv: EnvBuilder<Promise<PythonEnv>> = async (options, settings) => {
  const { id, ...others } = readParameters(pythonEnvParameters, options, PYTHON_ENV_ID)
  return PythonEnv.create(id, others, settings)
}
