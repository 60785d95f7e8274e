/** What an unknown thrown value says, in a few words: for the `reason` of an error that wraps it. */

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENOENT: 'no such file or folder',
  EEXIST: 'a file of that name is in the way',
}

/** The reason behind an error of the file system or of anything else. */
export const reasonOf = (error: unknown): string => {
  const code = errorCode(error)
  if (code !== undefined && words[code] !== undefined) return words[code]
  return error instanceof Error ? error.message : String(error)
}

/** The system's code of an error, such as 'ENOENT'. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
