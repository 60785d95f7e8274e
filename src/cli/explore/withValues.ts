/** Lays values at dotted paths of a config. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const laid = (node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown => {
  if (key === undefined) return value
  const below = isRecord(node) ? node : {}
  return { ...below, [key]: laid(below[key], rest, value) }
}

/** A copy of a config with these values at these paths; the config stays as it is. */
export const withValues = (config: object, values: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(values).reduce<unknown>((changed, [path, value]) => laid(changed, path.split('.'), value), config)
