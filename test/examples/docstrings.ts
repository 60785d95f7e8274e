/** Finds the examples in the comments of the source, and makes a module of each that can be compiled and run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

/** One block of code under an `@example`. */
export interface Example {
  /** Path from the root of the clone. */
  readonly file: string
  /** Line of the file on which the code begins, from 1. */
  readonly line: number
  readonly code: readonly string[]
}

/** Lines of a generated module before the code of its example. */
export const HEADER_LINES = 5

/** A statement that prints, with what it prints behind it. */
const PRINTS = /console\.log\(.*\) \/\/ (.+)$/

/** All .ts files under a folder, in order. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .sort()

/** The blocks of `ts` code under the `@example` tags of a file. */
const examplesIn = (root: string, path: string): Example[] => {
  const examples: Example[] = []
  let isExample = false
  let open: { line: number; code: string[] } | undefined
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((whole, i) => {
      const text = /^\s*\*(?: |$)(.*)$/.exec(whole)?.[1]
      if (text === undefined) isExample = false
      else if (text === '```ts' && isExample) open = { line: i + 2, code: [] }
      else if (text === '```' && open !== undefined) {
        examples.push({ file: relative(root, path), ...open })
        open = undefined
      } else if (open !== undefined) open.code.push(text)
      else if (text.startsWith('@')) isExample = text.startsWith('@example')
    })
  return examples
}

/** Examples in pieces (a worker's file and its caller's), measurements, and sessions of a culture: they take their time. */
const NOT_RUN = ['io', 'bench', 'loop'].map((room) => join('src', room))

/** Every example of the library, apart from {@link NOT_RUN} and from blocks that only declare (`declare module`), which do nothing to run. */
export const collectExamples = (root: string): Example[] =>
  ['src', 'envs']
    .flatMap((folder) => sourcesIn(join(root, folder)))
    .flatMap((path) => examplesIn(root, path))
    .filter(({ file, code: [first = ''] }) => !NOT_RUN.some((room) => file.startsWith(room)) && !first.startsWith('declare module'))

/** What a module exports: each name, and whether it is a type. */
const exportsOf = (path: string): Map<string, boolean> => {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const names = new Map<string, boolean>()
  for (const [, type, list] of text.matchAll(/^export (type )?\{([^}]*)\} from/gm)) {
    for (const item of list.split(',')) {
      const name = /(\w+)\s*$/.exec(item)?.[1]
      if (name !== undefined) names.set(name, type !== undefined || item.trim().startsWith('type '))
    }
  }
  for (const [, kind, name] of text.matchAll(/^export (?:abstract )?(class|const|function|interface|type) (\w+)/gm)) {
    names.set(name, kind === 'interface' || kind === 'type')
  }
  for (const [, from] of text.matchAll(/^export \* from '(.+)\.js'/gm)) {
    for (const [name, isType] of exportsOf(join(dirname(path), `${from}.ts`))) names.set(name, isType)
  }
  return names
}

/** The modules whose exports an example may use without importing them: those of its room and its file first. */
const scopeOf = (root: string, { file }: Example): string[] => {
  const rooms = ['src', 'envs'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  const modules = rooms.map((path) => (path.endsWith('.ts') ? path : join(path, 'index.ts'))).filter((path) => existsSync(path))
  const isOwn = (path: string): boolean => join(root, file).startsWith(dirname(path))
  return modules
    .filter((path) => path !== join(root, 'src', 'index.ts'))
    .concat(join(root, file))
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
}

/** The line that imports what the example uses. */
const importsFor = (root: string, folder: string, example: Example): string => {
  const used = new Set(example.code.join('\n').match(/\b[A-Za-z]\w*\b/g))
  const imports: string[] = []
  for (const path of scopeOf(root, example)) {
    const names = [...exportsOf(path)].filter(([name]) => used.delete(name)).map(([name, isType]) => (isType ? `type ${name}` : name))
    if (names.length > 0) imports.push(`import { ${names.join(', ')} } from '${relative(folder, path).replace(/ts$/, 'js')}'`)
  }
  return imports.join('; ')
}

/** What an example says that it prints: the line of the example, and the text. */
export const promisesOf = ({ code }: Example): [line: number, text: string][] =>
  code.flatMap((text, i): [number, string][] => {
    const promised = PRINTS.exec(text)?.[1]
    return promised === undefined ? [] : [[i, promised]]
  })

/** The module of an example in `folder`: it exports `printed`, the lines that printed and their texts. There are a random stream `rng` and pictures `frames`. */
export const moduleOf = (root: string, folder: string, example: Example): string => {
  const { code } = example
  const header = [
    `${importsFor(root, folder, { ...example, code: [...code, 'Rng', 'Frame'] })}; import { format } from 'node:util'`,
    'export const printed: [line: number, text: string][] = []',
    'const print = (line: number, ...values: unknown[]): void => { printed.push([line, format(...values)]) }',
    'const rng = Rng.fromSeed(1); const frames: Frame[] = [1, 2, 3].map((i) => ({ width: 2, height: 1, data: new Uint8ClampedArray(8).fill(9 * i) }))',
    '{',
  ]
  const body = code.map((text, i) => (text.startsWith('import ') ? '' : text.replaceAll('console.log(', `print(${i}, `)))
  return [...header, ...body, '}', ''].join('\n')
}

/** The file name of an example's module. */
export const moduleName = ({ file, line }: Example): string => `${basename(file, '.ts')}-${line}.ts`
