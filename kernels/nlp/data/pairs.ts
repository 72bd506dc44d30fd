import type { Localized } from "../error.ts";

/** A text and its translation, or any answer to it. */
export interface Pair {
  readonly source: string;
  readonly target: string;
}

export interface PairsCard {
  readonly name: Localized;
  readonly origin: Localized;
  readonly licence: string;
  /** Language codes: "ko", "en". */
  readonly from: string;
  readonly to: string;
  /** Pairs in all. */
  readonly size: number;
  readonly splits: Readonly<Record<"train" | "dev" | "test", number>>;
  readonly knownFlaws: Localized;
}

export function toPairsCard(
  parts: Readonly<Record<"train" | "dev" | "test", readonly Pair[]>>,
  words: Omit<PairsCard, "size" | "splits">,
): PairsCard {
  const splits = { train: parts.train.length, dev: parts.dev.length, test: parts.test.length };
  return { ...words, size: splits.train + splits.dev + splits.test, splits };
}
