#!/usr/bin/env node
/** The `bl1` command. Inside a clone it first installs and compiles what is missing; an installed package is ready as it is. */
import { existsSync } from 'node:fs'

const isClone = existsSync(new URL('../src/', import.meta.url))

/** Whether the command can run. */
const ready = async () => {
  if (!isClone) return true
  const { prepare } = await import('../scripts/prepare.mjs')
  try {
    prepare()
    return true
  } catch (error) {
    process.stderr.write(`bl1: ${error.message}\n`)
    return false
  }
}

if (await ready()) {
  const { main } = await import('../dist/src/cli/main.js')
  process.exitCode = await main(process.argv.slice(2))
} else {
  process.exitCode = 1
}
