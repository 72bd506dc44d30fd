/**
 * Beam search for one input, or for one group of its beams, after `_beam_search` of transformers 5.18. A step, with k beams:
 *
 * 1. Every live beam is continued by every token: total = beam's total + score of the token.
 * 2. The best (1 + number of end tokens) · k of these candidates are looked at, 2k at least.
 * 3. Those that end (an end token, or the greatest length) enter the pool, if they are among the best k candidates and
 *    the pool of k has room or holds a worse one. The pool compares total / lengthᵅ; the end token counts in the length.
 * 4. The best k of the others are the beams of the next step.
 * 5. The search is over when no beam is left, when the pool is full and `earlyStopping` is true, or when the pool is full
 *    and total of the best beam / Lᵅ is not above the worst in it. L is the present length; with "never" and α > 0 the
 *    greatest length.
 *
 * With `doSample` the candidates of 2. are drawn, without replacement, with probability ∝ e^total, and the order of the
 * draws takes the place of the order by total in 3.
 *
 * Two things differ from there. A search begins with one beam, not with k − 1 more at −10⁹: where fewer continuations exist
 * than beams, there are fewer beams, and none of those can end up in the pool. And a group of beams (`numBeamGroups`, which
 * left the library with version 5) follows the same steps as a whole beam; in 4.57 a group that reached the greatest
 * length took in k beams that had not ended even where end tokens were better.
 */
import type { Random } from "../../random.ts";
import { toScore, type Ending } from "../hypothesis.ts";
import type { LogitsProcessor } from "../processors/processor.ts";
import { toConsidered } from "../settings.ts";
import { findLargest, TopK } from "../top-k.ts";
import type { Fate, PruneReason, Stop } from "../trace.ts";
import { traceForbidden } from "./forbidden.ts";
import { HypothesisPool, type EndedHypotheses } from "./pool.ts";
import { scoreRow, type ModelRow, type ScoredRow } from "./scored-row.ts";
import {
  describe,
  extend,
  maybeEnding,
  startOf,
  toContext,
  toEnded,
  type Continuation,
  type LiveSequence,
  type SearchSpec,
} from "./search.ts";

export interface BeamGroupSpec extends SearchSpec {
  /** The number of the group. */
  readonly group: number;
  /** How many beams it has. */
  readonly width: number;
  readonly ended: EndedHypotheses;
  /** Draws the candidates; without it the best are taken. */
  readonly random: Random | undefined;
}

/** A candidate of a step, on its way to its fate. */
interface RankedContinuation extends Continuation {
  readonly rank: number;
  readonly total: number;
  readonly ending: Ending | undefined;
}

export class BeamGroup {
  readonly pool: HypothesisPool;
  /** The best first. */
  beams: readonly LiveSequence[];
  stop: Stop | undefined;
  /** The tokens of the last step that other groups avoid: those of its best k candidates that are no end tokens. */
  taken: readonly number[] = [];
  readonly #spec: BeamGroupSpec;
  readonly #considered: number;
  #step = 0;

  constructor(spec: BeamGroupSpec) {
    this.#spec = spec;
    this.#considered = toConsidered({ eosTokenIds: spec.settings.eosTokenIds, beams: spec.width });
    this.pool = new HypothesisPool(spec.width, spec.ended);
    this.beams = [startOf(spec, spec.group)];
  }

