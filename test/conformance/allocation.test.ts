/**
 * Hot paths allocate nothing. Measured in processes of their own, on the built package: what else a process has run, and how a test runner
 * links modules, shapes the machine code, and with it which numbers are boxed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { subjects } from '../fixtures/allocation/subjects.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const measure = fileURLToPath(new URL('../fixtures/allocation/measure.mjs', import.meta.url))
/** The compiler of the machine may settle badly once; code that allocates by itself does so in every process. */
const TRIES = 3
/** Bytes a step: the smallest object or boxed number takes 16. */
const LIMIT = 8
const BUILD_LIMIT_MS = 120_000

/** Bytes a step in the quietest of a few processes. */
const bytesPerStep = (subject: string, expected = 0): number => {
  let least = Infinity
  for (let i = 0; i < TRIES && least >= LIMIT + expected; i++) {
    const { stdout, stderr } = spawnSync(process.execPath, [measure, subject], { cwd: root, encoding: 'utf8' })
    expect(stderr).toBe('')
    least = Math.min(least, Number(stdout))
  }
  return least
}

beforeAll(() => {
  spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: root, stdio: 'ignore' })
}, BUILD_LIMIT_MS)

/** Subjects that make one result object a step. */
const MAKING_RESULTS = ['result objects', 'five wrappers']

describe('the heap does not grow with the steps of', () => {
  it.each(Object.keys(subjects).filter((subject) => !MAKING_RESULTS.includes(subject)))('%s', (subject) => {
    expect(bytesPerStep(subject)).toBeLessThan(LIMIT)
  })
})

it('five wrappers make one result object a step, and nothing else', () => {
  const resultObject = bytesPerStep('result objects')
  expect(resultObject).toBeGreaterThan(5 * 8)
  expect(bytesPerStep('five wrappers', resultObject)).toBeLessThan(resultObject + LIMIT)
})
