/** `bl1 check`: the environments of the package and a user's own, right and wrong use. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkRules } from '../../src/env/index.js'
import { bl1, scratchFolder } from './run.js'
import { bl1Here } from './runHere.js'

const dist = (path: string): string => new URL(`../../dist/src/${path}`, import.meta.url).href

/** A user's module with an environment whose first step pays `reward`. */
const coinModule = (reward: string): string => `
import { BaseEnv, register } from '${dist('env/index.js')}'
import { Discrete } from '${dist('spaces/index.js')}'

class Coin extends BaseEnv {
  constructor() {
    super({ spec: { id: 'Coin-v0', options: {} }, observationSpace: new Discrete({ n: 2 }), actionSpace: new Discrete({ n: 2 }) })
  }
  onReset() {
    return { observation: 0, info: {} }
  }
  onStep() {
    return { observation: this.rng.integer(2), reward: ${reward}, terminated: true, truncated: false, info: { endReason: 'goal' } }
  }
}
register({ id: 'Coin-v0', load: async () => () => new Coin() })
`

const finding = z.object({ rule: z.string(), level: z.enum(['error', 'warning']), path: z.string(), message: z.string() })
const rule = z.object({ rule: z.string(), level: z.string(), states: z.string(), checked: z.boolean() })
const document = z.object({
  id: z.string(),
  spec: z.object({ id: z.string(), options: z.record(z.string(), z.unknown()), wrappers: z.array(z.unknown()).optional() }),
  checked: z.number(),
  errors: z.number(),
  warnings: z.number(),
  findings: z.array(finding),
  rules: z.array(rule),
})

describe('bl1 check', () => {
  it('prints a line for every rule and says how many were checked', async () => {
    const { code, stdout } = await bl1(['check', 'CartPole-v1', '--steps', '300'])
    expect(code).toBe(0)
    for (const id of Object.keys(checkRules)) expect(stdout).toMatch(new RegExp(`^(ok|warning|n/a) +${id} `, 'm'))
    expect(stdout).toMatch(/^warning +space\/unbounded .*\n +at observationSpace: element 1 goes from -Infinity to Infinity$/m)
    expect(stdout).toMatch(/\n\d\d rules checked: \d\d ok, 0 errors, 1 warning, \d+ not applicable\.\n$/)
  })

  it('with --json prints one document; options and wrappers are those asked for', async () => {
    const wrappers = [{ name: 'TimeLimit', options: { maxEpisodeSteps: 20 } }]
    const args = ['Pong-v0', '--steps', '100', '--options', '{"rules":"serve"}', '--wrappers', JSON.stringify(wrappers), '--json']
    const { code, stdout } = await bl1(['check', ...args])
    expect(code).toBe(0)
    const { id, spec, errors, findings, rules, checked } = document.parse(JSON.parse(stdout))
    expect({ id, errors, findings }).toEqual({ id: 'Pong-v0', errors: 0, findings: [] })
    expect(spec).toMatchObject({ options: { rules: 'serve' }, wrappers })
    expect(rules.map((one) => one.rule)).toEqual(Object.keys(checkRules))
    expect(rules.filter((one) => one.checked)).toHaveLength(checked)
    expect(rules.find((one) => one.rule === 'spec/wrappers')?.checked).toBe(true)
  })

  it('without an id lists the registered environments', async () => {
    const { code, stdout } = await bl1(['check'])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toEqual(expect.arrayContaining(['CartPole-v1', 'Pong-v0']))
    const listed = await bl1(['check', '--json'])
    expect(JSON.parse(listed.stdout)).toEqual({ ids: stdout.trimEnd().split('\n') })
  })

  it('checks an environment of your own', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'coin.mjs'), coinModule('1'))
    expect(await bl1(['check', 'Coin-v0', '--module', './coin.mjs'], { cwd })).toMatchObject({ code: 0 })
  })

  it('with --json keeps what the module prints off stdout', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'coin.mjs'), `console.log('tossing')\n${coinModule("console.log('tossed') ?? 1")}`)
    const { code, stdout, stderr } = await bl1(['check', 'Coin-v0', '--module', './coin.mjs', '--json'], { cwd })
    expect(code).toBe(0)
    expect(document.parse(JSON.parse(stdout)).errors).toBe(0)
    expect(stderr).toMatch(/^tossing\ntossed\n/)
  })

  it('ends with exit code 1 and names the rules where one is broken', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'coin.mjs'), coinModule('NaN'))
    const { code, stdout, stderr } = await bl1(['check', 'Coin-v0', '--module', 'coin.mjs'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error +step\/reward-finite .*\n +at step\(\)\.reward: it is NaN$/m)
    expect(stderr).toMatch(/bl1: Coin-v0 breaks a rule of environments: step\/reward-finite\. .*\(env\/broken\)\n$/)
  })

  it.each([
    ['an unknown id', ['Pong-v'], /Did you mean 'Pong-v0'\?.*env\/unknown/],
    ['an unknown version', ['CartPole-v7'], /CartPole-v1.*env\/version/],
    ['an unknown option', ['Pong-v0', '--options', '{"rulez":1}'], /Did you mean 'rules'\?/],
    ['options that are no JSON', ['Pong-v0', '--options', 'rules=serve'], /expected an object of options as JSON/],
    ['options that are a list', ['Pong-v0', '--options', '[1]'], /expected an object of options, got/],
    ['an unknown wrapper', ['Pong-v0', '--wrappers', '[{"name":"TimeLimits"}]'], /Did you mean 'TimeLimit'\?/],
    ['wrappers without names', ['Pong-v0', '--wrappers', '[{"options":{}}]'], /expected a list of \{ name, options \}/],
    ['steps of NaN', ['Pong-v0', '--steps', 'many'], /expected a number/],
    ['a module that is not there', ['Maze-v0', '--module', './maze.js'], /maze\.js' cannot be imported.*cli\/module/],
  ])('%s: exit 2 and nothing on stdout', async (_, args, reason) => {
    const { code, stdout, stderr } = await bl1Here(['check', ...args])
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
