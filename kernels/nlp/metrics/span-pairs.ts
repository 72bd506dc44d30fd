/** Which predicted span belongs to which gold span of a sentence. */
import type { Span } from "../data/schemes/spans.ts";

/** How two spans that belong together agree. */
export type Pairing = "correct" | "type" | "boundary" | "boundary-and-type";

export interface EntityPair {
  readonly pairing: Pairing;
  readonly gold: Span;
  readonly predicted: Span;
}

export interface PairedSpans {
  readonly pairs: readonly EntityPair[];
  /** Gold spans without a prediction. */
  readonly missed: readonly Span[];
  /** Predictions without a gold span. */
  readonly invented: readonly Span[];
}

/** The best agreement first. */
const RULES: readonly (readonly [Pairing, (gold: Span, predicted: Span) => boolean])[] = [
  ["correct", (gold, predicted) => hasSameWords(gold, predicted) && gold.label === predicted.label],
  ["type", hasSameWords],
  ["boundary", (gold, predicted) => overlaps(gold, predicted) && gold.label === predicted.label],
  ["boundary-and-type", overlaps],
];

/**
 * Pairs, one to one. Within a rule the spans are taken from left to right, each with the leftmost that is still free: where
 * the entities of a sentence do not overlap each other, no other choice makes more pairs.
 */
export function pairSpans(gold: readonly Span[], predicted: readonly Span[]): PairedSpans {
  const byPlace = (a: Span, b: Span) => a.start - b.start || a.end - b.end;
  const free = [...gold].sort(byPlace);
  const open = [...predicted].sort(byPlace);
  const pairs: EntityPair[] = [];
  for (const [pairing, agrees] of RULES) {
    for (const guess of open.slice()) {
      const at = free.findIndex((span) => agrees(span, guess));
      if (at < 0) continue;
      pairs.push({ pairing, gold: free[at], predicted: guess });
      free.splice(at, 1);
      open.splice(open.indexOf(guess), 1);
    }
  }
  return { pairs, missed: free, invented: open };
}

function hasSameWords(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
