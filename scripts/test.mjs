/** `npm test`: lint, types, the API reference (no warnings), Python for Doom, tests, and a smoke run of the main command. It stops at the first that fails. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const scratch = mkdtempSync(join(tmpdir(), 'bl1-test-'))
const testReport = join(scratch, 'tests.json')
const smokeFolder = join(scratch, 'smoke')
const STEP_LIMIT_MS = 10 * 60_000

const bin = (name, file) => join(root, 'node_modules', name, file)

const requireSmokeResults = () => {
  for (const name of ['results.json', 'report.html', 'episodes.csv']) {
    if (!existsSync(join(smokeFolder, name))) throw new Error(`the smoke run left no ${name}`)
  }
  JSON.parse(readFileSync(join(smokeFolder, 'results.json'), 'utf8'))
}

const steps = [
  { together: true, name: 'lint', args: [bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { together: true, name: 'types', args: [bin('@typescript/native', 'bin/tsc'), '-p', 'tsconfig.json'] },
  { together: true, name: 'reference', args: [bin('typedoc', 'bin/typedoc'), '--emit', 'none'] },
  { together: true, name: 'set-up of Doom', args: [join(root, 'bin', 'bl1.mjs'), 'setup', 'doom'] },
  {
    name: 'tests',
    args: [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`],
  },
  {
    name: 'smoke run',
    args: [join(root, 'bin', 'bl1.mjs'), 'compare', 'configs/pong-quick.yaml', '--seeds', '2', '--minutes', '0.2', '--out', smokeFolder],
    check: requireSmokeResults,
  },
]

/** Runs one step; its exit code, or why there is none. */
const run = ({ args }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout: STEP_LIMIT_MS })
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)))
  })

/** Runs a step and says what came of it. */
const runStep = async (step) => {
  const startedMs = performance.now()
  process.stdout.write(`\n== ${step.name}\n`)
  let problem = await run(step)
  if (problem === undefined) {
    try {
      step.check?.()
    } catch (error) {
      problem = error.message
    }
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  process.stdout.write(`== ${step.name}: ${problem === undefined ? 'ok' : `FAILED (${problem})`}, ${seconds} s\n`)
  return problem === undefined
}

/** What needs nothing of each other runs together; then the tests, then the smoke run. */
const runAll = async () => {
  const isGood = await Promise.all(steps.filter(({ together }) => together).map(runStep))
  if (isGood.includes(false)) return false
  for (const step of steps.filter(({ together }) => !together)) if (!(await runStep(step))) return false
  return true
}

/** What the test runner counted, as the last lines of the output. */
const summary = (passed) => {
  if (!existsSync(testReport)) return 'The tests did not run.'
  const report = JSON.parse(readFileSync(testReport, 'utf8'))
  const skipped = report.numPendingTests + report.numTodoTests
  const files = report.testResults.length
  return [
    passed ? 'All steps passed.' : 'Not all steps passed.',
    `Tests in ${files} files: ${report.numTotalTests}${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    `${report.numPassedTests} passed, ${report.numFailedTests} failed`,
  ].join('\n')
}

try {
  const passed = await runAll()
  process.stdout.write(`\n${summary(passed)}\n`)
  process.exitCode = passed ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
