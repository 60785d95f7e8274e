// Conductances, potential and recovery of the cells of one partition, four at a time.
import { Constant, Field } from './fields'
import { address, bound, integer, setInteger } from './context'

/** lowbias32, as in counterNoise.ts. */
@inline function mix(word: u32): u32 {
  let x = word
  x = (x ^ (x >> 16)) * 0x7feb352d
  x = (x ^ (x >> 15)) * 0x846ca68b
  return x ^ (x >> 16)
}

/** Vector constants stay in memory: written out in the loop they would be built anew for every four cells. */
@inline function constant(constants: usize, which: Constant): v128 {
  return v128.load32_splat(constants + (<usize>which << 2))
}

/** Counters of four cells from `first` on at a step. */
@inline function firstCounter(culture: usize, first: i32, step: i32): v128 {
  const key = mix((<u32>(step + 1) * 0x9e3779b9) ^ <u32>integer(culture, Field.noiseKey))
  const lanes = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3))
  return i32x4.add(i32x4.mul(lanes, i32x4.splat(<i32>0x9e3779b9)), i32x4.splat(<i32>key))
}

/** Noise of four cells: the sum of the 8 bytes of two hashes of their counters. */
@inline function backgroundNoise(
  counter: v128, mixer1: v128, mixer2: v128, mixer3: v128, pairs: v128, byteSumMean: v128, noiseScale: v128,
): v128 {
  let hash = i32x4.mul(v128.xor(counter, i32x4.shr_u(counter, 16)), mixer1)
  hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 15)), mixer2)
  hash = v128.xor(hash, i32x4.shr_u(hash, 16))
  let second = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 13)), mixer3)
  second = v128.xor(second, i32x4.shr_u(second, 16))
  const sums = i16x8.add(i16x8.extadd_pairwise_i8x16_u(hash), i16x8.extadd_pairwise_i8x16_u(second))
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(i32x4.dot_i16x8_s(sums, pairs), byteSumMean)), noiseScale)
}

/**
 *  g' = g exp(-dt / tau) + arrivals
 *  v' = (v + dt (0.04 v^2 + 5 v + 140 - u + I + sum g E)) / (1 + dt sum g)    semi-implicit: stable for any conductance
 *  u' = u + dt a (b v - u)                                                     with the old v
 *
 * The magnesium block divides the NMDA conductance by q = 1 + [Mg] / 3.57 exp(-0.062 v). Numerator and denominator of v' are multiplied
 * by q, which leaves one division instead of two.
 *
 * Returns how many cells reached 30 mV; their indices lie in the column `fired` from the partition's first cell on.
 */
