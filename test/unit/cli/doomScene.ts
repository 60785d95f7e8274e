/** A small scene of the film, for tests. */
import { doomCultureLayout } from '../../../envs/doom/culture/index.js'
import { rasterGroups } from '../../../src/cli/play/doom/picture/rows.js'
import type { DoomScene } from '../../../src/cli/play/doom/picture/scene.js'
import type { Frame } from '../../../src/env/index.js'
import { arrayLayout } from '../../../src/mea/index.js'

/** A picture of one colour. */
export const plain = (width: number, height: number, colour: readonly [number, number, number]): Frame => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < data.length; at += 4) data.set([...colour, 255], at)
  return { width, height, data }
}

const NONE = { timesMs: [], channels: [], from: 0, to: 0 }

/** Five seconds in which nothing happens. */
export const quietScene: DoomScene = {
  heading: 'Doom basic under fep',
  clock: '0:05 of 2:00',
  screen: plain(320, 240, [200, 10, 20]),
  automap: plain(320, 240, [10, 200, 20]),
  score: ['episode', 'step', 'return', 'kills', 'health', 'ammo'].map((label) => ({ label, value: '8' })),
  rates: [{ label: 'attack', rateHz: 40, colour: [255, 120, 72] }],
  restRateHz: 20,
  groups: rasterGroups(doomCultureLayout(), arrayLayout('cl1')),
  heads: [
    { name: 'turn', options: ['none', 'TURN_LEFT', 'TURN_RIGHT'] },
    { name: 'attack', options: ['none', 'ATTACK'] },
  ],
  recent: { fromMs: 1000, toMs: 6000, spikes: NONE, pulses: NONE, steps: [], answers: [], events: [] },
}
