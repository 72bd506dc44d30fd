import { checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import type { LabelMap } from "../labels.ts";
import { parseTags, toScheme, type SchemeName } from "../schemes/scheme.ts";
import { groupPieces, type WordIds } from "./pieces.ts";

/** Which pieces of a word carry its label. */
export type AlignmentStrategy = "first" | "all" | "last";

export const ALIGNMENT_STRATEGIES: readonly AlignmentStrategy[] = ["first", "all", "last"];

/** Positions with this label are left out of the loss (`ignoreIndex` of crossEntropy). */
export type Ignored = -100;
export const IGNORED: Ignored = -100;

export interface AlignLabelsOptions {
  /** Which word each piece belongs to, null for special tokens and padding: `encoding.wordIds`. */
  readonly wordIds: WordIds;
  /**
   * "first": the first piece of a word carries its label, the others −100. "last": the last piece does. "all": every
   * piece does, and B- goes on as I-, so that one entity stays one. Default "first".
   */
  readonly strategy?: AlignmentStrategy;
  /** Turns names into ids in the result. Default: names stay names. */
  readonly labelMap?: LabelMap;
  /** Check the labels against this scheme first. Default: they are taken as they are. */
  readonly scheme?: SchemeName;
}

/**
 * Labels of words → labels of the pieces that a tokenizer made of them; shape [words] → [pieces], −100 wherever a piece
 * carries none. A word without a piece (cut off at `maxLength`) is left out.
 *
 * With "all", the pieces of a word are labelled as words of an entity would be: B-PER becomes B-PER I-PER …, in BIOES
 * S-PER becomes B-PER I-PER … E-PER. A label without such a letter (a part of speech) is copied.
 *
 * Source: the strategies of Hugging Face's token classification examples (`label_all_tokens`).
 *
 * @ko 단어의 레이블을 토크나이저가 나눈 조각에 맞추어 붙이고, 나머지 자리에는 −100을 둡니다.
 * @example
 * const wordIds = [null, 0, 0, 1, null]; // [CLS] Seo ##ul is [SEP]
 * alignLabels(["B-LOC", "O"], { wordIds });                  // [-100, "B-LOC", -100, "O", -100]
 * alignLabels(["B-LOC", "O"], { wordIds, strategy: "all" }); // [-100, "B-LOC", "I-LOC", "O", -100]
 */
export function alignLabels(
  labels: readonly string[],
  options: AlignLabelsOptions & { readonly labelMap: LabelMap },
): number[];
export function alignLabels(labels: readonly string[], options: AlignLabelsOptions): (string | Ignored)[];
export function alignLabels(labels: readonly string[], options: AlignLabelsOptions): (string | number)[] {
  const where = "alignLabels";
  const { wordIds, strategy = "first", labelMap, scheme } = options;
  checkOneOf(strategy, { where, what: "strategy", allowed: ALIGNMENT_STRATEGIES });
  checkNames(labels, where);
  if (scheme !== undefined) parseTags(labels, { scheme: toScheme(scheme, { where }), where });
  const aligned = new Array<string | number>(wordIds.length).fill(IGNORED);
  groupPieces(wordIds, { words: labels.length, where }).forEach((pieces, word) => {
    const names = spread(labels[word], { strategy, count: pieces.length });
    const values = labelMap ? labelMap.encode(names) : names;
    const carriers = strategy === "all" ? pieces : pieces.slice(...(strategy === "first" ? [0, 1] : [-1]));
    carriers.forEach((piece, index) => (aligned[piece] = values[index]));
  });
  return aligned;
}

/** The labels of the pieces of one word that carry one. */
function spread(
  label: string,
  { strategy, count }: { strategy: AlignmentStrategy; count: number },
): string[] {
  if (strategy !== "all" || count <= 1) return count === 0 ? [] : [label];
  const [, letter, type] = /^([BIESLU])-(.*)$/su.exec(label) ?? [];
  if (letter === undefined) return new Array<string>(count).fill(label);
  const begins = "BSU".includes(letter);
  const ends = "ESLU".includes(letter);
  const last = letter === "S" ? "E" : letter === "U" ? "L" : letter;
  return Array.from({ length: count }, (_, piece) => {
    if (piece === 0 && begins) return `B-${type}`;
    return piece === count - 1 && ends ? `${last}-${type}` : `I-${type}`;
  });
}

function checkNames(labels: readonly string[], where: string): void {
  const index = labels.findIndex((label) => typeof label !== "string");
  if (index < 0) return;
  throw new LearnerError({
    code: "unknown-label",
    where,
    given: {
      en: `\`labels[${index}]\` is ${String(labels[index])}, of type ${typeof labels[index]}.`,
      ko: `\`labels[${index}]\`이(가) ${String(labels[index])}(${typeof labels[index]})입니다.`,
    },
    expected: {
      en: "Labels are names here: from an id nobody can tell that B-PER goes on as I-PER.",
      ko: "여기서는 레이블이 이름이어야 합니다. 번호만으로는 B-PER 다음이 I-PER인지 알 수 없습니다.",
    },
    remedy: {
      en: "Pass the names and a `labelMap`: the result then holds ids.",
      ko: "이름과 함께 `labelMap`을 넘기면 결과가 번호로 나옵니다.",
    },
  });
}
