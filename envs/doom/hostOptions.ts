/** The options of the environment in the words of the Doom host: everything is said, and null is the scenario's own setting. */
import type { JsonObject, JsonValue } from '../../src/json.js'
import type { DoomParameters } from './parameters.js'

const orNull = (value: JsonValue | undefined): JsonValue => value ?? null

/** Every key of the table, null where it was left out. */
const filled = (keys: readonly string[], values: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(keys.map((key) => [key, orNull(values[key])]))

const RENDER = ['hud', 'minimalHud', 'weapon', 'crosshair', 'decals', 'particles', 'effects', 'messages', 'corpses', 'flashes']
const REWARDS = [
  'living',
  'death',
  'kill',
  'item',
  'secret',
  'frag',
  'hit',
  'hitTaken',
  'damageMade',
  'damageTaken',
  'health',
  'armor',
  'mapExit',
]

/** What `make` of the host takes. */
export const hostOptions = (parameters: DoomParameters): JsonObject => {
  const { screen, automap, features, render, engineReward, renderMode, ...rest } = parameters
  return {
    scenario: rest.scenario,
    wad: orNull(rest.wad),
    iwad: orNull(rest.iwad),
    map: orNull(rest.map),
    skill: orNull(rest.skill),
    resolution: rest.resolution,
    seed: null,
    screen: screen === null ? null : { format: screen.format, ...filled(['crop', 'size'], screen) },
    depth: rest.depth,
    labels: rest.labels,
    automap,
    audio: rest.audio,
    notifications: rest.notifications,
    features: features === null ? null : { ...features, names: orNull(features.names) },
    variables: orNull(rest.variables),
    buttons: orNull(rest.buttons),
    mode: rest.mode,
    ticrate: rest.ticrate,
    timeoutTics: orNull(rest.timeoutTics),
    startTic: orNull(rest.startTic),
    render: filled(RENDER, render),
    renderPicture: renderMode !== undefined,
    args: rest.args,
    allowCommands: rest.allowCommands,
    reward: filled(REWARDS, engineReward),
    ticsPerStep: rest.ticsPerStep,
    peek: rest.peek,
  }
}
