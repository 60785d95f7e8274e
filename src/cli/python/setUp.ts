/** Sets up Python: makes `.venv` where none was named, and installs what is pinned and not there. What is there already is left as it is. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../bridge/python.js'
import { Bl1Error } from '../../errors.js'
import { execute, throwIfStopped, type Outcome } from './execute.js'
import { failureOf } from './failures.js'
import { askPython, OLDEST_MINOR, type PythonAnswer, type PythonFacts } from './facts.js'
import { withLock } from './lock.js'
import { pythonPlace, type PlaceOptions, type PythonPlace } from './place.js'
import { minorOf, requirementsFile, requirementsOf, type Requirement } from './requirements.js'

/** What setting up needs to know. */
export interface SetUpOptions extends PlaceOptions {
  readonly signal?: AbortSignal
  /** Told what is being done. */
  readonly say?: (text: string) => void
}

/** What there is now. */
export interface SetUpResult {
  readonly python: string
  /** Why this interpreter. */
  readonly reason: string
  readonly version: string
  readonly packages: Readonly<Record<string, string>>
  /** Names of what was not there before; empty where there was nothing to do. */
  readonly installed: readonly string[]
}

/** How pip is called. */
export const PIP = ['-m', 'pip', '--disable-pip-version-check', '--no-input'] as const
/** Without a wheel pip would try to build for many minutes, and mostly in vain. */
const WHEELS_ONLY = ['--only-binary', 'vizdoom,pygame-ce,numpy,pyzmq,msgpack']
/** A slow line takes minutes for 60 MB. */
const PIP_LIMIT_MS = 30 * 60_000
const VENV_LIMIT_MS = 5 * 60_000
/** Lies in an environment while pip works there: one that is still there says that pip was stopped half-way. */
const MARK = '.bl1-installing'

const BASE_PYTHON = process.platform === 'win32' ? 'python' : 'python3'

class SetUp {
  readonly #options: SetUpOptions
  readonly #place: PythonPlace
  readonly #requirements: string

  constructor(options: SetUpOptions) {
    this.#options = options
    this.#place = pythonPlace(options)
    this.#requirements = requirementsFile(join(options.root ?? packageRoot(), 'python'))
  }

  async run(): Promise<SetUpResult> {
    const { signal } = this.#options
    const { venv } = this.#place
    const answer = await this.#look()
    const home = venv ?? (answer?.facts?.venv === true ? answer.facts.prefix : undefined)
    const isReady = answer?.facts !== undefined && this.#lacking(answer.facts).length === 0 && !existsSync(join(answer.facts.prefix, MARK))
    // The folder of a system's Python is not ours to write to.
    if (isReady || home === undefined) return this.#setUp(answer)
    const onWait = (pid?: number): void => this.#say(`waiting: ${home} is being set up already (process ${pid ?? 'unknown'})`)
    return withLock(`${home}.lock`, { signal, onWait }, async () => this.#setUp(await this.#look()))
  }

  async #setUp(answer: PythonAnswer | undefined): Promise<SetUpResult> {
    const { python, reason } = this.#place
    const before = await this.#usable(answer)
    const wanted = requirementsOf(this.#requirements, before.version)
    const lacking = this.#lacking(before)
    // Only an environment is marked: the folder of a system's Python is not ours to write to.
    const mark = before.venv ? join(before.prefix, MARK) : undefined
    const isHalfDone = mark !== undefined && existsSync(mark)
    if (lacking.length > 0 || isHalfDone) await this.#install(before, mark, isHalfDone)
    const after = lacking.length > 0 || isHalfDone ? this.#mustAnswer(await this.#ask(wanted)) : before
    const packages: Record<string, string> = {}
    for (const { name, version } of wanted) {
      const found = after.packages[name] ?? null
      if (found !== version) throw new Bl1Error('setup/incomplete', { python, name, wanted: version, found })
      packages[name] = version
    }
    return { python, reason, version: after.version, packages, installed: lacking.map(({ name }) => name) }
  }

  /** What the interpreter says, or undefined where there is none yet. */
  async #look(): Promise<PythonAnswer | undefined> {
    const { python, venv } = this.#place
    return venv !== undefined && !existsSync(python) ? undefined : this.#ask(this.#names())
  }

  #names(): Requirement[] {
    return requirementsOf(this.#requirements, `3.${OLDEST_MINOR}.0`)
  }

  #lacking({ version: pythonVersion, packages }: PythonFacts): Requirement[] {
    return requirementsOf(this.#requirements, pythonVersion).filter(({ name, version }) => packages[name] !== version)
  }

