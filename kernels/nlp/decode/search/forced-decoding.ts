/** A search that has no choice: it takes the tokens that it is given, and notes what the model thinks of them. */
import type { Hypothesis } from "../hypothesis.ts";
import type { ScoredToken } from "../score-sequence.ts";
import { checkTokenId } from "../token-ids.ts";
import { countAbove, findLargest } from "../top-k.ts";
import { scoreRow, type ModelRow } from "./scored-row.ts";
import {
  extend,
  startOf,
  toContext,
  type LiveSequence,
  type Search,
  type SearchResult,
  type SearchSpec,
} from "./search.ts";

export class ForcedDecoding implements Search {
  readonly spec: SearchSpec;
  readonly ended: readonly Hypothesis[] = [];
  readonly scored: ScoredToken[] = [];
  live: readonly LiveSequence[];
  readonly #tokens: readonly number[];
  readonly #where: string;

  constructor(spec: SearchSpec, { tokens, where }: { tokens: readonly number[]; where: string }) {
    this.spec = spec;
    this.#tokens = tokens;
    this.#where = where;
    this.live = [startOf(spec, 0)];
  }

  advance([row]: readonly ModelRow[]): void {
    const { logits } = row;
    const { spec } = this;
    const [sequence] = this.live;
    const token = this.#tokens[this.scored.length];
    checkTokenId(token, { what: "tokens", vocabSize: logits.length, where: this.#where });
    const scored = scoreRow(row, {
      context: toContext(sequence, spec),
      processors: spec.processors,
      into: spec.buffers.get(0, logits.length),
      rulesOn: spec.settings.numBeams > 1 ? "logProbabilities" : "logits",
      watch: [token],
    });
    const best = findLargest(logits, 1)[0] ?? token;
    this.scored.push({
      token,
      logProbability: scored.logProbability(token),
      processed: scored.scores[token] === -Infinity ? null : scored.scores[token],
      rank: countAbove(logits, logits[token]),
      best: { token: best, logProbability: scored.logProbability(best) },
      forbidden: scored.forbidden[0]?.by ?? null,
    });
    const isLast = this.scored.length === this.#tokens.length;
    this.live = isLast ? [] : [extend({ sequence, token, row: 0, scored }, null)];
  }

  finish(): SearchResult {
    return { hypotheses: [], stop: { step: this.scored.length, reason: "length" } };
  }
}
