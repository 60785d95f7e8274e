/** How options of the command line are read: numbers that say what is wrong with them, and the overrides they make. */
import { InvalidArgumentError } from 'commander'

/** A number on the command line. */
export const numberOption = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`expected a number, got '${text}'.`)
  return value
}

/** A positive whole number on the command line. */
export const countOption = (text: string): number => {
  const value = numberOption(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError(`expected a whole number of at least 1, got '${text}'.`)
  return value
}

/** A whole number from 1 to `most` on the command line. */
export const countUpTo = (most: number) => (text: string): number => {
  const value = countOption(text)
  if (value > most) throw new InvalidArgumentError(`expected at most ${most}, got '${text}'.`)
  return value
}

/** A seed on the command line. */
export const seedOption = (text: string): number => {
  const value = numberOption(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError(`expected a whole number of at least 0, got '${text}'.`)
  return value
}

/** Comma-separated words on the command line. */
export const listOption = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
