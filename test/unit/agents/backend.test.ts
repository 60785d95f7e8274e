import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startBackend, type BackendName } from '../../../agents/backend.js'
import { Bl1Error } from '../../../src/errors.js'
import { expectGradient } from './gradientCheck.js'

const failureOf = async (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error)

describe('backends', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('auto takes wasm where TensorFlow is not installed, with one thread, and says so', async () => {
    const { name, description } = await startBackend()
    expect(name).toBe('wasm')
    expect(description).toBe('tfjs 4.22.0, wasm (SIMD, one thread)')
    expect(tf.getBackend()).toBe('wasm')
  })

  it('a second call keeps the backend, another name switches, and variables move along', async () => {
    const first = await startBackend('wasm')
    expect(await startBackend('wasm')).toEqual(first)
    const variable = tf.variable(tf.tensor1d([1, 2, 3]))
    const { description } = await startBackend('cpu')
    expect(description).toBe('tfjs 4.22.0, cpu (JavaScript)')
    expect(tf.getBackend()).toBe('cpu')
    expect(await startBackend('auto')).toEqual(await startBackend('cpu'))
    expect([...tf.mul(variable, 2).dataSync()]).toEqual([2, 4, 6])
    await startBackend('wasm')
    expect([...tf.mul(variable, 2).dataSync()]).toEqual([2, 4, 6])
  })

  it('asked for one that is not installed, it names the package, and the one before goes on', async () => {
    await startBackend('wasm')
    for (const name of ['node-gpu', 'node'] as const) {
      const error = await failureOf(startBackend(name))
      expect(error).toBeInstanceOf(Bl1Error)
      expect(error).toMatchObject({ code: 'agents/backend' })
      expect(String(error)).toContain(`npm install @tensorflow/tfjs-${name}@4.22.0`)
    }
    expect(tf.getBackend()).toBe('wasm')
  })

  it('takes TensorFlow where it is installed; without a GPU node-gpu is refused, and the one before goes on', async () => {
    await startBackend('wasm')
    // The packages themselves need a download of 400 MB; what they do on import is to register a backend.
    for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
      vi.doMock(name, () => {
        tf.registerBackend('tensorflow', () => new MathBackendCPU())
        return {}
      })
    }
    expect(String(await failureOf(startBackend('node-gpu')))).toContain('it found no GPU')
    expect(tf.getBackend()).toBe('wasm')
    expect([...tf.add(tf.ones([2]), 1).dataSync()]).toEqual([2, 2])
    expect(await startBackend('node')).toEqual({ name: 'node', description: 'tfjs 4.22.0, node (TensorFlow)' })
    expect(tf.getBackend()).toBe('tensorflow')
    await startBackend('wasm')
  })

  it('refuses a name that is none', async () => {
    const name: string = 'webgl'
    expect(await failureOf(startBackend(name as BackendName))).toMatchObject({ code: 'agents/backend' })
  })

  it('says nothing on the console, with gradients on both backends', async () => {
    const calls = (['log', 'warn', 'error', 'info'] as const).map((method) => vi.spyOn(console, method))
    for (const name of ['cpu', 'wasm'] as const) {
      await startBackend(name)
      tf.dispose(tf.grad((x) => tf.sum(tf.matMul(x, x)))(tf.ones([2, 2])))
    }
    for (const call of calls) expect(call).not.toHaveBeenCalled()
  })

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('matrix products have the gradient of their central differences (transposed: %s, %s), batches of matrices too', async (transposeA, transposeB) => {
    await startBackend('wasm')
    const a = tf.reshape(tf.sin(tf.range(0, 12)), transposeA ? [2, 3, 2] : [2, 2, 3])
    const b = tf.reshape(tf.cos(tf.range(0, 24)), transposeB ? [2, 4, 3] : [2, 3, 4])
    const weights = tf.reshape(tf.sin(tf.range(1, 17)), [2, 2, 4])
    expectGradient((x) => tf.sum(tf.mul(tf.matMul(tf.reshape(x, a.shape), b, transposeA, transposeB), weights)), a)
    expectGradient((x) => tf.sum(tf.mul(tf.matMul(a, tf.reshape(x, b.shape), transposeA, transposeB), weights)), b)
  })
})
