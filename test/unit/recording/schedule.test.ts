import { describe, expect, it } from 'vitest'
import { cappedCubic, everyEpisode, everyNth, scheduleOf } from '../../../src/recording/index.js'
import { caught } from '../io/support.js'

const recorded = (schedule: (episode: number) => boolean, until: number) => Array.from({ length: until }, (_, i) => i).filter(schedule)

describe('schedules of recorded episodes', () => {
  it('cappedCubic takes cubes below 1000, then every 1000th', () => {
    // gymnasium.utils.save_video.capped_cubic_video_schedule
    expect(recorded(cappedCubic, 3001)).toEqual([0, 1, 8, 27, 64, 125, 216, 343, 512, 729, 1000, 2000, 3000])
  })

  it('everyEpisode takes all, everyNth begins with the first', () => {
    expect(recorded(everyEpisode, 3)).toEqual([0, 1, 2])
    expect(recorded(everyNth(3), 8)).toEqual([0, 3, 6])
  })

  it('are named in JSON', () => {
    expect(recorded(scheduleOf({ every: 4 }), 9)).toEqual([0, 4, 8])
    expect(scheduleOf('cappedCubic')).toBe(cappedCubic)
    expect(scheduleOf('everyEpisode')).toBe(everyEpisode)
  })

  it('refuse steps that are no whole positive numbers', () => {
    for (const n of [0, -1, 2.5, Number.NaN, Infinity]) expect(caught(() => everyNth(n)).code).toBe('parameter/invalid')
  })
})
