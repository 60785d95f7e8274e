/** First weights, drawn from a named stream: tfjs's own initialisers draw from a generator that no seed of ours reaches. */
import type { Rng } from '../../src/rng.js'

const dot = (vectors: Float64Array, a: number, b: number, length: number): number => {
  let sum = 0
  for (let i = 0; i < length; i++) sum += vectors[a * length + i] * vectors[b * length + i]
  return sum
}

/** Makes the vectors orthonormal, one after the other (modified Gram & Schmidt, twice, as once leaves rounding of square matrices). */
const orthonormalise = (vectors: Float64Array, count: number, length: number): void => {
  for (let k = 0; k < count; k++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const along = dot(vectors, k, j, length)
        for (let i = 0; i < length; i++) vectors[k * length + i] -= along * vectors[j * length + i]
      }
    }
    const norm = Math.sqrt(dot(vectors, k, k, length))
    for (let i = 0; i < length; i++) vectors[k * length + i] /= norm
  }
}

/**
 * A random orthogonal matrix times `gain`, row by row: [inputs, outputs]. Its shorter side is orthonormal, uniformly among all such (Saxe,
 * McClelland & Ganguli 2014, doi:10.48550/arXiv.1312.6120; PPO's default in Stable-Baselines3 and CleanRL).
 */
export const orthogonal = (inputs: number, outputs: number, gain: number, rng: Rng): Float32Array => {
  const count = Math.min(inputs, outputs)
  const length = Math.max(inputs, outputs)
  const vectors = Float64Array.from({ length: count * length }, () => rng.normal())
  orthonormalise(vectors, count, length)
  const weights = new Float32Array(inputs * outputs)
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) weights[i * outputs + o] = gain * (inputs < outputs ? vectors[i * length + o] : vectors[o * length + i])
  }
  return weights
}

/** Uniform over +- gain sqrt(6 / (inputs + outputs)) (Glorot & Bengio 2010), row by row: [inputs, outputs]. */
export const xavierUniform = (inputs: number, outputs: number, gain: number, rng: Rng): Float32Array => {
  const bound = gain * Math.sqrt(6 / (inputs + outputs))
  return Float32Array.from({ length: inputs * outputs }, () => rng.between(-bound, bound))
}
