/** What the two mountain cars share: where they drive, what is seen of them, and how they look. */
import type { EnvSettings, KeyMap } from '../../../src/env/index.js'
import type { Picture } from '../../../src/env/picture.js'
import { readParameters } from '../../../src/parameters.js'
import { Box, type Space } from '../../../src/spaces/index.js'
import { ClassicControlEnv } from '../classicEnv.js'
import { startBetween } from '../start.js'
import { drawMountainCar } from './draw.js'
import { MAX_POSITION, MAX_SPEED, MIN_POSITION, observeCar, POSITION, VELOCITY } from './hill.js'
import { mountainCarParameters, type MountainCarOptions, type MountainCarParameters } from './parameters.js'

/** What differs between them, apart from the rules. */
export interface MountainCarKind<AS extends Space> {
  readonly id: string
  readonly actionSpace: AS
  readonly stateSize: number
  readonly goalPosition: number
  readonly keys: KeyMap
}

export abstract class AnyMountainCarEnv<AS extends Space> extends ClassicControlEnv<AS, MountainCarParameters> {
  protected readonly goalVelocity: number
  readonly #goalPosition: number

  constructor(kind: MountainCarKind<AS>, options: MountainCarOptions, settings: EnvSettings) {
    const parameters = readParameters(mountainCarParameters, options, kind.id)
    super({
      id: kind.id,
      parameters,
      settings,
      observationSpace: new Box({ low: [MIN_POSITION, -MAX_SPEED], high: [MAX_POSITION, MAX_SPEED] }),
      actionSpace: kind.actionSpace,
      startOptions: startBetween(-0.6, -0.4, 2, (end) => [end, 0]),
      stateSize: kind.stateSize,
      endReason: 'goal',
      renderFps: 30,
      keys: kind.keys,
      frameWidth: 600,
      frameHeight: 400,
    })
    this.goalVelocity = parameters.goalVelocity
    this.#goalPosition = kind.goalPosition
  }

  protected observe(state: Float64Array, observation: Float32Array): Float32Array {
    return observeCar(state, observation)
  }

  protected draw(picture: Picture): void {
    drawMountainCar(picture, this.state, this.#goalPosition)
  }

  protected caption(): string {
    return `position ${this.state[POSITION].toFixed(3)}   velocity ${this.state[VELOCITY].toFixed(4)} a step`
  }
}