  /** The interpreter at work, made where it may be made. */
  async #usable(answer: PythonAnswer | undefined): Promise<PythonFacts> {
    const { venv } = this.#place
    if (answer?.facts !== undefined) return this.#recent(answer.facts)
    if (venv === undefined) return this.#mustAnswer(answer)
    await this.#makeVenv(venv)
    return this.#mustAnswer(await this.#ask(this.#names()))
  }

  async #makeVenv(venv: string): Promise<void> {
    const base = await askPython(BASE_PYTHON, [], this.#options)
    throwIfStopped(this.#options.signal)
    if (base.facts === undefined) {
      if (base.isMissing) throw new Bl1Error('setup/no-python', { command: BASE_PYTHON })
      throw new Bl1Error('setup/no-answer', { python: BASE_PYTHON, reason: base.reason })
    }
    this.#recent(base.facts, BASE_PYTHON)
    this.#say(`making ${venv} with Python ${base.facts.version}`)
    // venv leaves links that are there, also those that lead to a Python no longer there. Nothing in such an environment can run.
    const anew = existsSync(join(venv, 'pyvenv.cfg')) ? ['--clear'] : []
    await this.#must(`${BASE_PYTHON} -m venv ${venv}`, BASE_PYTHON, ['-m', 'venv', ...anew, venv], VENV_LIMIT_MS, venv)
  }

  async #install({ pip, prefix }: PythonFacts, mark: string | undefined, isHalfDone: boolean): Promise<void> {
    const { python, venv } = this.#place
    // An environment without pip: made by another program, or stopped while it was made.
    if (!pip && venv !== undefined) await this.#must('python -m ensurepip', python, ['-m', 'ensurepip'], VENV_LIMIT_MS, venv)
    this.#say(`installing ${this.#requirements}`)
    if (mark !== undefined) this.#mark(mark)
    // What a stopped pip left looks installed and is not.
    const anew = isHalfDone ? ['--ignore-installed'] : []
    const args = [...PIP, 'install', '--quiet', ...anew, ...WHEELS_ONLY, '-r', this.#requirements]
    await this.#must('pip install', python, args, PIP_LIMIT_MS, prefix)
    if (mark !== undefined) rmSync(mark, { force: true })
  }

  #mark(mark: string): void {
    try {
      writeFileSync(mark, '')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw failureOf(reason, { doing: 'pip install', python: this.#place.python, folder: mark })
    }
  }

  #ask(wanted: readonly Requirement[]): Promise<PythonAnswer> {
    return askPython(this.#place.python, wanted.map(({ name }) => name), this.#options)
  }

  #mustAnswer(answer: PythonAnswer | undefined): PythonFacts {
    throwIfStopped(this.#options.signal)
    const { python } = this.#place
    if (answer?.facts !== undefined) return this.#recent(answer.facts)
    if (answer === undefined || answer.isMissing) throw new Bl1Error('setup/no-python', { command: python })
    throw new Bl1Error('setup/no-answer', { python, reason: answer.reason })
  }

  #recent(facts: PythonFacts, python = this.#place.python): PythonFacts {
    const isOld = !facts.version.startsWith('3.') || minorOf(facts.version) < OLDEST_MINOR
    if (isOld) throw new Bl1Error('setup/python-old', { python, version: facts.version, oldest: `3.${OLDEST_MINOR}` })
    return facts
  }

  /** Runs one part. */
  async #must(doing: string, file: string, args: readonly string[], limitMs: number, folder: string): Promise<Outcome> {
    const { root = packageRoot(), env, signal } = this.#options
    const outcome = await execute(file, args, {
      folder: root,
      limitMs,
      ...(env === undefined ? {} : { env }),
      ...(signal === undefined ? {} : { signal }),
    })
    throwIfStopped(signal)
    if (outcome.code !== 0) throw failureOf(outcome.output, { doing, python: this.#place.python, folder })
    return outcome
  }

  #say(text: string): void {
    this.#options.say?.(text)
  }
}

/**
 * Makes the interpreter of {@link pythonPlace} ready. Quick where there is nothing to do: the interpreter is asked, pip is not. Whatever stops it
 * half-way, running it again mends it.
 * @throws Bl1Error `setup/no-python`, `setup/no-answer`, `setup/python-old`, `setup/no-venv`, `setup/no-pip`, `setup/managed`, `setup/no-network`,
 *   `setup/no-wheel`, `setup/disk-full`, `setup/not-writable`, `setup/failed`, `setup/incomplete`, `run/interrupted`
 */
export const setUpPython = (options: SetUpOptions = {}): Promise<SetUpResult> => new SetUp(options).run()
