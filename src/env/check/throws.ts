/** Calls that should fail. */

/** Whether a call throws or rejects. */
export const throws = async (call: () => unknown): Promise<boolean> => {
  try {
    await call()
    return false
  } catch {
    return true
  }
}
