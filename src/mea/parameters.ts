/** The array and its stimulator in one table. */
import type { z } from 'zod'
import { choice, group, quantity } from '../parameters.js'
import { LAYOUTS } from './layout.js'

const SDK = "the CL1's SDK"
const PULSE = 'fitted so that 75 mV is near threshold for an adjacent cell (Ronchi et al. 2019, Front Neurosci 13:208: 70 mV)'

/** Schema of the array's parameters. */
export const meaParameters = group(
  {
    layout: choice(LAYOUTS, 'cl1', 'electrode layout: cl1 is 8 x 8 at 200 um, 59 usable'),
    detectionRadiusUm: quantity({ default: 100, unit: 'um', above: 0, max: 2000, doc: 'an electrode records the spikes of cells closer than this', source: 'the original BL-1' }),
    activationRadiusUm: quantity({ default: 100, unit: 'um', above: 0, max: 2000, doc: 'a pulse acts on cells closer than this, falling linearly to 0', source: PULSE }),
    depolarisationPerMv: quantity({ default: 0.25, unit: 'mV/mV', min: 0, max: 10, doc: 'depolarisation at the electrode for each mV of pulse', source: PULSE }),
    depolarisationPerUa: quantity({ default: 20, unit: 'mV/uA', min: 0, max: 1000, doc: 'depolarisation at the electrode for each uA of a 200 us phase', source: PULSE }),
    chronaxieUs: quantity({ default: 250, unit: 'us', above: 0, max: 10_000, doc: 'how the effect of a current grows with phase width', source: 'assumption; axons lie between 100 and 400 us' }),
    largestDepolarisationMv: quantity({ default: 160, unit: 'mV', above: 0, max: 1000, doc: 'saturation of the depolarisation', source: PULSE }),
    largestVoltageMv: quantity({ default: 900, unit: 'mV', above: 0, max: 5000, doc: 'largest pulse voltage accepted', source: 'Wagenaar, Pine & Potter 2004, J Neurosci Methods 138:27: 0.1 to 0.9 V' }),
    largestCurrentUa: quantity({ default: 3, unit: 'uA', above: 0, max: 1000, doc: 'largest pulse current accepted', source: SDK }),
    largestChargeNc: quantity({ default: 3, unit: 'nC', above: 0, max: 1000, doc: 'largest charge of a phase accepted', source: SDK }),
    phaseStepUs: quantity({ default: 20, unit: 'us', above: 0, max: 1000, doc: 'phase widths are multiples of this', source: SDK }),
    largestRateHz: quantity({ default: 200, unit: 'Hz', above: 0, max: 2000, doc: 'largest pulse rate of a channel', source: SDK }),
  },
  'the virtual multi-electrode array',
)

/** The table with every value set. */
export type MeaParameters = z.output<typeof meaParameters>
/** What `new ElectrodeArray` takes: any part of the table. */
export type MeaOptions = z.input<typeof meaParameters>
