/** Runs of neighbouring characters or words, as features for a bag. */
import { checkInteger } from "../arguments.ts";
import { normalize } from "./normalize.ts";

export interface NgramOptions {
  /** The shortest run. Default 1. */
  readonly min?: number;
  /** The longest run. Default: `min`, or 2 where that is less. */
  readonly max?: number;
}

export interface CharacterNgramOptions extends NgramOptions {
  /** Default true. */
  readonly lowercase?: boolean;
  /** Mark where a word begins and ends with "_", so that a run at a word's edge is another feature. Default true. */
  readonly boundary?: boolean;
}

/**
 * Every run of `min` to `max` characters inside each word of a text. Runs do not cross blanks.
 *
 * For Korean this does what cutting off endings does, without a dictionary: 슬퍼요, 슬퍼서 and 슬펐다 are three words,
 * but the first two share 슬퍼. The price is a larger vocabulary.
 *
 * A word of n characters (edges counted) gives Σ over k = min…max of (n − k + 1) runs.
 *
 * @ko 단어 안에서 이어지는 글자 `min`개부터 `max`개까지의 묶음을 모두 구합니다.
 * @example
 * characterNgrams("슬퍼요", { min: 2, max: 2 });                  // ["_슬", "슬퍼", "퍼요", "요_"]
 * characterNgrams("슬퍼요", { min: 2, max: 2, boundary: false }); // ["슬퍼", "퍼요"]
 */
export function characterNgrams(text: string, options: CharacterNgramOptions = {}): string[] {
  const { lowercase = true, boundary = true } = options;
  const { min, max } = toRange(options, "characterNgrams");
  const words = normalize(text, { lowercase }).split(" ");
  return words.flatMap((word) => {
    if (word === "") return [];
    const characters = boundary ? ["_", ...word, "_"] : [...word];
    return findRuns(characters, { min, max })
      .filter((run) => run.some((character) => character !== "_"))
      .map((run) => run.join(""));
  });
}

/**
 * Every run of `min` to `max` neighbouring tokens, joined by a blank. "not good" tells more than "not" and "good".
 *
 * @ko 이웃한 토큰 `min`개부터 `max`개까지의 묶음을 모두 구합니다.
 * @example wordNgrams(["not", "very", "good"], { min: 1, max: 2 }) // ["not", "very", "good", "not very", "very good"]
 */
export function wordNgrams(tokens: readonly string[], options: NgramOptions = {}): string[] {
  return findRuns(tokens, toRange(options, "wordNgrams")).map((run) => run.join(" "));
}

function findRuns(tokens: readonly string[], { min, max }: { min: number; max: number }): string[][] {
  const runs: string[][] = [];
  for (let length = min; length <= max; length++) {
    for (let start = 0; start + length <= tokens.length; start++)
      runs.push(tokens.slice(start, start + length));
  }
  return runs;
}

function toRange(options: NgramOptions, where: string): { min: number; max: number } {
  const min = options.min ?? 1;
  checkInteger(min, { where, what: "min", min: 1 });
  const max = options.max ?? Math.max(2, min);
  checkInteger(max, { where, what: "max", min });
  return { min, max };
}
