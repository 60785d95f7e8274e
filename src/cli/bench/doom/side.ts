/** The process that measures our side of `bl1 bench doom`: started with a setup, told a number of steps a line, answers with the time they took. */
import { createInterface } from 'node:readline'
import { readParameters } from '../../../parameters.js'
import { startOurDoom } from './ours.js'
import { doomSetupSchema } from './setup.js'

const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const [, , text = '{}'] = process.argv
const doom = await startOurDoom(readParameters(doomSetupSchema, JSON.parse(text), 'bl1 bench: setup'))
// Told to end, it ends its games.
process.once('SIGTERM', () => void doom.close().finally(() => process.exit(1)))
answer({ ready: { node: process.versions.node }, engineSeeds: doom.engineSeeds })
for await (const line of createInterface({ input: process.stdin })) answer(await doom.run(Number(line)))
await doom.close()
