/** The words that entities are counted in, with their places in the sentence. */

export interface PlacedWords {
  readonly tokens: string[];
  /** Each token's place, [start, end) in UTF-16 code units. */
  readonly offsets: (readonly [start: number, end: number])[];
}

/**
 * The English 's; or letters, marks and digits in a run, with apostrophes inside it and with signs between digits (1,200,
 * 3.5, 7:30); or several full stops; or one other sign.
 */
const CLITIC = String.raw`['’]s(?![\p{L}\p{N}])`;
const RUN = String.raw`[\p{L}\p{M}\p{N}]+`;
const JOINT = String.raw`(?:(?!${CLITIC})['’]|(?<=\p{N})[.,:](?=\p{N}))`;
const WORD = new RegExp(String.raw`${CLITIC}|${RUN}(?:${JOINT}${RUN})*|\.{2,}|[^\s\p{L}\p{M}\p{N}]`, "gu");

/**
 * A sentence in words and signs, nothing changed: `text.slice(start, end)` is the token. Korean is cut at blanks and
 * signs, so that a particle stays with its noun (3월에, 서울에서); of an English word only 's is parted.
 */
export function placeWords(text: string): PlacedWords {
  const found = [...text.matchAll(WORD)];
  return {
    tokens: found.map(([word]) => word),
    offsets: found.map(({ 0: word, index }) => [index, index + word.length] as const),
  };
}
