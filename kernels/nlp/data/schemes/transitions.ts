/** Which label may follow which, as data: for a decoder that keeps to the scheme, and for a CRF. */
import { checkNotEmpty } from "../../arguments.ts";
import { mayFollow, mayPrecede } from "./rules.ts";
import { OUTSIDE, parseTags, serializeTag, toScheme, type Position, type SchemeName } from "./scheme.ts";

export interface AllowedTransitions {
  /** `transitions[i][j]`: label j may follow label i; shape [labels, labels]. */
  readonly transitions: boolean[][];
  /** Label i may be the first of a sentence; shape [labels]. */
  readonly start: boolean[];
  /** Label i may be the last of a sentence; shape [labels]. */
  readonly end: boolean[];
}

export interface AllowedTransitionsOptions {
  readonly scheme: SchemeName;
}

/**
 * The transitions that a scheme allows between labels, in the order of `labels` (a label map's `classes`, say).
 *
 * @ko 표기 방식이 허용하는 레이블의 순서를 표로 만듭니다.
 * @example
 * const { transitions, start } = allowedTransitions(["O", "B-PER", "I-PER"], { scheme: "BIO" });
 * transitions[0] // [true, true, false]: I-PER does not follow O
 * start          // [true, true, false]
 */
export function allowedTransitions(
  labels: readonly string[],
  options: AllowedTransitionsOptions,
): AllowedTransitions {
  const where = "allowedTransitions";
  checkNotEmpty(labels, { where, what: "labels" });
  const scheme = toScheme(options.scheme, { where });
  const tags = parseTags(labels, { scheme, where });
  return {
    transitions: tags.map((from) =>
      tags.map((to) => mayFollow(to, from, scheme) && mayPrecede(from, to, scheme)),
    ),
    start: tags.map((tag) => mayFollow(tag, undefined, scheme)),
    end: tags.map((tag) => mayPrecede(tag, undefined, scheme)),
  };
}

export interface SchemeLabelsOptions {
  readonly scheme: SchemeName;
}

/**
 * All labels of a scheme for some types of entities, O first.
 *
 * @ko 개체 유형마다 표기 방식의 모든 레이블을 나열합니다.
 * @example schemeLabels(["PER", "LOC"], { scheme: "BIO" }) // ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
 */
export function schemeLabels(types: readonly string[], options: SchemeLabelsOptions): string[] {
  const where = "schemeLabels";
  checkNotEmpty(types, { where, what: "types" });
  const scheme = toScheme(options.scheme, { where });
  const positions = Object.keys(scheme.rules) as Position[];
  const inside = types.flatMap((type) =>
    positions.map((position) => serializeTag({ position, type }, scheme)),
  );
  return [serializeTag(OUTSIDE, scheme), ...inside];
}
