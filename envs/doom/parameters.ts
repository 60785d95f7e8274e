/** Every option of Doom in one table: default, unit, range, meaning. What is left out is as the scenario's cfg says. */
import { z } from 'zod'
import { bridgeParameters } from '../../src/bridge/parameters.js'
import { choice, flag, group, quantity } from '../../src/parameters.js'
import { doomActions } from './actions/options.js'
import type { DoomButton, DoomResolution, DoomScenario, DoomVariable } from './names.js'
import { doomRewardParameters } from './results/rewardParameters.js'

/** A text that the engine judges: the type is for the compiler and the editor. */
const named = <T extends string>(doc: string) => z.custom<T>((x) => typeof x === 'string' && x !== '', 'a name').meta({ description: doc })
const optionalFlag = (doc: string) => z.boolean().exactOptional().meta({ description: doc })
const optionalReward = (doc: string) => z.number().exactOptional().meta({ description: doc, unit: 'points' })
const pixels = z.int().min(0)

const screen = group(
  {
    format: choice(['rgb', 'grey'], 'rgb', "'rgb': height x width x 3; 'grey': height x width"),
    crop: z.tuple([pixels, pixels, pixels, pixels]).readonly().exactOptional().meta({ description: 'pixels cut off: top, bottom, left, right' }),
    size: z
      .tuple([z.int().positive(), z.int().positive()])
      .readonly()
      .exactOptional()
      .meta({ description: 'height and width after cropping, by the mean over areas' }),
  },
  'the picture on the screen, reduced in Python, before it is sent: crop, then size, then grey',
)

const automap = group(
  {
    mode: choice(['NORMAL', 'WHOLE', 'OBJECTS', 'OBJECTS_WITH_SIZE'], 'NORMAL', 'how much of the map is drawn'),
    rotate: flag(true, 'turn with the player'),
    textures: flag(true, 'draw floors'),
  },
  'the map seen from above',
)

const features = group(
  {
    enemies: quantity({ default: 3, unit: '1', integer: true, min: 0, max: 64, doc: 'nearest enemies in view' }),
    items: quantity({ default: 2, unit: '1', integer: true, min: 0, max: 64, doc: 'nearest items in view' }),
    rays: quantity({ default: 8, unit: '1', integer: true, min: 0, max: 320, doc: 'wall distances, from left to right' }),
    names: z.array(z.string()).readonly().exactOptional().meta({ description: 'which classes count as enemies; left out: every monster' }),
  },
  'numbers from -1 to 1 about what the player sees: an observation for learners without pictures; names in env.featureNames',
)

const render = group(
  {
    hud: optionalFlag('the status bar'),
    minimalHud: optionalFlag('the status bar as numbers'),
    weapon: optionalFlag('the weapon in hand'),
    crosshair: optionalFlag('the crosshair'),
    decals: optionalFlag('marks on walls'),
    particles: optionalFlag('particles'),
    effects: optionalFlag('smoke and blood'),
    messages: optionalFlag('messages on the screen'),
    corpses: optionalFlag('bodies'),
    flashes: optionalFlag('flashes at hits and pick-ups'),
  },
  'what is drawn',
)

const engineReward = group(
  {
    living: optionalReward('each tic'),
    death: optionalReward('death: a penalty is a negative number'),
    kill: optionalReward('each kill'),
    item: optionalReward('each item'),
    secret: optionalReward('each secret'),
    frag: optionalReward('each frag'),
    hit: optionalReward('each hit'),
    hitTaken: optionalReward('each hit taken'),
    damageMade: optionalReward('each point of damage dealt'),
    damageTaken: optionalReward('each point of damage taken'),
    health: optionalReward('each point of health gained'),
    armor: optionalReward('each point of armour gained'),
    mapExit: optionalReward('leaving the map'),
  },
  "the engine's own reward, which is the term `engine`",
)

