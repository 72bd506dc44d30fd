import { checkInteger, checkOneOf } from "../../arguments.ts";

export interface AttentionPatternOptions {
  /** Positions that look. */
  readonly queries: number;
  /** Positions that are looked at. Default: as many. */
  readonly keys?: number;
  /** "prefix": so many positions at the beginning see each other both ways. Default 0. */
  readonly prefix?: number;
}

/**
 * Who may look at whom, [query, key] with 1 where it is allowed:
 *
 *     "encoder"   everybody at everybody              BERT; the encoder of BART and T5
 *     "causal"    nobody at what comes later          GPT; the decoder of BART and T5
 *     "prefix"    the prefix at itself, both ways; the rest at what came before
 *     "cross"     every position of the decoder at every one of the encoder
 *
 * @ko 어느 자리가 어느 자리를 볼 수 있는지를 표로 만듭니다.
 * @example attentionPattern("causal", { queries: 3 }) // [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
 */
export function attentionPattern(
  kind: "encoder" | "causal" | "prefix" | "cross",
  options: AttentionPatternOptions,
): number[][] {
  const where = "attentionPattern";
  const { queries, keys = queries, prefix = 0 } = options;
  checkOneOf(kind, { where, what: "kind", allowed: ["encoder", "causal", "prefix", "cross"] });
  checkInteger(queries, { where, what: "queries", min: 1 });
  checkInteger(keys, { where, what: "keys", min: 1 });
  checkInteger(prefix, { where, what: "prefix", min: 0, max: keys });
  const sees = (query: number, key: number): boolean => {
    if (kind === "encoder" || kind === "cross") return true;
    return key <= query || (kind === "prefix" && key < prefix);
  };
  return Array.from({ length: queries }, (_, query) =>
    Array.from({ length: keys }, (_, key) => Number(sees(query, key))),
  );
}
