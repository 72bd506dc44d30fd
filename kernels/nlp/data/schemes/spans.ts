/** Entities as spans of words, from labels and to labels. */
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { findBrokenRules } from "./rules.ts";
import {
  OUTSIDE,
  parseTags,
  serializeTag,
  toScheme,
  type Scheme,
  type SchemeName,
  type Tag,
} from "./scheme.ts";

/** A labelled stretch: [start, end), counted in words, or in characters where a function says so. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface LabelsToSpansOptions {
  readonly scheme: SchemeName;
  /**
   * What becomes of an entity whose labels break the scheme's rules. "repair": it is read the conlleval way. "discard": it
   * is no entity, as strict scoring has it. Default "repair".
   */
  readonly invalid?: "repair" | "discard";
}

/**
 * The entities that labels describe, in order.
 *
 * Whatever the labels are, they are read as conlleval, the script of CoNLL-2000, reads them: B- and S- begin an entity;
 * I- and E- go on with the entity before them if there is one of the same type, and otherwise begin one. So I- behind O
 * begins an entity, and a change of type inside an entity begins a new one. In IOB1 B- stands only between two entities
 * of one type. What a sequence breaks is found by `findInvalidLabels`.
 *
 * Source: E. Tjong Kim Sang's conlleval, https://www.cnts.ua.ac.be/conll2000/chunking/output.html.
 *
 * @ko 단어별 레이블에서 개체의 범위를 conlleval이 읽는 대로 찾습니다.
 * @example
 * labelsToSpans(["B-PER", "I-PER", "O", "I-LOC"], { scheme: "BIO" })
 * // [{ start: 0, end: 2, label: "PER" }, { start: 3, end: 4, label: "LOC" }]
 */
export function labelsToSpans(labels: readonly string[], options: LabelsToSpansOptions): Span[] {
  const where = "labelsToSpans";
  const { invalid = "repair" } = options;
  const scheme = toScheme(options.scheme, { where });
  checkOneOf(invalid, { where, what: "invalid", allowed: ["repair", "discard"] });
  const tags = parseTags(labels, { scheme, where });
  const spans = tagsToSpans(tags);
  if (invalid === "repair") return spans;
  const broken = new Set(findBrokenRules(tags, { scheme }).map(({ index }) => index));
  return spans.filter(({ start, end }) => {
    for (let word = start; word < end; word++) if (broken.has(word)) return false;
    return true;
  });
}

/** `labelsToSpans` on labels that are taken apart. */
export function tagsToSpans(tags: readonly Tag[]): Span[] {
  const spans: Span[] = [];
  let start = -1;
  tags.forEach((tag, index) => {
    const before = index > 0 ? tags[index - 1] : OUTSIDE;
    const goesOn =
      (tag.position === "I" || tag.position === "E") &&
      (before.position === "B" || before.position === "I") &&
      tag.type === before.type;
    if (goesOn) return;
    if (start >= 0) spans.push({ start, end: index, label: before.type });
    start = tag.position === "O" ? -1 : index;
  });
  if (start >= 0) spans.push({ start, end: tags.length, label: tags[tags.length - 1].type });
  return spans;
}

export interface SpansToLabelsOptions {
  /** How many words there are. */
  readonly length: number;
  readonly scheme: SchemeName;
}

/**
 * Labels for `length` words. The spans may come in any order and must not overlap. IO cannot part two neighbours of one
 * type: `findMergedSpans` tells which those are.
 *
 * @ko 개체의 범위를 단어별 레이블로 적습니다.
 * @example
 * spansToLabels([{ start: 0, end: 2, label: "PER" }], { length: 3, scheme: "BIOES" }) // ["B-PER", "E-PER", "O"]
 */
