import { findRepairs, type InvalidLabel } from "./repair.ts";
import { parseTags, serializeTag, toScheme, type SchemeName } from "./scheme.ts";
import { findMergedSpans, spansToTags, tagsToSpans, type MergedSpans } from "./spans.ts";

export interface ConvertLabelsOptions {
  /** The scheme that the labels are in. */
  readonly from: SchemeName;
  readonly to: SchemeName;
}

export interface ConvertedLabels {
  readonly labels: string[];
  /** What was invalid in the given labels; it was read the conlleval way. */
  readonly repaired: InvalidLabel[];
  /** To IO only: pairs of entities that are one from now on. */
  readonly merged: MergedSpans[];
}

/**
 * The same entities in another scheme. All schemes but IO can tell every sequence of entities, so a conversion between
 * them and back gives the same labels; what IO runs together is in `merged`.
 *
 * @ko 레이블을 다른 표기 방식으로 바꾸고, 고친 것과 잃은 것을 알려 줍니다.
 * @example
 * convertLabels(["B-PER", "I-PER", "O", "B-LOC"], { from: "BIO", to: "BIOES" }).labels
 * // ["B-PER", "E-PER", "O", "S-LOC"]
 */
export function convertLabels(labels: readonly string[], options: ConvertLabelsOptions): ConvertedLabels {
  const where = "convertLabels";
  const from = toScheme(options.from, { where, what: "from" });
  const to = toScheme(options.to, { where, what: "to" });
  const tags = parseTags(labels, { scheme: from, where });
  const spans = tagsToSpans(tags);
  return {
    labels: spansToTags(spans, { length: labels.length, scheme: to }).map((tag) => serializeTag(tag, to)),
    repaired: findRepairs(labels, { tags, scheme: from }),
    merged: to.name === "IO" ? findMergedSpans(spans) : [],
  };
}
