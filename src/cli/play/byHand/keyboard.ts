/** The keyboard of a terminal: which key is down, as far as a terminal tells. It reports presses and repeats, never releases. */
import { emitKeypressEvents } from 'node:readline'
import type { KeyMap } from '../../../env/index.js'
import type { Player, Wish } from './game.js'

/** A key counts as held for this long after its last press: longer than the time between the repeats of a held key. */
const HOLD_MS = 120

interface Key {
  readonly name?: string
  readonly sequence?: string
  readonly ctrl?: boolean
}

const WISHES: ReadonlyMap<string, Wish> = new Map([
  ['q', 'quit'],
  ['escape', 'quit'],
  ['r', 'reset'],
  ['p', 'pause'],
])

/** Turns presses into actions: a player for `playByHand`. */
export class HeldKeys implements Player {
  readonly #map: KeyMap
  readonly #nowMs: () => number
  readonly #wishes: Wish[] = []
  #action: unknown
  #pressedMs = Number.NEGATIVE_INFINITY
  #isReady = false

  /** @param nowMs the clock, an argument so that tests need none */
  constructor(map: KeyMap, nowMs: () => number = () => performance.now()) {
    this.#map = map
    this.#nowMs = nowMs
    this.#action = map.idle ?? Object.values(map.actions)[0]
  }

  press({ name, sequence }: Key): void {
    const key = name ?? sequence ?? ''
    const wish = WISHES.get(key)
    if (wish !== undefined) {
      this.#wishes.push(wish)
    } else if (Object.hasOwn(this.#map.actions, key)) {
      this.#action = this.#map.actions[key]
      this.#pressedMs = this.#nowMs()
      this.#isReady = true
    }
  }

  /** A new episode: the player looks at it, and is ready with the next key of an action. */
  look(): void {
    this.#isReady = false
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** The action of the key that is held, or of no key. */
  action(): unknown {
    const isHeld = this.#nowMs() - this.#pressedMs <= HOLD_MS
    return isHeld || this.#map.idle === undefined ? this.#action : this.#map.idle
  }

  /** What was asked for since the last call. */
  takeWish(): Wish | undefined {
    return this.#wishes.shift()
  }
}

/** The part of a terminal's input that `listen` needs: `process.stdin` is one. */
export interface KeyInput extends NodeJS.ReadableStream {
  setRawMode(isRaw: boolean): unknown
}

/**
 * Reads `input` key by key until the returned function is called, which leaves it as it was.
 * @param interrupt what Ctrl-C does, which the terminal leaves to the program here
 */
export const listen = (input: KeyInput, keys: HeldKeys, interrupt: () => void): (() => void) => {
  const press = (_text: string | undefined, key: Key): void => {
    if (key.ctrl === true && key.name === 'c') interrupt()
    else keys.press(key)
  }
  emitKeypressEvents(input)
  input.setRawMode(true)
  input.resume()
  input.on('keypress', press)
  return () => {
    input.removeListener('keypress', press)
    input.setRawMode(false)
    input.pause()
  }
}
