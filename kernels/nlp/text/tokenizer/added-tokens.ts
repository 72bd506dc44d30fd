/** Tokens that are found in a text before it is cut, such as [MASK]: no step takes them apart. */
import { escapePattern, WORD_CHARACTERS_AND_JOINERS } from "./pattern.ts";
import type { AddedToken } from "./tokenizer-file.ts";

export interface AddedMatch {
  readonly token: AddedToken;
  /** Where its content stands. */
  readonly start: number;
  readonly end: number;
  /** What it takes away of the text: also the white space beside it with `lstrip` and `rstrip`. */
  readonly from: number;
  readonly to: number;
}

/** Finds added tokens, each by the text that is given with it; at one place the longest one. */
export function createAddedTokenFinder(
  tokens: readonly (readonly [content: string, token: AddedToken])[],
): (text: string) => AddedMatch[] {
  const byContent = new Map(tokens.filter(([content]) => content !== ""));
  if (byContent.size === 0) return () => [];
  const contents = [...byContent.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(contents.map(escapePattern).join("|"), "gu");

  return (text) => {
    const matches: AddedMatch[] = [];
    for (const { index: start, 0: content } of text.matchAll(pattern)) {
      const token = byContent.get(content)!;
      const end = start + content.length;
      if (token.single_word && isInWord(text, start, end)) continue;
      const done = matches.at(-1)?.to ?? 0;
      if (start < done) continue;
      const before = text.slice(done, start);
      const from = token.lstrip ? done + before.trimEnd().length : start;
      const to = token.rstrip ? text.length - text.slice(end).trimStart().length : end;
      matches.push({ token, start, end, from, to });
    }
    return matches;
  };
}

const ENDS_IN_WORD = new RegExp(`[${WORD_CHARACTERS_AND_JOINERS}]$`, "u");
const BEGINS_WITH_WORD = new RegExp(`^[${WORD_CHARACTERS_AND_JOINERS}]`, "u");

function isInWord(text: string, start: number, end: number): boolean {
  return ENDS_IN_WORD.test(text.slice(0, start)) || BEGINS_WITH_WORD.test(text.slice(end));
}
