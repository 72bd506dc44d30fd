import type { Localized } from "../../error.ts";
import { findBrokenRules } from "./rules.ts";
import { parseTags, serializeTag, toScheme, type Scheme, type SchemeName, type Tag } from "./scheme.ts";
import { spansToTags, tagsToSpans } from "./spans.ts";

export interface InvalidLabel {
  /** The word's place. */
  readonly index: number;
  readonly given: string;
  /** What conlleval takes it for. */
  readonly repaired: string;
  /** Which rule of the scheme it breaks. */
  readonly reason: Localized;
}

export interface RepairedLabels {
  readonly labels: string[];
  /** What was changed. */
  readonly repaired: InvalidLabel[];
}

export interface RepairLabelsOptions {
  readonly scheme: SchemeName;
}

/**
 * The labels that a scheme does not allow where they stand, and what each counts as the conlleval way (see
 * `labelsToSpans`).
 *
 * @ko 표기 방식에 어긋난 레이블을 찾아 자리와 까닭, 고친 값을 알려 줍니다.
 * @example
 * findInvalidLabels(["O", "I-PER", "I-LOC"], { scheme: "BIO" })
 * // [{ index: 1, given: "I-PER", repaired: "B-PER", reason: … }, { index: 2, given: "I-LOC", repaired: "B-LOC", … }]
 */
export function findInvalidLabels(labels: readonly string[], options: RepairLabelsOptions): InvalidLabel[] {
  return repair(labels, { ...options, where: "findInvalidLabels" }).repaired;
}

/**
 * Makes labels valid without changing the entities that conlleval reads in them.
 *
 * @ko 어긋난 레이블을 conlleval이 읽는 대로 고칩니다.
 * @example repairLabels(["O", "I-PER", "I-PER"], { scheme: "BIO" }).labels // ["O", "B-PER", "I-PER"]
 */
export function repairLabels(labels: readonly string[], options: RepairLabelsOptions): RepairedLabels {
  return repair(labels, { ...options, where: "repairLabels" });
}

function repair(
  labels: readonly string[],
  { scheme: name, where }: RepairLabelsOptions & { readonly where: string },
): RepairedLabels {
  const scheme = toScheme(name, { where });
  const tags = parseTags(labels, { scheme, where });
  const repaired = findRepairs(labels, { tags, scheme });
  const mended = [...labels];
  for (const { index, repaired: label } of repaired) mended[index] = label;
  return { labels: mended, repaired };
}

/**
 * A tag breaks a rule exactly where writing its entities down again gives another tag: both say that the entity which
 * conlleval reads does not begin or end there as the tag has it.
 */
export function findRepairs(
  labels: readonly string[],
  { tags, scheme }: { readonly tags: readonly Tag[]; readonly scheme: Scheme },
): InvalidLabel[] {
  const valid = spansToTags(tagsToSpans(tags), { length: tags.length, scheme });
  return findBrokenRules(tags, { scheme }).map(({ index, reason }) => ({
    index,
    given: labels[index],
    repaired: serializeTag(valid[index], scheme),
    reason,
  }));
}
