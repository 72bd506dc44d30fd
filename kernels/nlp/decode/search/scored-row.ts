/** One row of a step: the model's scores, and what the rules make of them. */
import { logSumExp } from "../softmax.ts";
import type { Forbidden, LogitsProcessor, RowContext } from "../processors/processor.ts";

/** What the model says of the token after one row. */
export interface ModelRow {
  /** [vocabulary] */
  readonly logits: ArrayLike<number>;
  /** log Σ e^logit. Absent: it is computed. */
  readonly logSumExp?: number;
}

export interface ScoredRow {
  /** What the search goes by, for every token; −Infinity where a rule forbids it. */
  readonly scores: Float64Array;
  /** The model's own log p(token | what came before). */
  logProbability(token: number): number;
  /** The forbidden among the tokens of `watch`, in their order. */
  readonly forbidden: readonly { readonly token: number; readonly by: Forbidden }[];
  /** How many tokens the rules forbid in all; counted only where tokens are watched. */
  readonly forbiddenCount: number;
}

export interface ScoreRowOptions {
  readonly context: RowContext;
  readonly processors: readonly LogitsProcessor[];
  /** Where the scores are written: [vocabulary]. */
  readonly into: Float64Array;
  /**
   * What the rules are applied to. In a beam search log-probabilities, which are summed afterwards as they are; otherwise
   * logits, which are made log-probabilities afterwards, so that the allowed tokens add up to 1. So Hugging Face's library
   * does it; it matters for `repetitionPenalty`, for which the sign of a score counts.
   */
  readonly rulesOn: "logProbabilities" | "logits";
  /** Tokens of which it is to be known which rule forbids them. Default: none. */
  readonly watch?: readonly number[];
}

/** One of the model's numbers is NaN or +Infinity. */
export class NotFiniteError extends Error {
  override name = "NotFiniteError";
}

export function scoreRow({ logits, logSumExp: given }: ModelRow, options: ScoreRowOptions): ScoredRow {
  const { context, processors, into: scores, rulesOn, watch = [] } = options;
  const total = given ?? logSumExp(logits);
  if (!(total < Infinity)) throw new NotFiniteError("A score of the model is no number, or infinite.");
  if (rulesOn === "logProbabilities" && total > -Infinity) {
    for (let token = 0; token < scores.length; token++) scores[token] = logits[token] - total;
  } else {
    scores.set(logits);
  }
  const bans = watch.length > 0 ? new Bans(watch, scores) : undefined;
  for (const processor of processors) {
    processor.process(scores, context);
    bans?.note(processor, context);
  }
  if (rulesOn === "logits") normalize(scores, processors.length > 0 ? logSumExp(scores) : total);

  return {
    scores,
    forbidden: bans?.all() ?? NONE,
    forbiddenCount: bans?.count() ?? 0,
    logProbability(token) {
      return logits[token] - total;
    },
  };
}

const NONE: ScoredRow["forbidden"] = [];

/** Which rule was the first to forbid a watched token. */
class Bans {
  readonly #watch: readonly number[];
  readonly #scores: Float64Array;
  readonly #possible: number;
  readonly #rules = new Map<number, Forbidden>();

  /** `scores` before the first rule; the rules change them. */
  constructor(watch: readonly number[], scores: Float64Array) {
    this.#watch = watch.filter((token) => scores[token] > -Infinity);
    this.#scores = scores;
    this.#possible = countPossible(scores);
  }

  /** After a rule. */
  note(processor: LogitsProcessor, context: RowContext): void {
    for (const token of this.#watch) {
      if (this.#scores[token] !== -Infinity || this.#rules.has(token)) continue;
      this.#rules.set(token, processor.explain?.(token, context) ?? { option: processor.name });
    }
  }

  /** Those that are forbidden in the end. */
  all(): ScoredRow["forbidden"] {
    return this.#watch.flatMap((token) => {
      const by = this.#scores[token] === -Infinity ? this.#rules.get(token) : undefined;
      return by ? [{ token, by }] : [];
    });
  }

  count(): number {
    return Math.max(0, this.#possible - countPossible(this.#scores));
  }
}

/** score ← score − log Σ e^score: log-probabilities. A row in which nothing is possible stays as it is. */
function normalize(scores: Float64Array, total: number): void {
  if (total === -Infinity) return;
  for (let token = 0; token < scores.length; token++) scores[token] -= total;
}

function countPossible(scores: Float64Array): number {
  let count = 0;
  for (const score of scores) if (score > -Infinity) count += 1;
  return count;
}

/** Arrays for the scores of rows, used again at every step. */
export class ScoreBuffers {
  readonly #buffers: Float64Array[] = [];

  get(index: number, length: number): Float64Array {
    const buffer = this.#buffers[index];
    if (buffer?.length === length) return buffer;
    return (this.#buffers[index] = new Float64Array(length));
  }
}
