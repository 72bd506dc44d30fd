/** The second step of a tokenizer: the text cut into parts that no token crosses. */
import type { AlignedText } from "./aligned-text.ts";
import { BYTE_LEVEL_PATTERN, toByteLetters } from "./byte-level.ts";
import { toRegExp } from "./pattern.ts";
import type { PreTokenizerSpec } from "./tokenizer-file.ts";

const PUNCTUATION = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
const BERT = new RegExp(`[^\\s${PUNCTUATION}]+|[${PUNCTUATION}]`, "gu");

export function preTokenize(text: AlignedText, spec: PreTokenizerSpec): AlignedText[] {
  switch (spec.type) {
    case "BertPreTokenizer":
      return findParts(text, BERT);
    case "Whitespace":
      return findParts(text, /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]+/gu);
    case "WhitespaceSplit":
      return findParts(text, /\S+/gu);
    case "Metaspace": {
      const { replacement, prepend_scheme: scheme = "always" } = spec;
      const marked = text.replace(/ /g, () => replacement);
      if (marked.length === 0) return [];
      const begun = marked.text.startsWith(replacement) || scheme === "never";
      // A part is a word with the mark before it.
      return findParts(begun ? marked : marked.prepend(replacement), wordsMarkedBy(replacement));
    }
    case "ByteLevel": {
      const { add_prefix_space: prefix, use_regex: cut = true } = spec;
      const begun = prefix && !text.text.startsWith(" ") ? text.prepend(" ") : text;
      const parts = cut ? findParts(begun, BYTE_LEVEL_PATTERN) : [begun];
      return parts.map((part) => part.replace(/[^]/gu, toByteLetters));
    }
    case "Split":
      return split(text, spec);
    case "Sequence":
      return spec.pretokenizers.reduce<AlignedText[]>(
        (parts, next) => parts.flatMap((part) => preTokenize(part, next)),
        [text],
      );
    default:
      return spec satisfies never;
  }
}

function findParts(text: AlignedText, pattern: RegExp): AlignedText[] {
  return [...text.text.matchAll(pattern)].map(({ index, 0: { length } }) =>
    text.slice(index, index + length),
  );
}

/** A mark and what follows up to the next one. */
function wordsMarkedBy(mark: string): RegExp {
  return new RegExp(`${mark}[^${mark}]*|[^${mark}]+`, "gu");
}

function split(
  text: AlignedText,
  { pattern, behavior, invert }: Extract<PreTokenizerSpec, { type: "Split" }>,
): AlignedText[] {
  const parts: AlignedText[] = [];
  const add = (from: number, to: number, isMatch: boolean) => {
    if (from < to && (behavior === "Isolated" || isMatch === invert)) parts.push(text.slice(from, to));
  };
  let done = 0;
  for (const { index, 0: match } of text.text.matchAll(toRegExp(pattern))) {
    add(done, index, false);
    add(index, index + match.length, true);
    done = index + match.length;
  }
  add(done, text.length, false);
  return parts;
}
