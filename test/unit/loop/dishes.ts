/** Dishes for the tests of the loop: one without cells' physics that notes every pulse, and the parts of a session. */
import { PongEnv, type PongOptions } from '../../../envs/pong/index.js'
import { Culture, type Depolarisations, type SpikeColumns } from '../../../src/culture/index.js'
import type { FeedbackPolicy } from '../../../src/feedback/index.js'
import { boardLayout, ClosedLoop, motorRegionDecoder, placeRateEncoder, type ClosedLoopParts, type Substrate } from '../../../src/loop/index.js'
import { arrayLayout } from '../../../src/mea/index.js'

const layout = arrayLayout('cl1')

/**
 * One cell under every electrode, cell k under channel k. It answers no pulse; spikes come as told, at the start of each advance.
 * `pulses` collects [step, channel] of everything delivered.
 */
export class NotingDish implements Substrate {
  step = 0
  readonly population = {
    neurons: 64,
    sideUm: 3000,
    xUm: layout.xUm.map((x) => x + 1500),
    yUm: layout.yUm.map((y) => y + 1500),
  }
  readonly pulses: [step: number, channel: number][] = []
  readonly #spiking: (step: number) => readonly number[]

  constructor(spiking: (step: number) => readonly number[] = () => []) {
    this.#spiking = spiking
  }

  advance(durationMs: number, stimulation?: Depolarisations): SpikeColumns {
    for (let k = 0; k < (stimulation?.count ?? 0); k++) {
      this.pulses.push([stimulation?.steps[k] ?? NaN, stimulation?.neurons[k] ?? NaN])
    }
    const fired = this.#spiking(this.step)
    const { step } = this
    this.step += durationMs * 2
    return { count: fired.length, steps: Int32Array.from(fired, () => step), neurons: Int32Array.from(fired) }
  }
}

/** A dish whose paddle hangs about: the regions take turns every `periodMs`. */
export const wandering = (periodMs: number): NotingDish => {
  const { up, down } = boardLayout()
  return new NotingDish((step) => (Math.floor(step / 2 / periodMs) % 2 === 0 ? up : down))
}

/** A small living culture under the whole array. */
export const living = (seed = 1): Culture => Culture.grow({ neurons: 300, dishUm: 1342 }, seed)

/** A loop of Pong with the given policy; a hand-made part replaces a default one. */
export const loopOf = (feedback: FeedbackPolicy, culture: Substrate, parts: Partial<ClosedLoopParts> = {}, pong: PongOptions = {}): ClosedLoop =>
  new ClosedLoop({
    env: new PongEnv({ afterMiss: feedback.missEndsRally ? 'end' : 'bounce', ...pong }),
    culture,
    encoder: placeRateEncoder(),
    decoder: motorRegionDecoder(),
    feedback,
    seed: 5,
    ...parts,
  })
