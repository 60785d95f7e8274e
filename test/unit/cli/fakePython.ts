/** Stands in for Python where a test says what Python answers. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '../../cli/run.js'

/** An interpreter that runs these shell lines; `$1` is the program or -m, `$2` what comes after it. */
export const fakePython = (lines: string): string => {
  const python = join(scratchFolder(), 'python')
  writeFileSync(python, `#!/bin/sh\n${lines}\n`)
  chmodSync(python, 0o755)
  return python
}