export function updateCells(culture: usize, partition: i32, step: i32): i32 {
  const first = bound(culture, partition)
  const end = bound(culture, partition + 1)
  const v = address(culture, Field.v)
  const u = address(culture, Field.u)
  const ampa = address(culture, Field.ampa)
  const nmdaRise = address(culture, Field.nmdaRise)
  const nmdaDecay = address(culture, Field.nmdaDecay)
  const gabaA = address(culture, Field.gabaA)
  const gabaBRise = address(culture, Field.gabaBRise)
  const gabaBDecay = address(culture, Field.gabaBDecay)
  const slow = address(culture, Field.afterhyperpolarisation)
  const arrivedExcitatory = address(culture, Field.arrivedExcitatory)
  const arrivedInhibitory = address(culture, Field.arrivedInhibitory)
  const recoveryRate = address(culture, Field.recoveryRate)
  const recoverySensitivity = address(culture, Field.recoverySensitivity)
  const current = address(culture, Field.current)
  const fired = address(culture, Field.fired) + (<usize>first << 2)
  const firedStep = address(culture, Field.firedStep)

  const k = address(culture, Field.constants)
  const ampaDecay = constant(k, Constant.ampaDecay)
  const nmdaRiseDecay = constant(k, Constant.nmdaRiseDecay)
  const nmdaDecayDecay = constant(k, Constant.nmdaDecayDecay)
  const gabaADecay = constant(k, Constant.gabaADecay)
  const gabaBRiseDecay = constant(k, Constant.gabaBRiseDecay)
  const gabaBDecayDecay = constant(k, Constant.gabaBDecayDecay)
  const slowDecay = constant(k, Constant.slowDecay)
  const ampaGain = constant(k, Constant.ampaGain)
  const nmdaGain = constant(k, Constant.nmdaGain)
  const gabaAGain = constant(k, Constant.gabaAGain)
  const gabaBGain = constant(k, Constant.gabaBGain)
  const excitatoryReversal = constant(k, Constant.excitatoryReversalMv)
  const gabaAReversal = constant(k, Constant.gabaAReversalMv)
  const gabaBReversal = constant(k, Constant.gabaBReversalMv)
  const slowReversal = constant(k, Constant.slowReversalMv)
  const noiseScale = constant(k, Constant.noiseScale)
  const magnesium = constant(k, Constant.magnesium)
  const magnesiumExponent = constant(k, Constant.magnesiumExponent)
  const exponential4 = constant(k, Constant.exponential4)
  const exponential3 = constant(k, Constant.exponential3)
  const exponential2 = constant(k, Constant.exponential2)
  const exponential1 = constant(k, Constant.exponential1)
  const exponential0 = constant(k, Constant.exponential0)
  const quadratic = constant(k, Constant.quadratic)
  const linear = constant(k, Constant.linear)
  const offset = constant(k, Constant.constant)
  const one = constant(k, Constant.one)
  const halfStep = constant(k, Constant.halfStep)
  const spikeMv = constant(k, Constant.spikeMv)
  const nothing = constant(k, Constant.nothing)
  const mixer1 = constant(k, Constant.mixer1)
  const mixer2 = constant(k, Constant.mixer2)
  const mixer3 = constant(k, Constant.mixer3)
  const pairs = constant(k, Constant.pairs)
  const byteSumMean = constant(k, Constant.byteSumMean)
  const counterStep = constant(k, Constant.counterStep)

  let counter = firstCounter(culture, first, step)
  let count = 0
  const stop = <usize>end << 2
  for (let i = <usize>first << 2; i < stop; i += 16) {
    const noise = backgroundNoise(counter, mixer1, mixer2, mixer3, pairs, byteSumMean, noiseScale)
    counter = i32x4.add(counter, counterStep)

    const excitation = v128.load(arrivedExcitatory + i)
    const inhibition = v128.load(arrivedInhibitory + i)
    v128.store(arrivedExcitatory + i, nothing)
    v128.store(arrivedInhibitory + i, nothing)
    const gAmpa = f32x4.add(f32x4.mul(v128.load(ampa + i), ampaDecay), f32x4.mul(excitation, ampaGain))
    v128.store(ampa + i, gAmpa)
    const nmdaArrived = f32x4.mul(excitation, nmdaGain)
    const gNmdaRise = f32x4.add(f32x4.mul(v128.load(nmdaRise + i), nmdaRiseDecay), nmdaArrived)
    v128.store(nmdaRise + i, gNmdaRise)
    const gNmdaDecay = f32x4.add(f32x4.mul(v128.load(nmdaDecay + i), nmdaDecayDecay), nmdaArrived)
    v128.store(nmdaDecay + i, gNmdaDecay)
    const gGabaA = f32x4.add(f32x4.mul(v128.load(gabaA + i), gabaADecay), f32x4.mul(inhibition, gabaAGain))
    v128.store(gabaA + i, gGabaA)
    const gabaBArrived = f32x4.mul(inhibition, gabaBGain)
    const gGabaBRise = f32x4.add(f32x4.mul(v128.load(gabaBRise + i), gabaBRiseDecay), gabaBArrived)
    v128.store(gabaBRise + i, gGabaBRise)
    const gGabaBDecay = f32x4.add(f32x4.mul(v128.load(gabaBDecay + i), gabaBDecayDecay), gabaBArrived)
    v128.store(gabaBDecay + i, gGabaBDecay)
    const gSlow = f32x4.pmax(f32x4.mul(v128.load(slow + i), slowDecay), nothing)
    v128.store(slow + i, gSlow)

    const potential = v128.load(v + i)
    const recovery = v128.load(u + i)
    // exp(-0.062 v) as a power of two: whole part into the exponent bits, the rest by a polynomial (see receptors.ts)
    const power = f32x4.mul(potential, magnesiumExponent)
    const whole = f32x4.nearest(power)
    const rest = f32x4.sub(power, whole)
    let polynomial = f32x4.add(f32x4.mul(exponential4, rest), exponential3)
    polynomial = f32x4.add(f32x4.mul(polynomial, rest), exponential2)
    polynomial = f32x4.add(f32x4.mul(polynomial, rest), exponential1)
    polynomial = f32x4.add(f32x4.mul(polynomial, rest), exponential0)
    const exponential = i32x4.add(polynomial, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23))
    const q = f32x4.add(one, f32x4.mul(exponential, magnesium))

    const gGabaB = f32x4.sub(gGabaBDecay, gGabaBRise)
    let drive = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(quadratic, potential), linear), potential), offset)
    drive = f32x4.add(f32x4.sub(drive, recovery), f32x4.add(v128.load(current + i), noise))
    drive = f32x4.add(drive, f32x4.mul(gGabaA, gabaAReversal))
    drive = f32x4.add(drive, f32x4.mul(gGabaB, gabaBReversal))
    drive = f32x4.add(drive, f32x4.mul(gSlow, slowReversal))
    const gOther = f32x4.add(f32x4.add(gGabaA, gGabaB), gSlow)
    const gExcitatory = f32x4.mul(halfStep, f32x4.add(f32x4.mul(q, gAmpa), f32x4.sub(gNmdaDecay, gNmdaRise)))
    const numerator = f32x4.add(
      f32x4.mul(q, f32x4.add(potential, f32x4.mul(halfStep, drive))),
      f32x4.mul(gExcitatory, excitatoryReversal),
    )
    const denominator = f32x4.add(f32x4.mul(q, f32x4.add(one, f32x4.mul(halfStep, gOther))), gExcitatory)
    const next = f32x4.div(numerator, denominator)
    v128.store(v + i, next)
    const change = f32x4.sub(f32x4.mul(v128.load(recoverySensitivity + i), potential), recovery)
    v128.store(u + i, f32x4.add(recovery, f32x4.mul(v128.load(recoveryRate + i), change)))

    const reached = f32x4.ge(next, spikeMv)
    if (v128.any_true(reached)) {
      let mask = i32x4.bitmask(reached)
      while (mask != 0) {
        const cell = <i32>(i >> 2) + ctz(mask)
        mask &= mask - 1
        // the last four may reach past the last cell of the partition
        if (cell < end) {
          setInteger(fired, count, cell)
          setInteger(firedStep, cell, step)
          count++
        }
      }
    }
  }
  return count
}

