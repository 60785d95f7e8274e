/** How far trainings are: one line each that is written again and again on a terminal, plain lines elsewhere. It goes to stderr. */
import { MultiBar, type SingleBar } from 'cli-progress'
import { formatDuration, type ProgressStream } from '../../io/index.js'
import type { RunReport } from './run.js'

/** Longest silence in a log while work goes on, ms. */
const EVERY_MS = 10_000

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')

/** Three digits, the sign of a zero aside. */
const returnText = ({ recentReturn, recentEpisodes }: RunReport): string =>
  recentReturn === null ? 'no episode yet' : `return ${Number(recentReturn.toPrecision(3)).toLocaleString('en-US')} (last ${recentEpisodes})`

/** `train: 24,576 of 200,000 steps, return 1.23 (last 100), 850 steps/s, 85.0x real time, 3:24 left` */
export const formatReport = (name: string, report: RunReport): string => {
  const { steps, totalSteps, stepsPerSecond, realTimeFactor, leftMs } = report
  const pace = realTimeFactor === null ? '' : `, ${realTimeFactor.toFixed(1)}x real time`
  return `${name}: ${whole(steps)} of ${whole(totalSteps)} steps, ${returnText(report)}, ${whole(stepsPerSecond)} steps/s${pace}, ${formatDuration(leftMs)} left`
}

/** A running display. */
export interface TrainingDisplay {
  readonly report: (name: string, report: RunReport) => void
  /** A line that stays. */
  readonly note: (text: string) => void
  /** Leaves the terminal as it should be; calling it again does nothing. */
  readonly stop: () => void
}

const logOf = (stream: ProgressStream, now: () => number): TrainingDisplay => {
  const shown = new Map<string, number>()
  const note = (text: string): void => void stream.write(`${text}\n`)
  return {
    report: (name, report) => {
      const last = shown.get(name)
      if (last !== undefined && now() - last < EVERY_MS && report.steps < report.totalSteps) return
      shown.set(name, now())
      note(formatReport(name, report))
    },
    note,
    stop: () => {},
  }
}

const barsOf = (stream: ProgressStream): TrainingDisplay => {
  // signals are the command's to handle
  const multi = new MultiBar({ stream, gracefulExit: false, format: (_options, _params, { text }: { text: string }) => text })
  const bars = new Map<string, SingleBar>()
  let stopped = false
  return {
    report: (name, report) => {
      if (stopped) return
      const text = formatReport(name, report).slice(0, stream.columns ?? 80)
      const bar = bars.get(name)
      if (bar === undefined) bars.set(name, multi.create(1, 0, { text }))
      else bar.update(0, { text })
    },
    note: (text) => {
      if (stopped || bars.size === 0) stream.write(`${text}\n`)
      else multi.log(`${text}\n`)
    },
    stop: () => {
      if (stopped) return
      stopped = true
      multi.update()
      multi.stop()
    },
  }
}

/** Starts a display. @param now a clock that never runs backwards, ms */
export const startDisplay = (stream: ProgressStream = process.stderr, now: () => number = () => performance.now()): TrainingDisplay =>
  stream.isTTY === true ? barsOf(stream) : logOf(stream, now)
