/** Ablations of trained agents: paired statistics, and the sentence that follows from them. */
export { ABLATION_FAMILIES, ABLATION_NAMES, ABLATIONS, ablationText, type AblationFamily, type AblationName, type AblationText } from './conditions.js'
export { ablationParagraph } from './paragraph.js'
export { summariseAblations, type AblationTestOptions } from './summary.js'
export { ablationDetailTable, ablationGlossary, ablationTable, agentTable } from './tables.js'
export type { AblationContrast, AblationRow, AblationRun, AblationSummary, AblationUnit, AblationVerdict } from './types.js'
export { ablationSentence } from './wording.js'
