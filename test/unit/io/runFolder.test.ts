import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { provenance } from '../../../src/io/provenance.js'
import { createRunFolder } from '../../../src/io/runFolder.js'
import { writeAtomically } from '../../../src/io/writeAtomically.js'
import { caught, folderWith, temporaryFolder } from './support.js'

const startedAt = new Date(2026, 10, 23, 5, 4, 3)

describe('createRunFolder', () => {
  it('names the folder by time, name and config, and never gives one twice', () => {
    const root = join(temporaryFolder(), 'runs')
    const make = (config: unknown) => createRunFolder({ root, name: 'compare', config, startedAt })
    const first = make({ a: 1, b: 2 })
    expect(first.id).toMatch(/^20261123-050403-compare-[0-9a-f]{8}$/)
    expect(existsSync(first.path)).toBe(true)
    // The same config, its keys in another order, in the same second.
    expect(make({ b: 2, a: 1 }).id).toBe(`${first.id}-2`)
    expect(make({ a: 1, b: 2 }).id).toBe(`${first.id}-3`)
    expect(make({ a: 1, b: 3 }).id).not.toContain(first.id)
  })

  it('takes a new or an empty --out as it is', () => {
    const root = temporaryFolder()
    expect(createRunFolder({ name: 'x', config: {}, out: join(root, 'deep', 'new') }).path).toBe(join(root, 'deep', 'new'))
    expect(createRunFolder({ name: 'x', config: {}, out: join(root, 'deep', 'new') }).id).toBe('new')
    expect(readdirSync(join(root, 'deep', 'new'))).toEqual([])
  })

  it('refuses an --out that holds something, and says what', () => {
    const at = folderWith({ 'report.html': '', 'a.csv': '' })
    const error = caught(() => createRunFolder({ name: 'x', config: {}, out: at('.') }))
    expect(error.code).toBe('run/folder-not-empty')
    expect(error.message).toContain('a.csv, report.html')
    expect(error.message).toContain('--resume')
  })

  it.each([['a file'], ['a folder inside a file']])('refuses %s as --out and as root', (what) => {
    const at = folderWith({ file: 'text' })
    const path = what === 'a file' ? at('file') : join(at('file'), 'inside')
    expect(caught(() => createRunFolder({ name: 'x', config: {}, out: path })).code).toBe('run/folder-unusable')
    expect(caught(() => createRunFolder({ name: 'x', config: {}, root: path })).code).toBe('run/folder-unusable')
  })

  it('refuses a place where nothing can be written', () => {
    expect(caught(() => createRunFolder({ name: 'x', config: {}, out: '/proc/bl1' })).code).toBe('run/folder-unusable')
  })

  it('refuses a config that is not JSON, naming the path', () => {
    const error = caught(() => createRunFolder({ root: temporaryFolder(), name: 'x', config: { a: [1, Number.NaN] } }))
    expect(error.code).toBe('run/not-json')
    expect(error.message).toContain("'value.a[1]'")
  })
})

describe('writeAtomically', () => {
  it('replaces text and bytes, and leaves nothing beside them', () => {
    const at = folderWith({ 'a.txt': 'old' })
    writeAtomically(at('a.txt'), 'new')
    writeAtomically(at('b.bin'), Uint8Array.of(1, 2, 255))
    expect(readFileSync(at('a.txt'), 'utf8')).toBe('new')
    expect([...readFileSync(at('b.bin'))]).toEqual([1, 2, 255])
    expect(readdirSync(at('.')).sort()).toEqual(['a.txt', 'b.bin'])
  })

  it('leaves no temporary file when the rename fails', () => {
    const at = folderWith({})
    mkdirSync(at('taken'))
    writeFileSync(join(at('taken'), 'inside'), '')
    const error = caught(() => writeAtomically(at('taken'), 'text'))
    expect(error.code).toBe('run/write-failed')
    expect(readdirSync(at('.'))).toEqual(['taken'])
    expect(caught(() => writeAtomically(at('none/x'), 'text')).message).toContain('no such file or folder')
  })
})

describe('provenance', () => {
  const repository = (): string => {
    const root = folderWith({ 'package.json': '{"name":"bl1","version":"9.8.7","dependencies":{"left":"1.x","missing":"1.x"}}' })('.')
    mkdirSync(join(root, 'node_modules', 'left'), { recursive: true })
    writeFileSync(join(root, 'node_modules', 'left', 'package.json'), '{"name":"left","version":"1.2.3"}')
    return root
  }
  const git = (root: string, ...words: string[]): string =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { encoding: 'utf8' }).trim()

  it('names versions, machine and start', () => {
    const found = provenance(startedAt, repository())
    expect(found).toMatchObject({
      packageVersion: '9.8.7', nodeVersion: process.version, gitHash: null, gitDirty: null, startedAt: startedAt.toISOString(),
    })
    expect(found.dependencies).toEqual({ left: '1.2.3', missing: null })
    expect(found.cores).toBeGreaterThan(0)
    expect(found.memoryGiB).toBeGreaterThan(0)
  })

  it('knows its own package', () => {
    expect(provenance().packageVersion).toMatch(/^\d+\.\d+\.\d+/)
    expect(provenance().dependencies['zod']).toMatch(/^4\./)
  })

  it('gives the commit, and whether files differ from it', () => {
    const root = repository()
    git(root, 'init', '-q')
    expect(provenance(startedAt, root).gitHash).toBeNull()
    git(root, 'add', 'package.json')
    git(root, 'commit', '-q', '-m', 'first')
    expect(provenance(startedAt, root)).toMatchObject({ gitHash: git(root, 'rev-parse', 'HEAD'), gitDirty: false })
    writeFileSync(join(root, 'package.json'), '{"version":"1.0.0"}')
    expect(provenance(startedAt, root).gitDirty).toBe(true)
  })

  it('does not give the hash of a repository it is merely installed in', () => {
    const root = repository()
    git(root, 'init', '-q')
    git(root, 'commit', '-q', '--allow-empty', '-m', 'theirs')
    expect(provenance(startedAt, join(root, 'node_modules', 'left')).gitHash).toBeNull()
  })
})
