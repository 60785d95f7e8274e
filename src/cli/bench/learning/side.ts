/** The process that trains our side of `bl1 bench learning`: a seed a line, its answer a line. */
import { createInterface } from 'node:readline'
import { startBackend } from '../../../../agents/index.js'
import { readParameters } from '../../../parameters.js'
import { jobSchema } from './answer.js'
import { trainSeed } from './ours.js'

const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const { description } = await startBackend()
answer({ ready: { node: process.versions.node, tensors: description } })
for await (const line of createInterface({ input: process.stdin })) {
  answer(await trainSeed(readParameters(jobSchema, JSON.parse(line), 'bl1 bench learning: job')))
}
