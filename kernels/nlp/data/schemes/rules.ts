/** What a scheme asks of two labels that follow each other. */
import type { Localized } from "../../error.ts";
import { serializeTag, type Scheme, type Tag } from "./scheme.ts";

/** Whether `tag` may come behind `before`; undefined stands for the sentence's beginning. */
export function mayFollow(tag: Tag, before: Tag | undefined, { rules }: Pick<Scheme, "rules">): boolean {
  const wanted = rules[tag.position]?.after;
  return wanted === undefined || isOneOf(before, wanted, tag.type);
}

/** Whether `tag` may come in front of `next`; undefined stands for the sentence's end. */
export function mayPrecede(tag: Tag, next: Tag | undefined, { rules }: Pick<Scheme, "rules">): boolean {
  const wanted = rules[tag.position]?.before;
  return wanted === undefined || isOneOf(next, wanted, tag.type);
}

function isOneOf(tag: Tag | undefined, positions: readonly Tag["position"][], type: string): boolean {
  return tag !== undefined && tag.type === type && positions.includes(tag.position);
}

export interface BrokenRule {
  readonly index: number;
  readonly reason: Localized;
}

/** The tags that lack the neighbour which the scheme's rules ask for. */
export function findBrokenRules(tags: readonly Tag[], { scheme }: { readonly scheme: Scheme }): BrokenRule[] {
  const broken: BrokenRule[] = [];
  tags.forEach((tag, index) => {
    const rule = scheme.rules[tag.position];
    const say = (positions: readonly Tag["position"][] = []) =>
      positions.map((position) => serializeTag({ position, type: tag.type }, scheme));
    if (!mayFollow(tag, tags[index - 1], scheme)) broken.push({ index, reason: notBehind(say(rule?.after)) });
    else if (!mayPrecede(tag, tags[index + 1], scheme)) {
      broken.push({ index, reason: notBefore(say(rule?.before)) });
    }
  });
  return broken;
}

function notBehind(labels: readonly string[]): Localized {
  return {
    en: `there is no ${labels.join(" or ")} before it`,
    ko: `바로 앞에 ${labels.join("나 ")}이(가) 없음`,
  };
}

function notBefore(labels: readonly string[]): Localized {
  return {
    en: `no ${labels.join(" or ")} follows it`,
    ko: `바로 뒤에 ${labels.join("나 ")}이(가) 오지 않음`,
  };
}
