// Candidates of one cell: which cells to look at, at rates that are bounds of the true probability.
import { minusLogOfOneMinus, powerOfTwo } from './functions'
import { nextUniforms } from './generator'
import { binFallOffs, binHazards, binSide, binStart, binUm, decay, peakProbability, points, reach, scratchA, scratchB } from './plan'

const POINTS: usize = 64

/** Draws the next points of a Poisson process of rate 1 behind `from`, and returns the last. */
function drawPoints(from: f64): f64 {
  for (let k: usize = 0; k < POINTS; k += 4) {
    const gaps = minusLogOfOneMinus(nextUniforms())
    const at = points + (k << 3)
    store<f64>(at, (from += <f64>f32x4.extract_lane(gaps, 0)))
    store<f64>(at, (from += <f64>f32x4.extract_lane(gaps, 1)), 8)
    store<f64>(at, (from += <f64>f32x4.extract_lane(gaps, 2)), 16)
    store<f64>(at, (from += <f64>f32x4.extract_lane(gaps, 3)), 24)
  }
  return from
}

@inline function binOf(um: f32): i32 {
  return min(binSide - 1, <i32>Math.floor(<f64>um / binUm))
}

/** For the bins firstX to lastX of row y: the fall-off exp(-gap / lambda) at their nearest point, and the hazard -log(1 - p) with it. */
@inline function boundRow(xUm: f32, yUm: f32, firstX: i32, lastX: i32, y: i32): void {
  const side = <f32>binUm
  const gapY = max<f32>(0, max<f32>(<f32>y * side - yUm, yUm - <f32>(y + 1) * side))
  const squareY = f32x4.splat(gapY * gapY)
  let column = f32x4.add(f32x4.splat(<f32>firstX), f32x4(0, 1, 2, 3))
  for (let k = 0; k <= lastX - firstX; k += 4) {
    // distance to the bin's left edge, or from its right edge
    const left = f32x4.sub(f32x4.mul(column, f32x4.splat(side)), f32x4.splat(xUm))
    const gapX = f32x4.pmax(f32x4.pmax(left, f32x4.sub(f32x4.splat(-side), left)), f32x4.splat(0))
    const gap = f32x4.sqrt(f32x4.add(f32x4.mul(gapX, gapX), squareY))
    const fallOff = powerOfTwo(f32x4.mul(gap, f32x4.splat(decay)))
    v128.store(binFallOffs + (<usize>k << 2), fallOff)
    v128.store(binHazards + (<usize>k << 2), minusLogOfOneMinus(f32x4.mul(fallOff, f32x4.splat(peakProbability))))
    column = f32x4.add(column, f32x4.splat(4))
  }
}

/**
 * Writes the places of candidates to scratch A and the bounds of their fall-offs to scratch B, and returns how many there are.
 *
 * A Poisson process of rate 1 runs along all cells to look at, each cell an interval as long as the hazard h = -log(1 - p) of its bin: at
 * least one point falls into it with probability 1 - exp(-h) = p. So a bin without candidates costs no draw.
 */
export function findCandidates(xUm: f32, yUm: f32): i32 {
  const binX = binOf(xUm)
  const binY = binOf(yUm)
  const firstX = max(0, binX - reach)
  const lastX = min(binSide - 1, binX + reach)
  const firstY = max(0, binY - reach)
  const lastY = min(binSide - 1, binY + reach)
  const pointsEnd = points + (POINTS << 3)
  let next = points
  let found: usize = 0
  let lastPlace = -1
  let lastPoint = drawPoints(0)
  let point = load<f64>(next)
  // where the interval of the bin begins
  let begin: f64 = 0
  for (let y = firstY; y <= lastY; y++) {
    boundRow(xUm, yUm, firstX, lastX, y)
    let bin = binStart + (<usize>(y * binSide + firstX) << 2)
    let first = load<i32>(bin)
    const end = <usize>(lastX - firstX + 1) << 2
    for (let k: usize = 0; k < end; k += 4) {
      bin += 4
      const after = load<i32>(bin)
      const hazard = <f64>load<f32>(binHazards + k)
      const finish = begin + hazard * <f64>(after - first)
      if (point < finish) {
        const inverse = 1 / hazard
        const fallOff = load<f32>(binFallOffs + k)
        do {
          // the product may round up to the number of cells
          const place = min(first + <i32>((point - begin) * inverse), after - 1)
          store<i32>(scratchA + found, place)
          store<f32>(scratchB + found, fallOff)
          // a second point in a cell is no second candidate: the next one is written over it
          found += place == lastPlace ? 0 : 4
          lastPlace = place
          next += 8
          if (next == pointsEnd) {
            lastPoint = drawPoints(lastPoint)
            next = points
          }
          point = load<f64>(next)
        } while (point < finish)
      }
      begin = finish
      first = after
    }
  }
  // whoever reads four at a time must find valid places behind the last
  v128.store(scratchA + found, i32x4.splat(0))
  return <i32>(found >> 2)
}
