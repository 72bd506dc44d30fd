/** Named entities found and missed: precision, recall and F1 of spans, and what went wrong with the others. */
import { checkNotEmpty, checkOneOf, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { SchemeName } from "../data/schemes/scheme.ts";
import { labelsToSpans, type Span } from "../data/schemes/spans.ts";
import { pairSpans, type PairedSpans, type Pairing } from "./span-pairs.ts";
import type { Scores } from "./precision-recall.ts";

/**
 * What counts as found.
 *
 * - `"strict"`: the same words and the same type. conlleval's rule, and what papers report.
 * - `"type"`: the same type on at least one word that both have; the boundaries may differ.
 * - `"boundaries"`: the same words; the type may differ.
 * - `"overlap"`: at least one word that both have; boundaries and type may differ.
 */
export type EntityMatching = "strict" | "type" | "boundaries" | "overlap";

const COUNTED: Readonly<Record<EntityMatching, readonly Pairing[]>> = {
  strict: ["correct"],
  type: ["correct", "boundary"],
  boundaries: ["correct", "type"],
  overlap: ["correct", "boundary", "type", "boundary-and-type"],
};

export interface EntityOptions {
  /** Default "strict". */
  readonly matching?: EntityMatching;
}

/**
 * - `boundary`: the right type, but words too many or too few.
 * - `type`: the right words, but another type.
 * - `boundary-and-type`: an overlap, and both are wrong.
 * - `missed`: no prediction touches it.
 * - `invented`: it touches no entity.
 */
export type EntityErrorKind = Exclude<Pairing, "correct"> | "missed" | "invented";

export interface EntityError {
  readonly kind: EntityErrorKind;
  /** Which sentence, counted from 0. */
  readonly sentence: number;
  /** Undefined for what was invented. */
  readonly gold: Span | undefined;
  /** Undefined for what was missed. */
  readonly predicted: Span | undefined;
}

export interface EntityTypeScores extends Scores {
  readonly label: string;
  /** Entities of the type in the gold spans. */
  readonly support: number;
  /** Entities that were predicted to be of the type. */
  readonly predicted: number;
}

export interface EntityScores {
  /** One entry a type that occurs, by name. */
  readonly perType: readonly EntityTypeScores[];
  /** From the counts of all types added up: the number that conlleval prints. */
  readonly micro: Scores;
  /** The plain mean over the types. */
  readonly macro: Scores;
  /** The mean over the types, each weighted with its support. */
  readonly weighted: Scores;
  /** Entities in the gold spans. */
  readonly support: number;
  readonly predicted: number;
  /** Predictions that count as found. */
  readonly correct: number;
  /** Everything that a strict comparison finds wrong, in the order of the sentences, whatever `matching` is. */
  readonly errors: readonly EntityError[];
}

/**
 * Precision, recall and F1 of entities, sentence by sentence: an entity counts as a whole or not at all.
 *
 *     precision = found / predicted     recall = found / gold     f1 = 2·P·R / (P + R)        0/0 counts as 0
 *
 * Spans are `{ start, end, label }` in words, the end not included. Each gold span is paired with at most one prediction:
 * first what is right in words and type, then in words, then in type with an overlap, then any overlap. `matching` says
 * which of these pairs count as found; `errors` always lists all that are not right in both. For sequences of labels (BIO and
 * its like) see `entityScoresOfLabels`.
 *
 * Sources: E. Tjong Kim Sang and F. De Meulder, "Introduction to the CoNLL-2003 Shared Task", 2003 (conlleval); I.
 * Segura-Bedmar et al., "SemEval-2013 Task 9", 2013 (the lenient matchings).
 *
 * @ko 개체 단위의 정밀도, 재현율, F1을 구하고, 틀린 개체를 종류별로 알려 줍니다.
 * @example
 * const gold = [[{ start: 0, end: 2, label: "PER" }, { start: 4, end: 5, label: "LOC" }]];
 * const predicted = [[{ start: 0, end: 1, label: "PER" }, { start: 4, end: 5, label: "LOC" }]];
 * entityScores(gold, predicted).micro.f1;                           // 0.5
 * entityScores(gold, predicted, { matching: "type" }).micro.f1;     // 1
 * entityScores(gold, predicted).errors;                             // [{ kind: "boundary", sentence: 0, … }]
 * @throws Where the lists differ in length, or a span holds no word.
 */
export function entityScores(
  gold: readonly (readonly Span[])[],
  predicted: readonly (readonly Span[])[],
  options: EntityOptions = {},
): EntityScores {
  return scoreSpans(gold, predicted, { ...options, where: "entityScores" });
}

export interface EntityLabelOptions extends EntityOptions {
  /** How the labels say where an entity begins and ends. Default "BIO". */
  readonly scheme?: SchemeName;
  /**
   * What becomes of predicted labels that break the scheme's rules. "repair": they are read the conlleval way. "discard": such
   * an entity counts for nothing. Gold labels are always repaired. Default "repair".
   */
  readonly invalid?: "repair" | "discard";
}

/**
 * `entityScores` for labels of words, one list a sentence, in BIO or another scheme.
 *
 * Labels become spans as conlleval, the script of the CoNLL tasks, reads them (see `labelsToSpans` of gongbu/data): I- behind O
 * begins an entity, and so does I- of another type than the label before it.
 *
 * @ko 단어마다 붙은 BIO 같은 레이블에서 개체 단위의 정밀도, 재현율, F1을 구합니다.
 * @example
 * const gold = [["B-PER", "I-PER", "O", "B-LOC"]];
 * const predicted = [["I-PER", "I-PER", "O", "B-ORG"]];
 * entityScoresOfLabels(gold, predicted).micro.f1;       // 0.5: I- at the beginning is read as B-
 * entityScoresOfLabels(gold, predicted).errors[0].kind; // "type"
 * @throws Where a sentence has more labels on one side than on the other, or a label is none of the scheme's.
 */
export function entityScoresOfLabels(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  options: EntityLabelOptions = {},
): EntityScores {
  const where = "entityScoresOfLabels";
  const { scheme = "BIO", invalid = "repair", ...rest } = options;
  checkSameLength({ gold, predicted }, { where });
  gold.forEach((labels, sentence) =>
    checkSameLength(
      { [`gold[${sentence}]`]: labels, [`predicted[${sentence}]`]: predicted[sentence] },
      { where },
    ),
  );
  return scoreSpans(
    gold.map((labels) => labelsToSpans(labels, { scheme })),
    predicted.map((labels) => labelsToSpans(labels, { scheme, invalid })),
    { ...rest, where },
  );
}

function scoreSpans(
  gold: readonly (readonly Span[])[],
  predicted: readonly (readonly Span[])[],
  { matching = "strict", where }: EntityOptions & { readonly where: string },
): EntityScores {
  checkOneOf(matching, { where, what: "matching", allowed: Object.keys(COUNTED) });
  checkSameLength({ gold, predicted }, { where });
  checkNotEmpty(gold, { where, what: "gold" });
  gold.forEach((spans, sentence) => checkSpans(spans, { where, what: `gold[${sentence}]` }));
  predicted.forEach((spans, sentence) => checkSpans(spans, { where, what: `predicted[${sentence}]` }));

  const sentences = gold.map((spans, sentence) => pairSpans(spans, predicted[sentence]));
  const found = sentences
    .flatMap(({ pairs }) => pairs)
    .filter(({ pairing }) => COUNTED[matching].includes(pairing));
  const all = { gold: gold.flat(), predicted: predicted.flat() };
  const labels = [...new Set([...all.gold, ...all.predicted].map(({ label }) => label))].sort();
  const perType = labels.map((label) => {
    const of = (spans: readonly Span[]) => spans.filter((span) => span.label === label).length;
    const [support, guesses] = [of(all.gold), of(all.predicted)];
    const scores = toScores({
      // With a lenient matching the two of a pair may be of different types: each counts for its own.
      foundGold: of(found.map((pair) => pair.gold)),
      foundPredicted: of(found.map((pair) => pair.predicted)),
      support,
      predicted: guesses,
    });
    return { label, ...scores, support, predicted: guesses };
  });
  const [support, guesses, correct] = [all.gold.length, all.predicted.length, found.length];
  return {
    perType,
    micro: toScores({ foundGold: correct, foundPredicted: correct, support, predicted: guesses }),
    macro: average(perType, () => 1),
    weighted: average(perType, (scores) => scores.support),
    support,
    predicted: guesses,
    correct,
    errors: sentences.flatMap(findErrors),
  };
}

/** In the order in which the sentence is read. */
function findErrors({ pairs, missed, invented }: PairedSpans, sentence: number): readonly EntityError[] {
  const errors: EntityError[] = [
    ...pairs.flatMap(({ pairing, gold, predicted }) =>
      pairing === "correct" ? [] : [{ kind: pairing, sentence, gold, predicted }],
    ),
    ...missed.map((gold) => ({ kind: "missed" as const, sentence, gold, predicted: undefined })),
    ...invented.map((predicted) => ({ kind: "invented" as const, sentence, gold: undefined, predicted })),
  ];
  const startOf = ({ gold, predicted }: EntityError) => (gold ?? predicted)!.start;
  return errors.sort((a, b) => startOf(a) - startOf(b));
}

interface Counts {
  readonly foundGold: number;
  readonly foundPredicted: number;
  readonly support: number;
  readonly predicted: number;
}

function toScores({ foundGold, foundPredicted, support, predicted }: Counts): Scores {
  const precision = predicted === 0 ? 0 : foundPredicted / predicted;
  const recall = support === 0 ? 0 : foundGold / support;
  const both = precision + recall;
  return { precision, recall, f1: both === 0 ? 0 : (2 * precision * recall) / both };
}

function average(
  scores: readonly EntityTypeScores[],
  weightOf: (scores: EntityTypeScores) => number,
): Scores {
  const total = scores.reduce((sum, score) => sum + weightOf(score), 0);
  const mean = (key: keyof Scores) =>
    total === 0 ? 0 : scores.reduce((sum, score) => sum + score[key] * weightOf(score), 0) / total;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}

function checkSpans(
  spans: readonly Span[],
  { where, what }: { readonly where: string; readonly what: string },
): void {
  spans.forEach(({ start, end, label }, index) => {
    const holdsWords = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end > start;
    if (holdsWords && typeof label === "string" && label !== "") return;
    const given = JSON.stringify({ start, end, label });
    throw new LearnerError({
      code: "out-of-range",
      where,
      given: { en: `\`${what}[${index}]\` is ${given}.`, ko: `\`${what}[${index}]\`의 값이 ${given}입니다.` },
      expected: {
        en: "A span is `{ start, end, label }`: whole numbers with 0 ≤ start < end, and a type.",
        ko: "구간은 `{ start, end, label }`이며, 0 ≤ start < end인 정수와 유형 이름이 있어야 합니다.",
      },
      remedy: {
        en: "`end` is the place behind the last word: one word at place 3 is { start: 3, end: 4 }.",
        ko: "`end`는 마지막 단어의 다음 자리입니다. 3번 자리의 단어 하나는 { start: 3, end: 4 }입니다.",
      },
    });
  });
}
