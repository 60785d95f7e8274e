/** What each electrode of a loop is for. */
import { Bl1Error } from '../errors.js'
import { checkChannel, type ArrayLayout } from '../mea/index.js'

/** Passes if every channel can be used and none serves two purposes. @throws Bl1Error `mea/channel-unknown`, `mea/channel-forbidden`, `loop/channels` */
export const checkPurposes = (layout: ArrayLayout, purposes: Readonly<Record<string, readonly number[]>>): void => {
  const taken = new Map<number, string>()
  for (const [purpose, channels] of Object.entries(purposes)) {
    for (const channel of channels) checkChannel(layout, channel)
    const shared = channels.filter((channel) => taken.has(channel))
    if (shared.length > 0) {
      throw new Bl1Error('loop/channels', { purpose, channels: shared, reason: `they are ${taken.get(shared[0]) ?? ''} channels too` })
    }
    for (const channel of channels) taken.set(channel, purpose)
  }
}
