/** What the conditions mean in Pong, which depends on whose teaching is put to the test. */
import { namesOf, TEACHERS, type ConditionName, type TeacherName } from '../conditions.js'

/** What a teacher's yoked twin receives, and what exchanging its contingency does. */
const OF_TEACHER: Readonly<Record<TeacherName, { readonly earned: string; readonly inverted: string; readonly silence: string }>> = {
  fep: { earned: 'stimulation', inverted: 'answers to hit and miss exchanged', silence: 'an equally long silence' },
  avoidance: {
    earned: 'pauses of the sensory input',
    inverted: 'the sensory input pauses after moves away from the ball',
    silence: 'a silence as long as the answer of fep',
  },
  reward: { earned: 'rewards', inverted: 'misses are rewarded, hits are not', silence: 'a silence as long as the answer of fep' },
}

/** What each condition of Pong does. @param taught whose teaching is put to the test */
export const pongConditions = (taught: TeacherName) => {
  const { earned, inverted, silence } = OF_TEACHER[taught]
  return {
    avoidance: 'the sensory input pauses for a moment after each move towards the ball; hit and miss are not answered',
    reward: 'a hit is rewarded, a miss the opposite, both measured from the running mean; no stimulation answers',
    fep: 'predictable stimulation after a hit, unpredictable after a miss',
    open_loop: `yoked: the ${earned} another culture earned under ${taught}, at its times`,
    silent: `no answer; a miss is followed by ${silence}`,
    no_feedback: 'no answer; a miss does not end the rally',
    rest: 'the game is not shown; spontaneous activity moves the paddle',
    inverted,
    plasticity_off: `${taught} with STDP and homeostasis off`,
    shuffled_electrodes: `${taught} with the sensory electrodes in random order`,
    no_cells: `${taught} on a dish without cells`,
    random_paddle: 'random moves, each held for a random time',
  } as const
}

/** The conditions of Pong in reporting order. */
export const PONG_CONDITION_NAMES: readonly ConditionName[] = namesOf(pongConditions('fep'))

/** Those of the DishBrain experiment and the controls: what is compared where a config does not say. */
export const PONG_DEFAULT_CONDITIONS: readonly ConditionName[] = PONG_CONDITION_NAMES.filter(
  (name) => name === 'fep' || !TEACHERS.some((teacher) => teacher === name),
)
