/** Comparing feedback: paired trials, frozen probes, honest statistics, and the words for what came out. */
export { compareFeedback, conditionsOf, donorOf, inlineExecutor, seedsOf, type CompareEvents, type CompareOptions, type Executor } from './compare.js'
export { CONDITION_NAMES, CONDITIONS, namesOf, TEACHERS, type ConditionInfo, type ConditionName, type ConditionTexts, type TeacherName } from './conditions.js'
export { EmptyDish, randomActions, randomPaddle } from './controls.js'
export { curveOf, type Curve } from './curves.js'
export type { GameTypes, SessionBase, TrialBase } from './game.js'
export { showInterval, showNumber, showP } from './intervals.js'
export type { PlayerOf, TrainedPlayer } from './player.js'
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
export { summarise, type ConditionSummary, type Contrast, type Direction, type OtherTeacher, type Summary, type Verdict } from './summary.js'
export type { MetricColumn, MetricTable, Outcome, Task, TaskWords } from './task.js'
export {
  plannedMs,
  prepareCulture,
  runTrial,
  type Arena,
  type OnSimulated,
  type PlayRequest,
  type PreparedCulture,
  type Stage,
  type TrialOptions,
  type TrialPieces,
  type WorkOptions,
} from './trial.js'
export type { Raster } from './trialSchema.js'
export { isWithin, windowsOf, type TimeWindow } from './windows.js'
export { conditionTable, contrastTable, glossaryTable, openingParagraph, playTable, teacherTables, type ReportSetting, type Table } from './wording.js'
export { counted } from './words.js'
export * from './ablation/index.js'
export * from './episodes/index.js'
export * from './pong/index.js'
export * from './search/index.js'
export * from './throughput/index.js'
