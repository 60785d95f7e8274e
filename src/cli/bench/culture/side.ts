/**
 * The process that measures our cultures: started with a setup, told what to do a line, answers with what it took. A process of its own for
 * every setup, so that no measurement shapes the heap or the machine code of another.
 */
import { createInterface } from 'node:readline'
import { readParameters } from '../../../parameters.js'
import { growOurs } from './ours.js'
import { cultureRequestSchema, cultureSetupSchema } from './setup.js'

const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const [, , text = '{}'] = process.argv
const { run, profile, close, ...facts } = await growOurs(readParameters(cultureSetupSchema, JSON.parse(text), 'bl1 bench: setup'))
answer({ ready: { node: process.versions.node }, ...facts })
for await (const line of createInterface({ input: process.stdin })) {
  const request = readParameters(cultureRequestSchema, JSON.parse(line), 'bl1 bench: request')
  answer('runMs' in request ? run(request.runMs) : profile(request.profileSteps))
}
close()
