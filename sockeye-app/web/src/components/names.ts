/** The first letters of the first and the last word, in capitals; one letter for a single word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return '?';
  return words.length === 1 ? firstLetter(first) : firstLetter(first) + firstLetter(last);
}

/** A hue in degrees, always the same for a name. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0;
  return (Math.imul(hash, 2654435761) >>> 0) % 360;
}

function firstLetter(word: string): string {
  const { value } = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    .segment(word)
    [Symbol.iterator]()
    .next();
  return value === undefined ? '' : value.segment.toLocaleUpperCase();
}
