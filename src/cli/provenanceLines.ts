/** What a result was made with, as lines of a report. */
import type { Provenance } from '../io/index.js'

/** Package, machine, start and dependencies, a line each. */
export const provenanceLines = (provenance: Provenance): string[] => [
  `bl1 ${provenance.packageVersion}, git ${provenance.gitHash ?? 'unknown'}${provenance.gitDirty === true ? ' (changed since)' : ''}, node ${provenance.nodeVersion}`,
  `${provenance.cpu}, ${provenance.cores} cores, ${provenance.memoryGiB} GiB, ${provenance.os}`,
  `started ${provenance.startedAt}`,
  Object.entries(provenance.dependencies).map(([name, version]) => `${name} ${version ?? 'not installed'}`).join(', '),
]
