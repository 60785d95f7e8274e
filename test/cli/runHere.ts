/** Runs the `bl1` command in this process: no start of Node, and nothing that needs one. */
import { vi } from 'vitest'
import { main } from '../../src/cli/main.js'
import { root, type CommandOptions, type CommandRun } from './run.js'

/**
 * `bl1 <args>` in this process, for what is refused or printed at once: a start of Node for each would take most of the time.
 * @param cwd relative paths in the arguments start here
 */
export const bl1Here = async (args: readonly string[], { cwd = root }: Pick<CommandOptions, 'cwd'> = {}): Promise<CommandRun> => {
  const written = { stdout: '', stderr: '' }
  const before = process.cwd()
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text)
      return true
    }),
  )
  process.chdir(cwd)
  try {
    const code = await main(args)
    return { code, ...written }
  } finally {
    process.chdir(before)
    for (const spy of spies) spy.mockRestore()
  }
}
