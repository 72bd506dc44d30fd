import { checkInteger, checkOneOf, checkSameLength } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import type { LabelMap } from "../labels.ts";
import { ALIGNMENT_STRATEGIES, type AlignmentStrategy } from "./align-labels.ts";
import { groupPieces, type WordIds } from "./pieces.ts";

export interface ToWordLabelsOptions {
  /** Which word each piece belongs to, null for special tokens and padding. */
  readonly wordIds: WordIds;
  /**
   * Which pieces speak for the word: those that carried its label in training. "all": the type that most of them name
   * (the earlier one, if two tie), its B- and E- from the outermost. Default "first".
   */
  readonly strategy?: AlignmentStrategy;
  /** How many words there are. Default: as many as `wordIds` names. */
  readonly words?: number;
  /** The label of a word without a piece. Default: such a word is an error. */
  readonly missing?: string;
}

/**
 * Labels of pieces → labels of words: the way back from `alignLabels`. What stands at special tokens and padding does not
 * matter. Predicted ids are given with their `labelMap`.
 *
 * @ko 조각마다 예측한 레이블을 단어의 레이블로 되돌립니다.
 * @example
 * const wordIds = [null, 0, 0, 1, null];
 * toWordLabels(["O", "B-LOC", "I-LOC", "O", "O"], { wordIds }) // ["B-LOC", "O"]
 * toWordLabels([0, 1, 2, 0, 0], { wordIds, labelMap })         // ["B-LOC", "O"]
 */
export function toWordLabels(
  pieceLabels: readonly number[],
  options: ToWordLabelsOptions & { readonly labelMap: LabelMap },
): string[];
export function toWordLabels(pieceLabels: readonly (string | -100)[], options: ToWordLabelsOptions): string[];
export function toWordLabels(
  pieceLabels: readonly (string | number)[],
  options: ToWordLabelsOptions & { readonly labelMap?: LabelMap },
): string[] {
  const where = "toWordLabels";
  const { wordIds, strategy = "first", labelMap, missing } = options;
  checkOneOf(strategy, { where, what: "strategy", allowed: ALIGNMENT_STRATEGIES });
  checkSameLength({ pieceLabels, wordIds }, { where });
  const words = options.words ?? wordIds.reduce<number>((most, word) => Math.max(most, (word ?? -1) + 1), 0);
  checkInteger(words, { where, what: "words", min: 0 });

  const nameOf = (piece: number): string => {
    const label = pieceLabels[piece];
    if (typeof label === "string") return label;
    if (labelMap && label !== -100) return labelMap.decode([label])[0];
    throw noName(label, { piece, where });
  };
  return groupPieces(wordIds, { words, where }).map((pieces, word) => {
    if (pieces.length === 0 && missing === undefined) throw withoutPiece(word, where);
    if (pieces.length === 0) return missing!;
    if (strategy === "all") return joinLabels(pieces.map(nameOf));
    return nameOf(pieces.at(strategy === "first" ? 0 : -1)!);
  });
}

const SCHEME_LABEL = /^([BIESLU])-(.*)$/su;

/** One label for the pieces of a word. */
function joinLabels(names: readonly string[]): string {
  const typeOf = (name: string) => SCHEME_LABEL.exec(name)?.[2];
  const votes = new Map<string, number>();
  for (const name of names) {
    const type = typeOf(name) ?? name;
    votes.set(type, (votes.get(type) ?? 0) + 1);
  }
  const most = Math.max(...votes.values());
  const winner = [...votes].find(([, count]) => count === most)![0];
  const chosen = names.filter((name) => (typeOf(name) ?? name) === winner);
  const letterOf = (name: string) => SCHEME_LABEL.exec(name)?.[1];
  const [first, last] = [letterOf(chosen[0]), letterOf(chosen[chosen.length - 1])];
  if (first === undefined || last === undefined) return chosen[0];
  const begins = "BSU".includes(first);
  if (!"ESLU".includes(last)) return `${begins ? "B" : "I"}-${winner}`;
  const bilou = "LU".includes(last);
  if (begins) return `${bilou ? "U" : "S"}-${winner}`;
  return `${bilou ? "L" : "E"}-${winner}`;
}

function noName(label: number, { piece, where }: { piece: number; where: string }): LearnerError {
  const ignored = label === -100;
  return new LearnerError({
    code: "unknown-label",
    where,
    given: {
      en: `\`pieceLabels[${piece}]\`, which speaks for its word, is ${label}.`,
      ko: `단어를 대표하는 \`pieceLabels[${piece}]\`이(가) ${label}입니다.`,
    },
    expected: {
      en: ignored ? "A label was expected there." : "Ids need a `labelMap`.",
      ko: ignored ? "그 자리에는 레이블이 있어야 합니다." : "번호를 읽으려면 `labelMap`이 필요합니다.",
    },
    remedy: {
      en: ignored
        ? "Use the strategy with which the labels were aligned."
        : "Pass `labelMap`, or the labels' names.",
      ko: ignored
        ? "레이블을 맞출 때 쓴 것과 같은 `strategy`를 쓰십시오."
        : "`labelMap`을 넘기거나 레이블 이름을 넘기십시오.",
    },
  });
}

function withoutPiece(word: number, where: string): LearnerError {
  return new LearnerError({
    code: "out-of-range",
    where,
    given: { en: `Word ${word} has no piece.`, ko: `${word}번 단어에 조각이 없습니다.` },
    expected: {
      en: "Every word needs a piece to take its label from.",
      ko: "모든 단어에 레이블을 읽을 조각이 있어야 합니다.",
    },
    remedy: {
      en: 'If it was cut off at `maxLength`, say what it counts as: `missing: "O"`.',
      ko: '`maxLength`에서 잘린 단어라면 `missing: "O"`처럼 무엇으로 칠지 정하십시오.',
    },
  });
}
