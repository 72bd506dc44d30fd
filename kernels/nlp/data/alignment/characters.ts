import { checkNotEmpty } from "../../arguments.ts";

export interface ToCharactersOptions {
  /** What stands between two words; it belongs to neither. Default " ". */
  readonly space?: string;
}

export interface Characters {
  /** Unicode code points. */
  readonly characters: string[];
  /** Which word each character belongs to, null for what stands between words. */
  readonly wordIds: (number | null)[];
}

/**
 * Words as characters, with the word of each: labels of words become labels of characters by `alignLabels` with the
 * strategy "all".
 *
 * @ko 단어들을 글자로 나누고, 글자마다 어느 단어의 것인지 알려 줍니다.
 * @example toCharacters(["서울", "은"], { space: "" }) // { characters: ["서", "울", "은"], wordIds: [0, 0, 1] }
 */
export function toCharacters(words: readonly string[], options: ToCharactersOptions = {}): Characters {
  const { space = " " } = options;
  checkNotEmpty(words, { where: "toCharacters", what: "words" });
  const characters: string[] = [];
  const wordIds: (number | null)[] = [];
  words.forEach((word, index) => {
    const between = index > 0 ? [...space] : [];
    characters.push(...between, ...word);
    wordIds.push(...between.map(() => null), ...[...word].map(() => index));
  });
  return { characters, wordIds };
}