/** The noise of one step of a partition and nothing else, for measurements. Returns the sum, so that none of it can be left out. */
export function sumNoise(culture: usize, partition: i32, step: i32): f32 {
  const first = bound(culture, partition)
  const stop = <usize>bound(culture, partition + 1) << 2
  const k = address(culture, Field.constants)
  const noiseScale = constant(k, Constant.noiseScale)
  const mixer1 = constant(k, Constant.mixer1)
  const mixer2 = constant(k, Constant.mixer2)
  const mixer3 = constant(k, Constant.mixer3)
  const pairs = constant(k, Constant.pairs)
  const byteSumMean = constant(k, Constant.byteSumMean)
  const counterStep = constant(k, Constant.counterStep)
  let counter = firstCounter(culture, first, step)
  let sum = f32x4.splat(0)
  for (let i = <usize>first << 2; i < stop; i += 16) {
    sum = f32x4.add(sum, backgroundNoise(counter, mixer1, mixer2, mixer3, pairs, byteSumMean, noiseScale))
    counter = i32x4.add(counter, counterStep)
  }
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
}

/** Bias of the cells of a partition with the slow noise of the moment: bias + dish + patch. */
export function applySlowNoise(culture: usize, partition: i32, values: usize): void {
  const end = bound(culture, partition + 1)
  const bias = address(culture, Field.bias)
  const current = address(culture, Field.current)
  const patch = address(culture, Field.patch)
  const dish = load<f64>(values)
  for (let i = bound(culture, partition); i < end; i++) {
    const offset = <usize>i << 2
    const ofPatch = load<f64>(values + 8 + (<usize>load<u32>(patch + offset) << 3))
    store<f32>(current + offset, <f32>(<f64>load<f32>(bias + offset) + dish + ofPatch))
  }
}
