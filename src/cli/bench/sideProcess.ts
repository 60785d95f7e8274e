/** A process that measures one side: it is told how many steps, and answers with the time. */
import { z } from 'zod'
import type { Tally } from '../../bench/index.js'
import { LineProcess, type SideCommand } from './lineProcess.js'

const readySchema = z.object({ ready: z.record(z.string(), z.string()) })
const tallySchema = z.object({ steps: z.number(), seconds: z.number().positive(), resets: z.number() })
const heapSchema = z.object({ bytesPerStep: z.number().nullable() })

/** One measuring process. */
export class SideProcess {
  /** What it runs with, as it said itself. */
  readonly versions: Readonly<Record<string, string>>
  readonly #lines: LineProcess

  private constructor(lines: LineProcess, versions: Readonly<Record<string, string>>) {
    this.#lines = lines
    this.versions = versions
  }

  /** Starts it and waits until it is ready. @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
  static async start(command: SideCommand, signal: AbortSignal): Promise<SideProcess> {
    const lines = new LineProcess(command, signal)
    try {
      const { ready } = await lines.ask('', readySchema)
      return new SideProcess(lines, ready)
    } catch (error) {
      await lines.close()
      throw error
    }
  }

  /** A round. @throws Bl1Error as `start` */
  run(steps: number): Promise<Tally> {
    return this.#lines.ask(`${steps}\n`, tallySchema)
  }

  /** Bytes of heap a step; ours only. @throws Bl1Error as `start` */
  async heap(): Promise<number | null> {
    return (await this.#lines.ask('heap\n', heapSchema)).bytesPerStep
  }

  /** Ends it and waits until it is gone. */
  close(): Promise<void> {
    return this.#lines.close()
  }
}
