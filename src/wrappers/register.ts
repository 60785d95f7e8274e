/** Registers every wrapper of this room by name, so that `make(spec)` rebuilds them. Each is loaded when a spec first names it. */
import { registerWrapper } from '../env/index.js'

registerWrapper({ name: 'TimeLimit', load: async () => (await import('./timeLimit.js')).timeLimit })
registerWrapper({ name: 'StickyAction', load: async () => (await import('./stickyAction.js')).stickyAction })
registerWrapper({ name: 'RecordEpisodeStatistics', load: async () => (await import('./recordEpisodeStatistics.js')).recordEpisodeStatistics })
