/**
 * Which electrodes of the 8 x 8 array show the game, move the player and carry the answers, as in the published Doom work on the CL1
 * (channels of its trainer; the ninth encoding channel of its local program is left out).
 */

/** A group of electrodes whose spikes press one button. */
export type DoomMotorGroup = 'moveForward' | 'moveBackward' | 'moveLeft' | 'moveRight' | 'turnLeft' | 'turnRight' | 'attack'

/** A group of electrodes that answers one kind of outcome; the last two are kept for tasks with a target. */
export type DoomFeedbackGroup =
  | 'rewardGood'
  | 'rewardBad'
  | 'kill'
  | 'armorGained'
  | 'damageTaken'
  | 'ammoWasted'
  | 'approachTarget'
  | 'retreatTarget'

/** Channels by purpose. No channel has two, and none of the array's unusable ones has any. */
export interface DoomCultureLayout {
  /** Electrode of each eighth of the view, from its left edge to its right. */
  readonly encoding: readonly number[]
  readonly motor: Readonly<Record<DoomMotorGroup, readonly number[]>>
  readonly feedback: Readonly<Record<DoomFeedbackGroup, readonly number[]>>
}

const ENCODING = [8, 9, 10, 17, 18, 25, 27, 28] as const

const MOTOR = {
  moveForward: [41, 42, 49],
  moveBackward: [50, 51, 58],
  moveLeft: [13, 14, 21],
  moveRight: [45, 46, 53],
  turnLeft: [29, 30, 31, 37],
  turnRight: [59, 60, 61, 62],
  attack: [32, 33, 34],
} as const satisfies DoomCultureLayout['motor']

const FEEDBACK = {
  rewardGood: [19, 20, 22],
  rewardBad: [23, 24, 26],
  kill: [35, 36, 38],
  armorGained: [39, 40, 43],
  damageTaken: [44, 47, 48],
  ammoWasted: [52, 54, 55],
  approachTarget: [5, 6, 11],
  retreatTarget: [12, 15, 16],
} as const satisfies DoomCultureLayout['feedback']

/**
 * The electrodes of the Doom work on the CL1.
 * @param exchanged exchanges left and right of strafing and of turning: done in half of the seeds, since groups lie at different distances
 * from the encoding electrodes, and plain strengthening of near connections then moves the player the right way for the wrong reason
 */
export const doomCultureLayout = (exchanged = false): DoomCultureLayout => ({
  encoding: ENCODING,
  motor: exchanged
    ? { ...MOTOR, moveLeft: MOTOR.moveRight, moveRight: MOTOR.moveLeft, turnLeft: MOTOR.turnRight, turnRight: MOTOR.turnLeft }
    : MOTOR,
  feedback: FEEDBACK,
})

/** The motor group that presses each button. */
export const DOOM_MOTOR_BUTTONS: Readonly<Record<string, DoomMotorGroup>> = {
  MOVE_FORWARD: 'moveForward',
  MOVE_BACKWARD: 'moveBackward',
  MOVE_LEFT: 'moveLeft',
  MOVE_RIGHT: 'moveRight',
  TURN_LEFT: 'turnLeft',
  TURN_RIGHT: 'turnRight',
  ATTACK: 'attack',
}
