/** The options of Python-v0, and of PythonEnv.create. */
import { z } from 'zod'
import { bridgeParameters } from '../../src/bridge/parameters.js'
import { choice, flag, group } from '../../src/parameters.js'

/** The id under which it is registered. */
export const PYTHON_ENV_ID = 'Python-v0'

/** What each keyword that Gymnasium's `make` takes for itself is called here. */
const TAKEN: Readonly<Record<string, string>> = {
  id: `the option 'id'`,
  render_mode: `the option 'renderMode'`,
  max_episode_steps: `the setting 'maxEpisodeSteps'`,
  disable_env_checker: 'checkEnv',
}

const kwargs = z.record(z.string(), z.json()).check(({ value, issues }) => {
  for (const key of Object.keys(value)) {
    const instead = TAKEN[key]
    if (instead === undefined) continue
    const message = `without '${key}', in whose place there is ${instead}`
    issues.push({ code: 'custom', message, input: value, path: [] })
  }
})

/** The table of PythonEnv's options. */
export const pythonEnvParameters = group(
  {
    id: z.string().min(1).meta({ description: "Gymnasium's id of the environment, for example 'CartPole-v1'" }),
    kwargs: kwargs.default({}).meta({ description: 'keyword arguments of gymnasium.make for the environment itself: plain JSON' }),
    renderMode: z.enum(['ansi', 'rgb_array']).exactOptional().meta({ description: 'what render() returns; nothing where left out' }),
    allowImport: flag(false, "take an id with a module in front, 'package:Env-v0': Gymnasium then imports the module, which runs its code"),
    endReason: choice(
      ['lost', 'goal', 'death'],
      'lost',
      'what info.endReason says of a terminated episode. Gymnasium does not tell why an episode terminates; set it where you know',
    ),
    restart: choice(
      ['never', 'episode'],
      'never',
      "what a reset does once the process died or did not answer in time: ask it all the same ('never'), or start a fresh one ('episode')",
    ),
    bridge: bridgeParameters,
  },
  'an environment of the Python package gymnasium',
)

/** What `make('Python-v0', ...)` takes. */
export type PythonEnvOptions = NonNullable<z.input<typeof pythonEnvParameters>>
/** The table with every value set. */
export type PythonEnvParameters = z.output<typeof pythonEnvParameters>
