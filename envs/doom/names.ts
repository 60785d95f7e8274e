/**
 * What ViZDoom 1.3 calls things: for the compiler and the editor. At run time the engine itself says which names there are, so a newer one
 * that knows more of them needs no change here.
 */

/** The single-player scenarios that come with the package `vizdoom`. */
export const doomScenarios = [
  'basic',
  'basic_audio',
  'basic_notifications',
  'deadly_corridor',
  'deathmatch',
  'defend_the_center',
  'defend_the_line',
  'health_gathering',
  'health_gathering_supreme',
  'learning',
  'my_way_home',
  'predict_position',
  'rocket_basic',
  'simpler_basic',
  'take_cover',
] as const

/** Campaigns and scenarios for several players, which come with it too; `doom` and `doom2` need game data that do not. */
export const otherDoomScenarios = ['doom', 'doom2', 'freedoom1', 'freedoom2', 'oblige', 'cig', 'multi', 'multi_duel'] as const

/** A scenario by name, or the absolute path of a cfg file. */
export type DoomScenario = (typeof doomScenarios)[number] | (typeof otherDoomScenarios)[number] | `/${string}` | `${string}:\\${string}`

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** A button that is pressed or not. */
export type DoomBinaryButton =
  | 'ATTACK'
  | 'USE'
  | 'JUMP'
  | 'CROUCH'
  | 'TURN180'
  | 'ALTATTACK'
  | 'RELOAD'
  | 'ZOOM'
  | 'SPEED'
  | 'STRAFE'
  | 'MOVE_RIGHT'
  | 'MOVE_LEFT'
  | 'MOVE_BACKWARD'
  | 'MOVE_FORWARD'
  | 'TURN_RIGHT'
  | 'TURN_LEFT'
  | 'LOOK_UP'
  | 'LOOK_DOWN'
  | 'MOVE_UP'
  | 'MOVE_DOWN'
  | 'LAND'
  | `SELECT_WEAPON${Digit}`
  | 'SELECT_NEXT_WEAPON'
  | 'SELECT_PREV_WEAPON'
  | 'DROP_SELECTED_WEAPON'
  | 'ACTIVATE_SELECTED_ITEM'
  | 'SELECT_NEXT_ITEM'
  | 'SELECT_PREV_ITEM'
  | 'DROP_SELECTED_ITEM'

/** A button that takes a number: degrees or map units a tic. */
export type DoomDeltaButton =
  | 'LOOK_UP_DOWN_DELTA'
  | 'TURN_LEFT_RIGHT_DELTA'
  | 'MOVE_FORWARD_BACKWARD_DELTA'
  | 'MOVE_LEFT_RIGHT_DELTA'
  | 'MOVE_UP_DOWN_DELTA'

/** A button of the game. */
export type DoomButton = DoomBinaryButton | DoomDeltaButton

/** A game variable. */
export type DoomVariable =
  | 'KILLCOUNT'
  | 'ITEMCOUNT'
  | 'SECRETCOUNT'
  | 'FRAGCOUNT'
  | 'DEATHCOUNT'
  | 'HITCOUNT'
  | 'HITS_TAKEN'
  | 'DAMAGECOUNT'
  | 'DAMAGE_TAKEN'
  | 'HEALTH'
  | 'ARMOR'
  | 'DEAD'
  | 'ON_GROUND'
  | 'ATTACK_READY'
  | 'ALTATTACK_READY'
  | 'SELECTED_WEAPON'
  | 'SELECTED_WEAPON_AMMO'
  | `AMMO${Digit}`
  | `WEAPON${Digit}`
  | `${'' | 'CAMERA_'}POSITION_${'X' | 'Y' | 'Z'}`
  | `${'' | 'CAMERA_'}${'ANGLE' | 'PITCH' | 'ROLL'}`
  | 'VIEW_HEIGHT'
  | `VELOCITY_${'X' | 'Y' | 'Z'}`
  | 'CAMERA_FOV'
  | 'PLAYER_NUMBER'
  | 'PLAYER_COUNT'
  | `PLAYER${number}_FRAGCOUNT`
  | `USER${number}`

/** A screen resolution of the engine, width before height: 'RES_320X240'. */
export type DoomResolution = `RES_${number}X${number}`
