/** What only a trial tells: whether sockets work, and whether the engine plays. Loaded inside the checks: what cannot load is a row. */
import { randomBytes } from 'node:crypto'
import { ok, type Check } from './check.js'

/** The first start of an engine reads its data from a cold disk. */
const ENGINE_LIMIT_MS = 60_000

/** Two sockets of this process, over the loopback device: what the bridge does with Python. */
export const socketCheck: Check = {
  name: 'zeromq',
  remedy: "Install the packages again: npm ci. Where zeromq has no binary for the system, pass { transport: 'pipe' }, which needs none.",
  look: async () => {
    const { Pair, version } = await import('zeromq')
    const [here, there] = [new Pair({ linger: 0 }), new Pair({ linger: 0 })]
    try {
      await here.bind('tcp://127.0.0.1:*')
      if (here.lastEndpoint === null) throw new Error('no port was given on 127.0.0.1')
      there.connect(here.lastEndpoint)
      const sent = randomBytes(1024)
      await there.send(sent)
      const received = Buffer.concat(await here.receive())
      if (!received.equals(sent)) throw new Error('what arrived over 127.0.0.1 is not what was sent')
      return ok(`libzmq ${version}, a message over 127.0.0.1 arrived`)
    } finally {
      here.close()
      there.close()
    }
  },
}

/** One step of the smallest scenario, through the bridge. */
export const engineCheck: Check = {
  name: 'Doom',
  remedy: 'Mend the rows above, then run again: npx bl1 doctor',
  limitMs: ENGINE_LIMIT_MS,
  look: async () => {
    const { DoomEnv } = await import('../../../envs/doom/index.js')
    const env = await DoomEnv.create({ scenario: 'basic' })
    try {
      await env.reset({ seed: 1 })
      const { reward } = await env.step(env.sampleAction())
      return ok(`the engine played a step of 'basic' (reward ${reward})`)
    } finally {
      await env.close()
    }
  },
}
