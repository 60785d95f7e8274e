/** Breaks a paragraph into lines of at most `width` characters; a longer word stands alone. */
export const wrapText = (text: string, width = 100): string => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
