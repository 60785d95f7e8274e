/** The process that measures our side of `bl1 bench train`: started with a setup, told a number of updates a line, answers with the time they took. */
import { createInterface } from 'node:readline'
import { readParameters } from '../../../parameters.js'
import { startOurTraining } from './ours.js'
import { trainSetupSchema } from './setup.js'

const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const [, , text = '{}'] = process.argv
const training = await startOurTraining(readParameters(trainSetupSchema, JSON.parse(text), 'bl1 bench: setup'))
answer({ ready: { node: process.versions.node, tensors: training.backend }, tensors: training.tensors })
for await (const line of createInterface({ input: process.stdin })) answer(await training.run(Number(line)))
await training.close()
