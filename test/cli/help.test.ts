/** `bl1 --help` and the help of every command: complete, no error, and there before anything heavy is loaded. */
import type { Command } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ablateCommand } from '../../src/cli/ablateCommand.js'
import { benchCommand } from '../../src/cli/benchCommand.js'
import { checkCommand } from '../../src/cli/checkCommand.js'
import { compareCommand } from '../../src/cli/compareCommand.js'
import { configCommand } from '../../src/cli/configCommand.js'
import { confirmCommand } from '../../src/cli/confirmCommand.js'
import { doctorCommand } from '../../src/cli/doctorCommand.js'
import { evalCommand } from '../../src/cli/evalCommand.js'
import { exploreCommand } from '../../src/cli/exploreCommand.js'
import { playCommand } from '../../src/cli/playCommand.js'
import { setupCommand } from '../../src/cli/setupCommand.js'
import { simulateCommand } from '../../src/cli/simulateCommand.js'
import { trainCommand } from '../../src/cli/trainCommand.js'
import { bl1 } from './run.js'
import { bl1Here } from './runHere.js'

const topLevel = [
  compareCommand(), exploreCommand(), confirmCommand(), trainCommand(), evalCommand(), ablateCommand(), playCommand(), simulateCommand(), configCommand(), checkCommand(), benchCommand(), setupCommand(), doctorCommand(),
]
/** Sub-commands by all their words: 'bench env'. */
const namedCommands = (list: readonly Command[], before: readonly string[] = []): [string, Command][] =>
  list.flatMap((command) => [[[...before, command.name()].join(' '), command], ...namedCommands(command.commands, [...before, command.name()])])
const commands = namedCommands(topLevel)
/** Without line breaks, which fall anywhere. */
const flat = (text: string): string => text.replace(/\s+/g, ' ')

afterEach(() => void vi.restoreAllMocks())

const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`
/** Node with this loads nothing of the learning library: it ends where that is asked for. */
const REFUSE = 'export const load = (url, context, next) => url.includes("@tensorflow") ? Promise.reject(Error(url)) : next(url, context)'
const WITHOUT_LEARNING = `--import ${moduleOf(`import { register } from "node:module"; register(${JSON.stringify(moduleOf(REFUSE))})`)}`

describe('help', () => {
  it('of bl1 names every command, the exit codes and where output goes, and loads no learning library', async () => {
    const { code, stdout, stderr } = await bl1(['--help'], { env: { NODE_OPTIONS: WITHOUT_LEARNING } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const command of topLevel) expect(flat(stdout)).toMatch(new RegExp(`${command.name()} .*${command.description().slice(0, 20)}`))
    expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.')
  })

  it.each(commands)('of %s says what it does and describes every argument and option', async (name, command) => {
    const { code, stdout } = await bl1Here([...name.split(' '), '--help'])
    expect(code).toBe(0)
    expect(flat(stdout)).toContain(command.description())
    for (const { flags, description } of command.options) {
      expect(description).not.toBe('')
      expect(flat(stdout)).toContain(`${flags} ${description}`)
    }
    for (const argument of command.registeredArguments) expect(flat(stdout)).toContain(`${argument.name()} ${argument.description}`)
    expect(stdout).toContain('Examples:')
    expect(stdout).toContain('--json')
  })

  it.each([
    ['an unknown command', ['comapre', 'x.yaml'], /unknown command 'comapre'/],
    ['no command', [], /Usage: bl1/],
  ])('%s: exit 2', async (_, args, reason) => {
    const { code, stdout, stderr } = await bl1Here(args)
    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('--version prints the version of the package', async () => {
    expect(await bl1Here(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})
