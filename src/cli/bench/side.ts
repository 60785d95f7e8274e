/**
 * The process that measures our side: started with a setup, told a number of steps a line, answers with the time they took. A process of
 * its own for every setup, so that what one runs does not shape the machine code of another.
 */
import { createInterface } from 'node:readline'
import { readParameters } from '../../parameters.js'
import { bytesPerStep } from './heap.js'
import { programOf } from './ours.js'
import { setupSchema } from './setup.js'

/** Machine code settles within this time, however few steps a round has. */
const WARM_UP_MS = 500

const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const [, , text = '{}'] = process.argv
const { program, close } = await programOf(readParameters(setupSchema, JSON.parse(text), 'bl1 bench: setup'))
const startedMs = performance.now()
for (let steps = 1; performance.now() - startedMs < WARM_UP_MS; steps *= 2) await program(steps)
answer({ ready: { node: process.versions.node } })
for await (const line of createInterface({ input: process.stdin })) {
  answer(line === 'heap' ? { bytesPerStep: await bytesPerStep(program) } : await program(Number(line)))
}
await close()
