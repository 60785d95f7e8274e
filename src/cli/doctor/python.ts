/** Which Python a run would take, and what it has. */
import { join } from 'node:path'
import { findPython, packageRoot } from '../../bridge/python.js'
import { askPython, OLDEST_MINOR, type PythonFacts } from '../python/facts.js'
import { pythonPlace } from '../python/place.js'
import { minorOf, requirementsFile, requirementsOf, type Requirement } from '../python/requirements.js'
import { ok, runCheck, type CheckRow, type Finding } from './check.js'

const REMEDY = 'Run: npx bl1 setup doom'

const interpreterFinding = (python: string, { version }: PythonFacts): Finding => {
  const place = pythonPlace()
  const found = `${version}: ${python}${place.python === python ? ` (${place.reason})` : ''}`
  const isRecent = version.startsWith('3.') && minorOf(version) >= OLDEST_MINOR
  if (isRecent) return ok(found)
  return { state: 'missing', found, remedy: `Doom needs Python 3.${OLDEST_MINOR} or newer: make .venv with one (python3.12 -m venv .venv), then run: npx bl1 setup doom` }
}

const packageFinding = ({ version }: Requirement, found: string | null): Finding => {
  if (found === null) return { state: 'missing', found: `not installed, wanted ${version}`, remedy: REMEDY }
  if (found === version) return ok(version)
  return { state: 'doubtful', found: `${found}, wanted ${version}`, remedy: REMEDY }
}

/** The interpreter, and each package of it. */
export const pythonRows = async (): Promise<CheckRow[]> => {
  const file = requirementsFile(join(packageRoot(), 'python'))
  let found: { readonly python: string; readonly facts: PythonFacts } | undefined
  const interpreter = await runCheck({
    name: 'Python',
    remedy: REMEDY,
    limitMs: 40_000,
    look: async () => {
      const python = findPython()
      const answer = await askPython(python, requirementsOf(file, '3.10.0').map(({ name }) => name))
      if (answer.facts === undefined) return { state: 'missing', found: `${python} does not answer: ${answer.reason}`, remedy: REMEDY }
      found = { python, facts: answer.facts }
      return interpreterFinding(python, answer.facts)
    },
  })
  const rows = [interpreter]
  if (found === undefined) return rows
  const { facts } = found
  for (const wanted of requirementsOf(file, facts.version)) {
    const look = (): Finding => packageFinding(wanted, facts.packages[wanted.name] ?? null)
    rows.push(await runCheck({ name: `Python: ${wanted.name}`, remedy: REMEDY, look }))
  }
  return rows
}
