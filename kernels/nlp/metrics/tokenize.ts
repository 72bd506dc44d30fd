/** How texts are cut before their n-grams are compared. The cut changes the score: a score without its name says little. */
import { checkOneOf } from "../arguments.ts";
import { tokenizeCharacters, tokenizeWhitespace, tokenizeWords } from "../text/words.ts";

/**
 * - `"13a"`: the rules of mteval-v13a, sacreBLEU's default: punctuation apart, but not within numbers. For English and its
 *   like; Korean words keep their particles.
 * - `"ko"`: words, punctuation apart, and the common particles parted from their nouns (`splitParticle`'s rules, not a
 *   dictionary): 친구가 → 친구, 가. Not comparable with sacreBLEU's `ko-mecab`, which needs a dictionary.
 * - `"char"`: every character that is no blank, for any language.
 * - `"none"`: at blanks, for texts that are tokenized already.
 */
export type Tokenization = "13a" | "ko" | "char" | "none" | ((text: string) => readonly string[]);

const tokenizers = {
  "13a": tokenize13a,
  ko: (text: string) => tokenizeWords(text, { lowercase: false, particles: true }),
  char: (text: string) => tokenizeCharacters(text),
  none: tokenizeWhitespace,
};

export function toTokenizer(
  tokenize: Tokenization,
  { where }: { readonly where: string },
): (text: string) => readonly string[] {
  if (typeof tokenize === "function") return tokenize;
  checkOneOf(tokenize, { where, what: "tokenize", allowed: Object.keys(tokenizers) });
  return tokenizers[tokenize];
}

const ENTITIES = [
  ["&quot;", '"'],
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
] as const;

/** The rules of NIST's mteval-v13a.pl as sacreBLEU applies them. */
export function tokenize13a(text: string): string[] {
  let line = text.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  for (const [entity, character] of ENTITIES) line = line.replaceAll(entity, character);
  line = ` ${line} `
    .replace(/([{-~[-` -&(-+:-@/])/g, " $1 ") // ASCII signs, but for ' , - and .
    .replace(/([^0-9])([.,])/g, "$1 $2 ") // a stop or comma, unless a digit stands before it
    .replace(/([.,])([^0-9])/g, " $1 $2") // or behind it
    .replace(/([0-9])(-)/g, "$1 $2 "); // a dash behind a digit
  return tokenizeWhitespace(line);
}