  /** Beam number i is scored in row `firstRow` + i. `before` are rules that go before all others at this step. */
  advance(
    rows: readonly ModelRow[],
    { firstRow, before }: { readonly firstRow: number; readonly before: readonly LogitsProcessor[] },
  ): void {
    this.#step += 1;
    const { settings, processors, buffers, recorder } = this.#spec;
    const scored = this.beams.map((beam, index) => {
      const row = rows[firstRow + index];
      return scoreRow(row, {
        context: toContext(beam, this.#spec),
        processors: [...before, ...processors],
        into: buffers.get(index, row.logits.length),
        rulesOn: "logProbabilities",
        watch: findLargest(row.logits, settings.tracedCandidates),
      });
    });
    const candidates = this.#findCandidates(scored, firstRow);
    this.taken = candidates
      .slice(0, this.#considered)
      .filter(({ ending }) => ending !== "eos")
      .slice(0, this.#spec.width)
      .map(({ token }) => token);
    if (recorder) traceForbidden(this.beams, { scored, recorder, settings, length: this.#step });
    if (candidates.length > 0) this.#moveOn(candidates);
    else this.#getStuck();
    this.#decideStop(candidates.length);
  }

  /** 1. and 2.: the candidates in order, and as many more as the trace wants to see. */
  #findCandidates(scored: readonly ScoredRow[], firstRow: number): RankedContinuation[] {
    const spec = this.#spec;
    const { settings, random } = spec;
    const top = new TopK(Math.max(this.#considered, settings.tracedCandidates));
    this.beams.forEach(({ total }, index) => {
      const { scores } = scored[index];
      if (!random) return top.offerRow(scores, { row: index, start: total });
      for (let token = 0; token < scores.length; token++) {
        const sum = total + scores[token];
        top.offer(sum > -Infinity ? sum + gumbel(random) : sum, index, token);
      }
    });
    return top.sorted().map(({ row: index, token }, rank) => ({
      sequence: this.beams[index],
      token,
      row: firstRow + index,
      scored: scored[index],
      rank,
      total: this.beams[index].total + scored[index].scores[token],
      ending: maybeEnding(token, { length: this.#step, spec }),
    }));
  }

  /** 3. and 4. */
  #moveOn(candidates: readonly RankedContinuation[]): void {
    const { width } = this.#spec;
    const considered = candidates.slice(0, this.#considered);
    const going = considered.filter(({ ending }) => !ending).sort((a, b) => b.total - a.total);
    const kept = going.slice(0, width);
    const next: LiveSequence[] = new Array(kept.length);
    const lastKept = kept[kept.length - 1];
    const lastEnding = considered[Math.min(width, considered.length) - 1];

    for (const candidate of candidates) {
      const { rank, ending, total } = candidate;
      const beam = kept.indexOf(candidate);
      if (beam >= 0) {
        next[beam] = extend(candidate, this.#trace(candidate, { kind: "kept", beam }));
      } else if (ending && rank < width) {
        this.#end(candidate, ending);
      } else if (ending) {
        this.#trace(candidate, pruned("late", lastEnding.total - total));
      } else {
        this.#trace(candidate, pruned("beam", lastKept ? lastKept.total - total : null));
      }
    }
    this.beams = next;
  }

  #end(candidate: RankedContinuation, ending: Ending): void {
    const spec = this.#spec;
    const id = spec.recorder ? spec.recorder.candidates.length : null; // the id that it is about to get
    const ended = toEnded(extend(candidate, id), { ending, spec });
    const { threshold } = this.pool;
    const { hypothesis, entered } = this.pool.offer(ended, this.#step);
    this.#trace(
      candidate,
      entered ? { kind: "finished", hypothesis: hypothesis.id } : pruned("pool", threshold - ended.score),
    );
  }

  /** Nothing may follow. Where nothing has ended either, what there is has to do. */
  #getStuck(): void {
    const spec = this.#spec;
    if (this.pool.hypotheses.length > 0) return;
    for (const beam of this.beams) this.pool.offer(toEnded(beam, { ending: "stuck", spec }), this.#step);
  }

  /** 5. */
  #decideStop(candidates: number): void {
    const { settings, longest } = this.#spec;
    const { earlyStopping, lengthPenalty } = settings;
    const step = this.#step;
    if (candidates === 0) this.#stopWith("stuck");
    else if (step === longest) this.#stopWith("length");
    else if (this.beams.length === 0) this.#stopWith("eos");
    else if (this.pool.full) {
      if (earlyStopping === true) this.#stopWith("full");
      else {
        const length = earlyStopping === "never" && lengthPenalty > 0 ? longest : step;
        const bound = toScore(this.beams[0].total, { length, lengthPenalty });
        if (bound <= this.pool.threshold) this.#stopWith("hopeless");
      }
    }
  }

  #stopWith(reason: Stop["reason"]): void {
    this.stop = { step: this.#step, reason };
    this.beams = [];
  }

  #trace(candidate: RankedContinuation, fate: Fate): number | null {
    const { recorder } = this.#spec;
    if (!recorder) return null;
    return recorder.add({ ...describe(candidate, this.#spec), rank: candidate.rank, fate });
  }
}

function pruned(reason: PruneReason, margin: number | null): Fate {
  return { kind: "pruned", reason, margin };
}

/** Noise that turns taking the k largest into drawing k without replacement, in order (W. Kool et al., "Stochastic Beams and Where to Find Them", 2019). */
function gumbel(random: Random): number {
  return -Math.log(-Math.log(random.uniform() || Number.MIN_VALUE));
}
