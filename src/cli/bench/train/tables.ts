/** The measurements of training as tables. */
import { NONE, showNumber as show, showRatio, type TextTable } from '../tables.js'
import type { RunResult, SameNumbers, UpdateResult } from './measure.js'

/** Everything that was measured; plain data. */
export interface TrainResults {
  readonly updates: readonly UpdateResult[]
  readonly same: readonly SameNumbers[]
  readonly runs: readonly RunResult[]
}

/** Most of a training's time that may go into anything but culture and game. */
const LARGEST_SHARE = 0.3
const percent = (share: number): string => `${show(share * 100)} %`
const ms = (seconds: number): string => show(seconds * 1000)

const updateRow = ({ title, side, nsEach, gradientSteps, spread, ratio }: UpdateResult): string[] => {
  const seconds = nsEach / 1e9
  return [`${title}: ${side}`, ms(seconds), String(gradientSteps), ms(seconds / gradientSteps), percent(spread), showRatio(ratio)]
}

const updatesTable = (results: readonly UpdateResult[]): TextTable => ({
  title: 'A PPO update',
  head: ['', 'ms/update', 'gradient steps', 'ms/gradient step', 'spread', "times BL-1's speed"],
  rows: results.map(updateRow),
  note:
    'The whole update: values and probabilities of all rows, advantages, then every gradient step of policy and critic, each with an Adam step of its own. ' +
    'Made-up rollouts (2,048 rows; 8,192 for the larger); both sides begin with the same weights and rows. CartPole: 4 numbers in, 2 choices; with a culture: an encoder with eight ' +
    'Beta distributions beside a linear decoder of 51 electrodes; larger: 64 numbers in, 8 choices.',
})

const sameTable = (results: readonly SameNumbers[]): TextTable => ({
  title: 'Do both compute the same?',
  head: ['', 'policy loss', 'value loss', 'entropy', 'KL', 'gradient norm', 'largest difference'],
  rows: results.flatMap(({ title, ours, torch, largestDifference }) =>
    ([['BL-1', ours, percent(largestDifference)], ['PyTorch', torch, NONE]] as const).map(([side, numbers, difference]) => [
      `${title}: ${side}`, show(numbers.policyLoss), show(numbers.valueLoss), show(numbers.entropy), show(numbers.approxKl), show(numbers.gradientNorm), difference,
    ])),
  note: 'The first update from the same weights, all rows in one minibatch, so that chance decides nothing.',
})

/** Share of the time outside culture and game. */
export const overheadOf = ({ shares }: RunResult): number => 1 - shares.env - shares.culture

const runRow = (run: RunResult): string[] => {
  const { title, stepsPerSecond, spread, shares, updateSeconds } = run
  const named = [shares.culture, shares.env, shares.policy, shares.update, shares.other, overheadOf(run)]
  return [title, show(stepsPerSecond), ...named.map(percent), ms(updateSeconds), percent(spread)]
}

const runsTable = (results: readonly RunResult[]): TextTable => ({
  title: 'Where the time of a training goes',
  head: ['', 'steps/s', 'culture', 'game', 'policy', 'update', 'other', 'outside culture and game', 'ms/update', 'spread'],
  rows: results.map(runRow),
  note:
    'Eight environments side by side. Steps of all together, by the clock, updates included; checkpoints and validation are not. Policy: networks and draws ' +
    'while playing. A larger culture has a larger dish, with as many cells near each electrode.',
})

/** A table for everything that was measured. */
export const trainTables = ({ updates, same, runs }: TrainResults): TextTable[] =>
  [updatesTable(updates), sameTable(same), runsTable(runs)].filter(({ rows }) => rows.length > 0)

/** Where a training with a culture spends more than it should outside culture and game; undefined where none does. */
export const overheadSentence = ({ runs }: TrainResults): string | undefined => {
  const cultures = runs.filter(({ shares }) => shares.culture > 0)
  if (cultures.length === 0) return undefined
  const over = cultures.filter((run) => overheadOf(run) > LARGEST_SHARE)
  const asked = `${LARGEST_SHARE * 100} % of a training's time outside culture and game`
  if (over.length === 0) return `None spends more than ${asked}.`
  return `More than ${asked}: ${over.map((run) => `${run.title} (${percent(overheadOf(run))})`).join('; ')}.`
}
