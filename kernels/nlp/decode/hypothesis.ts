/** An output that has ended, and how outputs of different lengths are compared. */

/**
 * With which a hypothesis ended: an end token, the greatest length, or nothing was allowed to follow (`stuck`; such a
 * hypothesis is kept only where nothing else has ended).
 */
export type Ending = "eos" | "length" | "stuck";

export interface Hypothesis {
  /** The place among all hypotheses of its input that have ended, in order of time. */
  readonly id: number;
  /** What was generated: without the prompt, with the end token. */
  readonly tokens: readonly number[];
  readonly ending: Ending;
  /** Σ log p(token | what came before), the model's own, whatever the rules made of it. */
  readonly logProbability: number;
  /** Σ of the scores that the search went by: log-probabilities after the rules. */
  readonly total: number;
  /** total / lengthᵅ, length = the number of `tokens`, α = `lengthPenalty`: what hypotheses are ranked by. */
  readonly score: number;
  /** The beam group; for samples the number of the sample. */
  readonly group: number;
  /** The step at which it entered the pool; null: it ended, and was no better than any of a full pool. */
  readonly entered: number | null;
  /** When a better one took its place, and the `id` of that one; null: it is in the pool to the end. */
  readonly left: { readonly step: number; readonly by: number } | null;
  /** The candidate that ended it, in the trace; null without a trace. */
  readonly candidate: number | null;
}

/**
 * The score of a hypothesis as Hugging Face's library has it:
 *
 *     score = total / lengthᵅ
 *
 * The total is a sum of log-probabilities, so it sinks with every token: with α = 0 short outputs win, with α = 1 the
 * mean decides, above that long ones are favoured.
 *
 * @example toScore(-4, { length: 8, lengthPenalty: 1 }) // −0.5
 */
export function toScore(
  total: number,
  { length, lengthPenalty }: { length: number; lengthPenalty: number },
): number {
  if (length === 0) return total; // nothing was generated: the total is 0
  return total / length ** lengthPenalty;
}
