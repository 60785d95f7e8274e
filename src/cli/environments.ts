/** The environments and wrappers that the command line knows: importing this module registers them all. */
import '../../envs/classic-control/register.js'
import '../../envs/culture/register.js'
import '../../envs/doom/register.js'
import '../../envs/pong/index.js'
import '../../envs/python/register.js'
import '../wrappers/index.js'

export { registeredIds, registeredSpec } from '../env/index.js'
