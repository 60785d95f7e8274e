/** The event loop stays awake while a single call is in flight, for a while, and not otherwise. */
import { describe, expect, it } from 'vitest'
import { errorOf, startProbe } from './support.js'

/** The share of its time that the event loop was awake while something was waited for, 0 to 1. */
const awakeDuring = async (waitFor: () => Promise<unknown>): Promise<number> => {
  const idle = performance.eventLoopUtilization()
  await waitFor()
  return performance.eventLoopUtilization(idle).utilization
}

describe('while a call is in flight', () => {
  const sleep = { seconds: 0.3 }

  it('the event loop is awake as long as it may be, and then sleeps', async () => {
    const { bridge: patient } = await startProbe({ busyWaitMs: 1000 })
    const { bridge: sleepy } = await startProbe({ busyWaitMs: 0 })
    const awake = await awakeDuring(() => patient.call('sleep', sleep))
    const asleep = await awakeDuring(() => sleepy.call('sleep', sleep))
    // Awake all the time of 0.3 s, or none of it; a busy machine can only make the first larger.
    expect(awake).toBeGreaterThan(0.8)
    expect(asleep).toBeLessThan(0.5)
  })

  it('a second call lets it sleep, and calls given up are forgotten', async () => {
    const { bridge } = await startProbe({ busyWaitMs: 1000 })
    const two = await awakeDuring(() => Promise.all([bridge.call('sleep', sleep), bridge.call('echo', {})]))
    expect(two).toBeLessThan(0.5)
    expect((await errorOf(bridge.call('sleep', sleep, {}, { limitMs: 20 }))).code).toBe('bridge/timeout')
    expect(await awakeDuring(() => bridge.call('sleep', sleep))).toBeGreaterThan(0.8)
  })
})
