/** Comparing feedback: paired trials, frozen probes, honest statistics, and the words for what came out. */
export { chanceRallies, randomPaddleHitProbability, type ChanceRallies } from './chance.js'
export { compareFeedback, conditionsOf, donorOf, inlineExecutor, seedsOf, type CompareEvents, type CompareOptions, type Executor } from './compare.js'
export { CONDITION_NAMES, CONDITIONS, type ConditionInfo, type ConditionName } from './conditions.js'
export { EmptyDish, randomPaddle } from './controls.js'
export { rallyCurve, type Curve } from './curves.js'
export { acesShare, edgeShare, hitRate, longRalliesShare, meanRallyLength, rallyLengths, shuffledChance, skill, type Rallies } from './encounters.js'
export { METRICS, outcomeOf, ralliesEndingIn, windowsOf, type Metric, type Outcome, type TimeWindow } from './outcomes.js'
export { smallestDetectableEffect, type DetectableEffect, type PowerOptions } from './power.js'
export { protocolParameters, type Protocol } from './protocol.js'
export { reportHtml, type Report, type ReportDetail, type ReportFigure, type ReportTable } from './reportHtml.js'
export {
  bootstrapMean,
  holm,
  pairedEffect,
  signFlipTest,
  smallestSignFlipP,
  type BootstrapOptions,
  type MeanInterval,
  type PairedEffect,
  type SignFlipResult,
} from './statistics.js'
export { PRIMARY_METRIC, summarise, type ConditionSummary, type Contrast, type Summary, type Verdict } from './summary.js'
export { plannedMs, prepareCulture, runTrial, type OnSimulated, type PreparedCulture, type TrialOptions, type TrialParts } from './trial.js'
export { trialResultSchema, type TrialResult } from './trialResult.js'
export { conditionTable, contrastTable, glossaryTable, metricName, openingParagraph, playTable, showInterval, showP, type ReportSetting, type Table } from './wording.js'
export * from './throughput/index.js'
