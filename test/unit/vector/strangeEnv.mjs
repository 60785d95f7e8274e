/**
 * Environments in plain JavaScript that threads can load. `Strange-v0` does what its action says: 0 nothing, 1 throws, 2 ends its thread,
 * 3 never answers, 4 gives an info that cannot be sent, 5 takes 300 ms, 6 ends the episode, 7 throws when reset next, 8 crashes the thread
 * later. The option `observation` chooses its observations: 'box', 'dict' or 'text'; with `isStuck`, closing throws. `Echo-v0` observes the
 * text that was its action.
 */
import { BaseAsyncEnv, BaseEnv, register } from 'bl1/env'
import { Box, Dict, Discrete, Text } from 'bl1/spaces'

const ACTIONS = 9
const box = new Box({ low: -1, high: 1, shape: [2] })
const kinds = {
  box: { space: box, see: (steps) => Float32Array.of(1 / (steps + 1), 0.5) },
  dict: {
    space: new Dict({ place: box, lives: new Discrete({ n: 100 }) }),
    see: (steps) => ({ place: Float32Array.of(0, 0.25), lives: steps % 100 }),
  },
  text: { space: new Text({ maxLength: 8 }), see: (steps) => 'x'.repeat(steps % 9) },
}

const spin = (ms) => {
  const end = performance.now() + ms
  while (performance.now() < end);
}

class Strange extends BaseEnv {
  #kind
  #steps = 0
  #isDoomed = false

  constructor(options, settings) {
    const kind = kinds[options.observation ?? 'box']
    if (options.refuses) throw new Error('no such place')
    super({ spec: { id: 'Strange-v0', options, ...settings }, observationSpace: kind.space, actionSpace: new Discrete({ n: ACTIONS }) })
    this.#kind = kind
  }

  onReset() {
    if (this.#isDoomed) throw new RangeError('no second life')
    this.#steps = 0
    return { observation: this.#kind.see(0), info: {} }
  }

  onStep(action) {
    this.#steps++
    if (action === 1) throw new RangeError('the pole broke')
    if (action === 2) process.exit(7)
    if (action === 3) for (;;);
    if (action === 5) spin(300)
    if (action === 8) setTimeout(() => { throw new Error('out of the blue') }, 1)
    this.#isDoomed ||= action === 7
    const terminated = action === 6 || action === 7
    const info = { steps: this.#steps, ...(action === 4 ? { call: () => 1 } : {}), ...(terminated ? { endReason: 'lost' } : {}) }
    return { observation: this.#kind.see(this.#steps), reward: this.#steps / 4, terminated, truncated: false, info }
  }

  onClose() {
    if (this.spec.options.isStuck) throw new Error('the door is stuck')
  }
}

class Echo extends BaseAsyncEnv {
  constructor() {
    const text = new Text({ maxLength: 8 })
    super({ spec: { id: 'Echo-v0', options: {} }, observationSpace: text, actionSpace: text })
  }

  async onReset() {
    return { observation: '', info: {} }
  }

  async onStep(text) {
    const terminated = text === 'end'
    return { observation: text, reward: text.length, terminated, truncated: false, info: terminated ? { endReason: 'goal' } : {} }
  }
}

register({ id: 'Strange-v0', load: async () => (options, settings) => new Strange(options, settings) })
register({ id: 'Echo-v0', load: async () => () => new Echo() })
