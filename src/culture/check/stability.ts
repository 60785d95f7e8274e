/** Rules about the whole dish: silent when nothing drives it, calm again after it was driven hard. */
import { MS_PER_SECOND } from '../../units.js'
import { Culture } from '../culture.js'
import { depolariseAll, growQuiet } from './quiet.js'
import type { CultureCheckSession } from './session.js'

const SILENCE_MS = 2000
const BEFORE_MS = 500
const PULSES = 20
const PULSE_INTERVAL_MS = 50
const PULSE_MV = 40
/** Recovery is judged over the second half of the two seconds after the train. */
const RECOVERY_MS = 1000
const CALM_HZ = 5

/** Checks silence and recovery. */
export const checkStability = (session: CultureCheckSession): void => {
  session.part('silence', () => {
    const { count } = growQuiet(session.parameters, session.seed).advance(SILENCE_MS)
    return count > 0 ? `${count} spikes in ${SILENCE_MS} ms` : undefined
  })
  session.part('recovery', () => {
    const culture = Culture.grow(session.parameters, session.seed)
    const { neurons } = culture.population
    const everyCell = Array.from({ length: neurons }, (_, i) => i)
    culture.advance(BEFORE_MS)
    for (let k = 0; k < PULSES; k++) culture.advance(PULSE_INTERVAL_MS, depolariseAll(everyCell, PULSE_MV, culture.step))
    culture.advance(RECOVERY_MS)
    const rateHz = (culture.advance(RECOVERY_MS).count / neurons / RECOVERY_MS) * MS_PER_SECOND
    return rateHz < CALM_HZ ? undefined : `${rateHz} Hz from 1 to 2 s after the train`
  })
}
