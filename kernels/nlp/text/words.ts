/** The simplest tokenizers: a text cut at blanks, into characters, into words and punctuation. */
import { normalize } from "./normalize.ts";
import { splitParticle } from "./particles.ts";

/**
 * Cut at white space, nothing else: "Don't go!" → ["Don't", "go!"]. An empty text gives an empty list.
 *
 * @ko 글을 공백에서만 자릅니다.
 */
export function tokenizeWhitespace(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== "");
}

export interface TokenizeCharactersOptions {
  /** Keep blanks as tokens. Default false. */
  readonly whitespace?: boolean;
}

/**
 * One token a character (a Unicode code point after NFC, so "한" is one): "한 글!" → ["한", "글", "!"].
 *
 * @ko 글을 글자 하나씩 나눕니다.
 */
export function tokenizeCharacters(text: string, options: TokenizeCharactersOptions = {}): string[] {
  const characters = [...text.normalize("NFC")];
  return options.whitespace ? characters : characters.filter((character) => !/\s/.test(character));
}

export interface TokenizeWordsOptions {
  /** "Happy" and "happy" become one token. Default true; Hangul has no case. */
  readonly lowercase?: boolean;
  /** Keep "!", "?" and so on as tokens. Default true: in a feeling they carry a good deal. */
  readonly punctuation?: boolean;
  /** Part Korean particles from their noun: 친구가 → 친구, 가. By rules, not a dictionary. Default false. */
  readonly particles?: boolean;
}

/** A run of letters (with marks and an inner apostrophe), a number, an ellipsis, or any other sign that is no blank. */
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\p{N}+(?:[.,]\p{N}+)*|\.{2,}|[^\s\p{L}\p{M}\p{N}]/gu;
const PUNCTUATION = /^[^\p{L}\p{M}\p{N}]/u;

/**
 * Words and punctuation.
 *
 * English words are found as a reader finds them. A Korean word between two blanks (어절) is a noun or a verb
 * stem with its endings: 친구가, 친구를 and 친구한테 are three tokens unless `particles` parts them.
 *
 * @ko 글을 단어와 문장 부호로 나눕니다. 조사를 떼어 낼 수도 있습니다.
 * @example
 * tokenizeWords("I don't know…");                        // ["i", "don't", "know", "…"]
 * tokenizeWords("친구가 웃었다.", { particles: true });  // ["친구", "가", "웃었다", "."]
 */
export function tokenizeWords(text: string, options: TokenizeWordsOptions = {}): string[] {
  const { lowercase = true, punctuation = true, particles = false } = options;
  const found = normalize(text, { lowercase }).match(WORD) ?? [];
  const words = punctuation ? found : found.filter((token) => !PUNCTUATION.test(token));
  return particles ? words.flatMap(splitParticle) : words;
}
