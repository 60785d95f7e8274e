/** What must and must not compile of the culture, the feedback and the closed loop. Checked by `tsc`; nothing here runs. */
import { PongEnv } from '../../envs/pong/index.js'
import { Culture } from '../../src/culture/index.js'
import { toAsync } from '../../src/env/index.js'
import { fep, openLoop } from '../../src/feedback/index.js'
import { ClosedLoop, motorRegionDecoder, placeRateEncoder, sessionScript, type Session } from '../../src/loop/index.js'
import { ElectrodeArray } from '../../src/mea/index.js'

const culture = Culture.grow({ neurons: 100 }, 7)
const parts = { env: new PongEnv(), culture, encoder: placeRateEncoder(), decoder: motorRegionDecoder(), feedback: fep() }

export const session: Session = new ClosedLoop(parts).run({ minutes: 20 })
export const yoked = openLoop(sessionScript(session))

// @ts-expect-error a misspelt key of the culture
Culture.grow({ neuron: 100 }, 7)
// @ts-expect-error a culture needs a seed
Culture.grow({ neurons: 100 })
// @ts-expect-error a number is not a word
Culture.grow({ neurons: '100' }, 7)
// @ts-expect-error an asynchronous game cannot be stepped at once
export const forgottenAwait = new ClosedLoop({ ...parts, env: toAsync(new PongEnv()) })
// @ts-expect-error play needs its minutes
new ClosedLoop(parts).run({})
// @ts-expect-error feedback is a policy, not its name
export const named = new ClosedLoop({ ...parts, feedback: 'fep' })
// @ts-expect-error a pulse has an amplitude or a current
new ElectrodeArray(culture.population).stimulator.schedule([27], { phaseWidthUs: 200 }, 0)
// @ts-expect-error the population of a culture cannot be replaced
culture.population = Culture.grow({}, 1).population
