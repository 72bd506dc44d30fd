/** The pieces that a tokenizer makes of words, found by the words' ids. */
import { LearnerError } from "../../error.ts";

/**
 * `wordIds` as an encoding has them: which word each piece belongs to, null for special tokens and padding. Of a pair of
 * sentences take the part of one.
 */
export type WordIds = readonly (number | null)[];

/** The places of each word's pieces: `pieces[word]`, empty for a word that was cut off. */
export function groupPieces(
  wordIds: WordIds,
  { words, where }: { readonly words: number; readonly where: string },
): number[][] {
  const pieces = Array.from({ length: words }, (): number[] => []);
  wordIds.forEach((word, piece) => {
    if (word === null) return;
    if (!Number.isInteger(word) || word < 0 || word >= words)
      throw unknownWord(word, { piece, words, where });
    pieces[word].push(piece);
  });
  return pieces;
}

function unknownWord(
  word: number,
  { piece, words, where }: { piece: number; words: number; where: string },
): LearnerError {
  return new LearnerError({
    code: "out-of-range",
    where,
    given: { en: `\`wordIds[${piece}]\` is ${word}.`, ko: `\`wordIds[${piece}]\`이(가) ${word}입니다.` },
    expected: {
      en: `With ${words} words an id is a whole number from 0 to ${words - 1}, or null.`,
      ko: `단어가 ${words}개이면 번호는 0부터 ${words - 1}까지의 정수이거나 null입니다.`,
    },
    remedy: {
      en: "Encode the same words that the labels belong to, one sentence at a time.",
      ko: "레이블이 달린 바로 그 단어들을 한 문장씩 인코딩하십시오.",
    },
  });
}