export function spansToLabels(spans: readonly Span[], options: SpansToLabelsOptions): string[] {
  const where = "spansToLabels";
  const { length } = options;
  const scheme = toScheme(options.scheme, { where });
  checkInteger(length, { where, what: "length", min: 0 });
  checkSpans(spans, { where, length });
  return spansToTags(spans, { length, scheme }).map((tag) => serializeTag(tag, scheme));
}

/** `spansToLabels` with labels that are not yet put together. */
export function spansToTags(
  spans: readonly Span[],
  { length, scheme }: { readonly length: number; readonly scheme: Scheme },
): Tag[] {
  const tags = new Array<Tag>(length).fill(OUTSIDE);
  let before: Span | undefined;
  for (const span of sortSpans(spans)) {
    const follows = before !== undefined && before.end === span.start && before.label === span.label;
    for (let word = span.start; word < span.end; word++) {
      tags[word] = { position: toPosition(word, { span, scheme, follows }), type: span.label };
    }
    before = span;
  }
  return tags;
}

function toPosition(
  word: number,
  { span, scheme, follows }: { span: Span; scheme: Scheme; follows: boolean },
): Tag["position"] {
  const [first, last] = [word === span.start, word === span.end - 1];
  if (scheme.name === "IO") return "I";
  if (scheme.name === "IOB1") return first && follows ? "B" : "I";
  if ("E" in scheme.rules && last) return first ? "S" : "E";
  return first ? "B" : "I";
}

export interface MergedSpans {
  readonly first: Span;
  readonly second: Span;
}

/**
 * Neighbours of one type with nothing between them: as IO labels each such pair is one entity.
 *
 * @ko IO 표기에서 하나로 합쳐지는 이웃한 개체의 쌍을 찾습니다.
 * @example
 * findMergedSpans([{ start: 0, end: 1, label: "PER" }, { start: 1, end: 2, label: "PER" }]).length // 1
 */
export function findMergedSpans(spans: readonly Span[]): MergedSpans[] {
  const sorted = sortSpans(spans);
  return sorted.slice(1).flatMap((second, index) => {
    const first = sorted[index];
    return first.end === second.start && first.label === second.label ? [{ first, second }] : [];
  });
}

function sortSpans(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start);
}

/** Whole numbers, not empty, inside `length` if it is known, none over another. `unit` names what they count. */
export function checkSpans(
  spans: readonly Span[],
  options: {
    readonly where: string;
    readonly length?: number;
    readonly unit?: { readonly en: string; readonly ko: string };
  },
): void {
  const { where, length = Infinity, unit = { en: "words", ko: "단어" } } = options;
  const most = length === Infinity ? "" : ` ≤ ${length}`;
  let before: Span | undefined;
  for (const span of sortSpans(spans)) {
    const { start, end, label } = span;
    const inside =
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length;
    const overlaps = before !== undefined && start < before.end;
    if (inside && !overlaps && label !== "") {
      before = span;
      continue;
    }
    const shown = `${JSON.stringify(label)} ${start}–${end}`;
    throw new LearnerError({
      code: "out-of-range",
      where,
      given: {
        en: overlaps
          ? `The span ${shown} begins before ${before!.end}, where another ends.`
          : `A span is ${shown}.`,
        ko: overlaps
          ? `범위 ${shown}이(가) 앞 범위가 끝나는 ${before!.end}보다 먼저 시작합니다.`
          : `범위가 ${shown}입니다.`,
      },
      expected: {
        en: `Counted in ${unit.en}, a span is 0 ≤ start < end${most}, has a label and overlaps no other.`,
        ko: `${unit.ko} 단위로 0 ≤ start < end${most}이고, 레이블이 있으며, 서로 겹치지 않아야 합니다.`,
      },
      remedy: {
        en: "`end` is the place behind the last one. Labels for each word cannot hold nested spans: keep the outer or the inner ones.",
        ko: "`end`는 마지막 다음 자리입니다. 단어별 레이블에는 겹친 범위를 담을 수 없으므로 바깥쪽이나 안쪽만 남기십시오.",
      },
    });
  }
}