/** The table of Doom's options. */
export const doomParameters = group(
  {
    scenario: named<DoomScenario>('a scenario of the package vizdoom, or the absolute path of a cfg').default('basic'),
    wad: z.string().exactOptional().meta({ description: 'absolute path of a wad to play instead of the scenario’s' }),
    iwad: z.string().exactOptional().meta({ description: 'absolute path of the game data; left out: Freedoom, phase 2' }),
    map: z.string().exactOptional().meta({ description: "map to play: 'map01'" }),
    skill: z.int().min(1).max(5).exactOptional().meta({ description: 'difficulty, 1 (easy) to 5 (nightmare)' }),
    timeoutTics: z.int().min(1).exactOptional().meta({ description: 'tics after which the engine ends an episode', unit: 'tic' }),
    startTic: z.int().min(1).exactOptional().meta({ description: 'tics that pass before the first observation', unit: 'tic' }),
    ticsPerStep: quantity({ default: 4, unit: 'tic', integer: true, min: 1, max: 1000, doc: 'tics (1/35 s) for which an action is held' }),
    mode: choice(
      ['PLAYER', 'ASYNC_PLAYER', 'SPECTATOR', 'ASYNC_SPECTATOR'],
      'PLAYER',
      'PLAYER: the game waits for each action; ASYNC_PLAYER: it does not (no two runs are equal); SPECTATOR: a person plays',
    ),
    ticrate: quantity({ default: 35, unit: 'Hz', integer: true, min: 1, max: 1000, doc: 'tics a second in the ASYNC modes' }),
    buttons: z.array(named<DoomButton>('a button')).readonly().exactOptional().meta({ description: 'buttons, in this order' }),
    actions: doomActions,
    deltaLimit: quantity({
      default: 10,
      unit: 'deg/tic or map unit/tic',
      above: 0,
      max: 32_767,
      doc: 'what 1 of a continuous action means for a delta button to which the cfg sets no largest value',
    }),
    resolution: named<DoomResolution>('resolution of the engine').default('RES_320X240'),
    screen: screen.nullable(),
    depth: flag(false, 'observe distances: height x width, 0 near to 255 far'),
    labels: flag(false, 'observe which object each pixel shows: height x width'),
    automap: automap.nullable().default(null),
    audio: flag(false, 'observe the sound of the step: samples x 2, 44,100 a second'),
    notifications: flag(false, 'messages of the game in info.notifications'),
    features: features.nullable().default(null),
    peek: z
      .array(z.enum(['labels', 'objects', 'sectors']))
      .readonly()
      .default([])
      .meta({ description: 'what env.peek() may look at beside the server: each costs time at every step' }),
    variables: z.array(named<DoomVariable>('a game variable')).readonly().exactOptional().meta({ description: 'variables to observe' }),
    render,
    renderMode: z.enum(['rgb_array']).exactOptional().meta({ description: 'what render() returns; nothing where left out' }),
    engineReward,
    reward: doomRewardParameters,
    args: z.string().default('').meta({ description: 'arguments for the engine’s command line' }),
    allowCommands: flag(false, 'allow env.command(): the console of the engine, cheats included'),
    restart: choice(['never', 'episode'], 'never', "'episode': after a crash the next reset starts a new engine"),
    restartEveryEpisodes: quantity({
      default: 0,
      unit: '1',
      integer: true,
      min: 0,
      doc: 'episodes after which the engine is started afresh; 0: never',
    }),
    bridge: bridgeParameters,
  },
  'Doom',
)

/** What `DoomEnv.create` takes: any part of the table. */
export type DoomOptions = NonNullable<z.input<typeof doomParameters>>
/** The table with every value set. */
export type DoomParameters = z.output<typeof doomParameters>

/** What `reset({ options })` takes, for one episode. */
export const doomResetParameters = group(
  {
    map: z.string().exactOptional().meta({ description: "map of the episode: 'map02'" }),
    skill: z.int().min(1).max(5).exactOptional().meta({ description: 'difficulty, 1 to 5' }),
  },
  'one episode of Doom',
)
