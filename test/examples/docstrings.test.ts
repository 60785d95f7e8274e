/** Every example in a comment compiles, runs, and prints what it says. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectExamples, HEADER_LINES, moduleName, moduleOf, promisesOf, type Example } from './docstrings.js'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
const startedIn = process.cwd()
const examples = collectExamples(root)

mkdirSync(join(root, 'runs'), { recursive: true })
const folder = mkdtempSync(join(root, 'runs', 'docstrings-'))
const pathOf = (example: Example): string => join(folder, moduleName(example))

beforeAll(() => {
  for (const example of examples) writeFileSync(pathOf(example), moduleOf(root, folder, example))
  // Examples write files too.
  process.chdir(folder)
})
afterAll(() => {
  process.chdir(startedIn)
  rmSync(folder, { recursive: true, force: true })
})

const titles = examples.map((example): [string, Example] => [`${example.file}:${example.line}`, example])

describe('the examples in comments', () => {
  it.each(titles)('%s', async (_title, example) => {
    const { printed }: { readonly printed: [number, string][] } = await import(pathOf(example))
    const promises = new Map(promisesOf(example))
    const heard = printed.filter(([line]) => promises.has(line))
    expect(heard).toEqual(heard.map(([line]) => [line, promises.get(line)]))
    expect(new Set(heard.map(([line]) => line))).toEqual(new Set(promises.keys()))
  })

  it('compile', () => {
    const compilerOptions = { rootDir: root, noUnusedLocals: false, noUnusedParameters: false }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }))
    const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc')
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    const errors = examples.flatMap((example) => {
      const name = moduleName(example)
      return stdout.split('\n').flatMap((text) => {
        const [, line, message] = text.startsWith(`${name}(`) ? (/\((\d+),\d+\): (.*)$/.exec(text) ?? []) : []
        return line === undefined ? [] : [`${example.file}:${Number(line) - HEADER_LINES - 1 + example.line}: ${message}`]
      })
    })
    expect(errors).toEqual([])
  }, 120_000)

  it('stand in every file that defines a wrapper', () => {
    const room = join(root, 'src', 'wrappers')
    const defining = readdirSync(room).filter((name) => readFileSync(join(room, name), 'utf8').includes('= defineWrapper('))
    const withExample = new Set(examples.map(({ file }) => file))
    expect(defining.length).toBeGreaterThan(10)
    expect(defining.filter((name) => !withExample.has(join('src', 'wrappers', name)))).toEqual([])
  })
})
