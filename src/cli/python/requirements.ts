/** The pinned packages of the Python side. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package and the version that this release was tested with. */
export interface Requirement {
  readonly name: string
  readonly version: string
}

/** The list, inside a clone as in the installed package. @param pythonFolder where the Python side lies */
export const requirementsFile = (pythonFolder: string): string => join(pythonFolder, 'requirements.txt')

/** `name==version`, and for which versions of Python the line holds. */
const LINE = /^([\w-]+)==([\w.]+)(?:\s*;\s*python_version\s*(<|>=)\s*"3\.(\d+)")?$/

/** The minor version of a Python 3. */
export const minorOf = (pythonVersion: string): number => Number(pythonVersion.split('.')[1])

/** What a Python of this version needs. */
export const requirementsOf = (file: string, pythonVersion: string): Requirement[] => {
  const minor = minorOf(pythonVersion)
  const wanted: Requirement[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, name, version, comparison, bound] = LINE.exec(line.trim()) ?? []
    if (name === undefined || version === undefined) continue
    if (comparison === '<' && minor >= Number(bound)) continue
    if (comparison === '>=' && minor < Number(bound)) continue
    wanted.push({ name, version })
  }
  return wanted
}
