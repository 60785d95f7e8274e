/** The run folder of `bl1 simulate`: finished parts stay whatever happens, and nothing unfinished looks whole. */
import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { asJson, createRunFolder, drawPng, drawSvg, writeAtomically } from '../../io/index.js'
import { throwIfInterrupted } from '../context.js'
import type { NamedFigure } from './figures.js'

/** JSON text of a result. @throws Bl1Error `run/not-json` */
export const jsonText = (value: unknown, indent?: number): string => `${JSON.stringify(asJson(value, 'result'), null, indent)}\n`

export class SimulationFolder {
  readonly path: string
  readonly #isOurs: boolean
  readonly #name: string
  readonly #parts: unknown[] = []

  /**
   * @param name of the result file: 'statistics' makes statistics.json, and statistics.partial.json until all parts are there
   * @throws Bl1Error `run/folder-not-empty`, `run/folder-unusable`
   */
  constructor(name: string, config: unknown, out: string | undefined) {
    this.#name = name
    this.#isOurs = out === undefined || !existsSync(out)
    this.path = createRunFolder({ name: 'simulate', config, ...(out === undefined ? {} : { out }) }).path
  }

  /** Keeps a finished part on disk. */
  addPart(part: unknown): void {
    this.#parts.push(part)
    writeAtomically(this.#partialFile, jsonText({ complete: false, finished: this.#parts }, 2))
  }

  write(file: string, text: string): void {
    writeAtomically(join(this.path, file), text)
  }

  /** Draws each figure as SVG and PNG. @throws Bl1Error `run/interrupted` between two of them */
  async draw(figures: readonly NamedFigure[], signal: AbortSignal): Promise<void> {
    for (const { file, figure } of figures) {
      // A signal is heard only between two turns of the event loop.
      await nextTurn()
      throwIfInterrupted(signal, 'drawing the figures')
      writeAtomically(join(this.path, `${file}.svg`), await drawSvg(figure))
      writeAtomically(join(this.path, `${file}.png`), await drawPng(figure))
    }
  }

  /** Writes the result, last of all files. */
  complete(document: unknown): void {
    this.write(`${this.#name}.json`, jsonText(document, 2))
    rmSync(this.#partialFile, { force: true })
  }

  /** After a failure: a folder in which nothing was finished goes. */
  abandon(): void {
    if (this.#parts.length === 0 && this.#isOurs) {
      try {
        rmdirSync(this.path)
      } catch {
        // It holds something after all, and stays.
      }
    }
  }

  get #partialFile(): string {
    return join(this.path, `${this.#name}.partial.json`)
  }
}
