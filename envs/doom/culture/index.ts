/** Doom as a culture plays it: electrodes, what they are shown, what they press, how they are answered. */
export { doomGroupDecoder, doomRateKey } from './decoder.js'
export { viewDrive, type DriveShares } from './drive.js'
export { doomEncoderParameters, doomPlaceRateEncoder, type DoomEncoderOptions } from './encoder.js'
export { DOOM_CULTURE_FEATURES, DOOM_CULTURE_TICS, doomCultureEnv, type DoomCultureOptions } from './env.js'
export { doomFeedback, type DoomFeedbackCondition } from './feedback.js'
export { DOOM_MOTOR_BUTTONS, doomCultureLayout, type DoomCultureLayout, type DoomFeedbackGroup, type DoomMotorGroup } from './layout.js'
