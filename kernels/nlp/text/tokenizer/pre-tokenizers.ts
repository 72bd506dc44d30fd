/** The second step of a tokenizer: the text cut into parts that no token crosses. */
import type { AlignedText } from "./aligned-text.ts";
import { BYTE_LEVEL_PATTERN, toByteLetters } from "./byte-level.ts";
import { escapePattern, toRegExp, WORD_CHARACTERS_AND_JOINERS } from "./pattern.ts";
import type { PreTokenizerSpec, SplitBehavior } from "./tokenizer-file.ts";

/** `isFirst`: whether the text begins where the whole text does. */
export type PreTokenizer = (text: AlignedText, isFirst: boolean) => readonly AlignedText[];

const PUNCTUATION = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
const BERT = new RegExp(`[^\\s${PUNCTUATION}]+|[${PUNCTUATION}]`, "gu");
const WHITESPACE = new RegExp(
  `[${WORD_CHARACTERS_AND_JOINERS}]+|[^${WORD_CHARACTERS_AND_JOINERS}\\s]+`,
  "gu",
);

export function createPreTokenizer(spec: PreTokenizerSpec | null): PreTokenizer {
  if (spec === null) return (text) => [text];
  switch (spec.type) {
    case "BertPreTokenizer":
      return (text) => findParts(text, BERT);
    case "Whitespace":
      return (text) => findParts(text, WHITESPACE);
    case "WhitespaceSplit":
      return (text) => findParts(text, /\S+/gu);
    case "Metaspace":
      return createMetaspace(spec);
    case "ByteLevel":
      return (text) => {
        const begun = spec.add_prefix_space && !text.text.startsWith(" ") ? text.prepend(" ") : text;
        const parts = spec.use_regex ? findParts(begun, BYTE_LEVEL_PATTERN) : [begun];
        return parts.map((part) => part.replace(/[^]/gu, toByteLetters));
      };
    case "Split":
      return createSplit(toRegExp(spec.pattern), spec);
    case "CharDelimiterSplit":
      return createSplit(toRegExp({ String: spec.delimiter }), { behavior: "Removed" });
    case "Digits":
      return createSplit(/\p{N}/gu, { behavior: spec.individual_digits ? "Isolated" : "Contiguous" });
    case "Punctuation":
      return createSplit(new RegExp(`[${PUNCTUATION}]`, "gu"), spec);
    case "Sequence": {
      const steps = spec.pretokenizers.map(createPreTokenizer);
      return (text, isFirst) =>
        steps.reduce<readonly AlignedText[]>(
          (parts, step) => parts.flatMap((part, place) => step(part, isFirst && place === 0)),
          [text],
        );
    }
    default:
      return spec satisfies never;
  }
}

/** Whether a blank before a word is part of its first token, so that a word needs one before it to look as in a text. */
export function keepsBlanks(spec: PreTokenizerSpec | null): boolean {
  if (spec?.type === "Sequence") return spec.pretokenizers.some(keepsBlanks);
  if (spec?.type === "ByteLevel") return !spec.add_prefix_space;
  return spec?.type === "Metaspace" && spec.prepend_scheme === "never";
}

function findParts(text: AlignedText, pattern: RegExp): AlignedText[] {
  return [...text.text.matchAll(pattern)].map(({ index, 0: { length } }) =>
    text.slice(index, index + length),
  );
}

function createMetaspace(spec: Extract<PreTokenizerSpec, { type: "Metaspace" }>): PreTokenizer {
  const { replacement: mark, prepend_scheme: scheme } = spec;
  const sign = escapePattern(mark);
  // A part is a word with the mark before it.
  const words = new RegExp(`${sign}(?:(?!${sign})[^])*|(?:(?!${sign})[^])+`, "gu");
  return (text, isFirst) => {
    const marked = text.replace(/ /g, () => mark);
    if (marked.length === 0) return [];
    const wanted = scheme === "always" || (scheme === "first" && isFirst);
    const begun = wanted && !marked.text.startsWith(mark) ? marked.prepend(mark) : marked;
    return spec.split ? findParts(begun, words) : [begun];
  };
}

function createSplit(
  pattern: RegExp,
  { behavior, invert = false }: { readonly behavior: SplitBehavior; readonly invert?: boolean },
): PreTokenizer {
  return (text) => {
    const parts: { readonly from: number; to: number; readonly isMatch: boolean }[] = [];
    const add = (from: number, to: number, isMatch: boolean) => {
      if (from < to) parts.push({ from, to, isMatch: isMatch !== invert });
    };
    let done = 0;
    for (const { index, 0: match } of text.text.matchAll(pattern)) {
      add(done, index, false);
      add(index, index + match.length, true);
      done = index + match.length;
    }
    add(done, text.length, false);
    return joinParts(parts, behavior).map(({ from, to }) => text.slice(from, to));
  };
}

interface Part {
  readonly from: number;
  to: number;
  readonly isMatch: boolean;
}

function joinParts(parts: readonly Part[], behavior: SplitBehavior): readonly Part[] {
  if (behavior === "Isolated") return parts;
  if (behavior === "Removed") return parts.filter(({ isMatch }) => !isMatch);
  const joined: Part[] = [];
  parts.forEach((part, place) => {
    const before: Part | undefined = parts[place - 1];
    const joins =
      behavior === "Contiguous"
        ? before?.isMatch === part.isMatch
        : behavior === "MergedWithPrevious"
          ? part.isMatch && before?.isMatch === false
          : !part.isMatch && before?.isMatch === true;
    const last = joined.at(-1);
    if (joins && last) last.to = part.to;
    else joined.push({ ...part });
  });
  return joined;
}
