/** Every single-player scenario of the wheel: what it shows and how it is played. */
import { describe, expect, it } from 'vitest'
import { DoomEnv, doomScenarios, type DoomScenario } from '../../../envs/doom/index.js'

/** Buttons and variables as in the cfg files of vizdoom 1.3.2. */
const turning = ['TURN_LEFT', 'TURN_RIGHT']
const strafing = ['MOVE_LEFT', 'MOVE_RIGHT', 'ATTACK']
const gathering = [...turning, 'MOVE_FORWARD']
const expected: Readonly<Record<(typeof doomScenarios)[number], { readonly buttons: readonly string[]; readonly variables: readonly string[] }>> = {
  basic: { buttons: strafing, variables: ['AMMO2'] },
  basic_audio: { buttons: strafing, variables: ['AMMO2'] },
  basic_notifications: { buttons: strafing, variables: ['AMMO2'] },
  deadly_corridor: { buttons: [...strafing, 'MOVE_FORWARD', 'MOVE_BACKWARD', ...turning], variables: ['HEALTH'] },
  deathmatch: {
    buttons: [
      'ATTACK',
      'SPEED',
      'STRAFE',
      'MOVE_RIGHT',
      'MOVE_LEFT',
      'MOVE_BACKWARD',
      'MOVE_FORWARD',
      'TURN_RIGHT',
      'TURN_LEFT',
      ...[1, 2, 3, 4, 5, 6].map((slot) => `SELECT_WEAPON${slot}`),
      'SELECT_NEXT_WEAPON',
      'SELECT_PREV_WEAPON',
      'LOOK_UP_DOWN_DELTA',
      'TURN_LEFT_RIGHT_DELTA',
      'MOVE_LEFT_RIGHT_DELTA',
    ],
    variables: ['KILLCOUNT', 'HEALTH', 'ARMOR', 'SELECTED_WEAPON', 'SELECTED_WEAPON_AMMO'],
  },
  defend_the_center: { buttons: [...turning, 'ATTACK'], variables: ['AMMO2', 'HEALTH'] },
  defend_the_line: { buttons: [...turning, 'ATTACK'], variables: ['AMMO2', 'HEALTH'] },
  health_gathering: { buttons: gathering, variables: ['HEALTH'] },
  health_gathering_supreme: { buttons: gathering, variables: ['HEALTH'] },
  learning: { buttons: strafing, variables: [] },
  my_way_home: { buttons: [...gathering, 'MOVE_LEFT', 'MOVE_RIGHT'], variables: [] },
  predict_position: { buttons: [...turning, 'ATTACK'], variables: [] },
  rocket_basic: { buttons: strafing, variables: [] },
  simpler_basic: { buttons: strafing, variables: [] },
  take_cover: { buttons: ['MOVE_LEFT', 'MOVE_RIGHT'], variables: ['HEALTH'] },
}

const box = (shape: readonly number[]) => ({ kind: 'Box', dtype: 'uint8', shape, low: 0, high: 255 })

describe('scenarios', () => {
  it.each(doomScenarios)('%s has the spaces of its cfg, and can be played', async (scenario: DoomScenario & keyof typeof expected) => {
    const { buttons, variables } = expected[scenario]
    await using env = await DoomEnv.create({ scenario, depth: true, labels: true, audio: scenario === 'basic_audio', notifications: scenario === 'basic_notifications' })
    expect(env.buttons.map(({ name }) => name)).toEqual(buttons)
    expect(env.variableNames).toEqual(variables)
    expect(env.actionSpace.toJSON()).toEqual({ kind: 'MultiBinary', shape: [buttons.filter((name) => !name.endsWith('_DELTA')).length] })
    const { spaces } = env.observationSpace.toJSON()
    expect(spaces).toMatchObject({ screen: box([240, 320, 3]), depth: box([240, 320]), labels: box([240, 320]) })
    expect(Object.keys(spaces)).toEqual([
      'screen',
      'depth',
      'labels',
      ...(scenario === 'basic_audio' ? ['audio'] : []),
      ...(variables.length > 0 ? ['variables'] : []),
    ])
    // 44,100 a second, four tics of 1/35 s, two channels.
    if (scenario === 'basic_audio') expect(spaces['audio']).toMatchObject({ dtype: 'int16', shape: [(44_100 / 35) * 4, 2] })
    const { observation, info } = await env.reset({ seed: 1 })
    expect(env.observationSpace.contains(observation)).toBe(true)
    if (scenario === 'basic_notifications') expect(typeof info.notifications).toBe('string')
    const step = await env.step(env.sampleAction())
    expect(env.observationSpace.contains(step.observation)).toBe(true)
    // A scene has shapes and colours: not one value everywhere.
    for (const name of ['screen', 'depth'] as const) expect(new Set(step.observation[name]).size).toBeGreaterThan(10)
  })

  it('for several players say that no seed fixes them', async () => {
    await using alone = await DoomEnv.create({ resolution: 'RES_160X120' })
    expect(alone.spec.nondeterministic).toBeUndefined()
    await using env = await DoomEnv.create({ scenario: 'multi_duel', resolution: 'RES_160X120' })
    expect(env.warnings).toHaveLength(1)
    expect(env.spec.nondeterministic).toBe(true)
  })

  it('take other resolutions, and pictures that are cut, made smaller and grey', async () => {
    await using env = await DoomEnv.create({ resolution: 'RES_160X120', screen: { format: 'grey', crop: [10, 30, 0, 0], size: [40, 80] }, automap: {} })
    expect(env.observationSpace.toJSON().spaces).toMatchObject({ screen: box([40, 80]), automap: box([120, 160, 3]) })
    const { observation } = await env.reset({ seed: 1 })
    expect(observation.screen).toHaveLength(40 * 80)
    expect(new Set(observation.screen).size).toBeGreaterThan(10)
  })
})
