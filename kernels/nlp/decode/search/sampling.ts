/** Greedy search and sampling: sequences that do not compete. Each takes its best token, or draws one. */
import { createRandom, type Random } from "../../random.ts";
import type { Hypothesis } from "../hypothesis.ts";
import { countAbove, findLargest } from "../top-k.ts";
import type { Fate } from "../trace.ts";
import { traceForbidden } from "./forbidden.ts";
import { EndedHypotheses } from "./pool.ts";
import { scoreRow, type ModelRow } from "./scored-row.ts";
import {
  describe,
  extend,
  maybeEnding,
  startOf,
  toContext,
  toEnded,
  type Continuation,
  type LiveSequence,
  type Search,
  type SearchResult,
  type SearchSpec,
} from "./search.ts";

export class Sampling implements Search {
  live: readonly LiveSequence[];
  readonly spec: SearchSpec;
  readonly #random: Random | undefined;
  readonly #ended = new EndedHypotheses();
  #step = 0;

  constructor(spec: SearchSpec) {
    const { doSample, seed, numReturnSequences } = spec.settings;
    this.spec = spec;
    this.#random = doSample ? createRandom(seed + spec.input) : undefined;
    this.live = Array.from({ length: numReturnSequences }, (_, sequence) => startOf(spec, sequence));
  }

  get ended(): readonly Hypothesis[] {
    return this.#ended.all;
  }

  advance(rows: readonly ModelRow[]): void {
    const { recorder } = this.spec;
    this.#step += 1;
    recorder?.beginStep(this.#step);
    // At the first step all sequences begin in the input's only row.
    this.live = this.live.flatMap((sequence, index) => {
      const row = this.#step === 1 ? 0 : index;
      return this.#continue(sequence, row, rows[row]) ?? [];
    });
    recorder?.endStep({
      beams: this.live.map(({ candidate }) => candidate!),
      pool: this.#ended.all.map(({ id }) => id),
    });
  }

  finish(): SearchResult {
    const hypotheses = this.#ended.all.toSorted((a, b) => a.group - b.group);
    const endings = hypotheses.map(({ ending }) => ending);
    const reason = (["length", "stuck", "eos"] as const).find((ending) => endings.includes(ending))!;
    return { hypotheses, stop: { step: this.#step, reason } };
  }

  /** The sequence with one more token; undefined where that ends it. */
  #continue(sequence: LiveSequence, row: number, said: ModelRow): LiveSequence | undefined {
    const spec = this.spec;
    const { settings, processors, buffers, recorder } = spec;
    const scored = scoreRow(said, {
      context: toContext(sequence, spec),
      processors,
      into: buffers.get(0, said.logits.length),
      rulesOn: "logits",
      watch: findLargest(said.logits, settings.tracedCandidates),
    });
    if (recorder) traceForbidden([sequence], { scored: [scored], recorder, settings, length: this.#step });
    const token = this.#random ? maybeDraw(scored.scores, this.#random) : findLargest(scored.scores, 1)[0];
    if (token === undefined) {
      this.#ended.add(toEnded(sequence, { ending: "stuck", spec }), this.#step);
      return undefined;
    }
    const continuation = { sequence, token, row, scored };
    const ending = maybeEnding(token, { length: this.#step, spec });
    const fate: Fate = ending
      ? { kind: "finished", hypothesis: this.#ended.all.length } // the id that it is about to get
      : { kind: "kept", beam: 0 };
    const next = extend(continuation, this.#trace(continuation, fate));
    if (!ending) return next;
    this.#ended.add(toEnded(next, { ending, spec }), this.#step);
    return undefined;
  }

  /** Records the token that was taken among the best others. Gives its `id`. */
  #trace(taken: Continuation, fate: Fate): number | null {
    const { recorder, settings } = this.spec;
    if (!recorder) return null;
    const { scores } = taken.scored;
    const best = findLargest(scores, settings.tracedCandidates);
    const shown = best.includes(taken.token) ? best : [...best.slice(0, -1), taken.token];
    let id: number | null = null;
    for (const [place, token] of shown.entries()) {
      const candidate = describe({ ...taken, token }, this.spec);
      if (token === taken.token) {
        const rank = place < best.length && best[place] === token ? place : countAbove(scores, scores[token]);
        id = recorder.add({ ...candidate, rank, fate });
      } else {
        const margin = this.#random ? null : scores[taken.token] - scores[token];
        const reason = this.#random ? "undrawn" : "beam";
        recorder.add({ ...candidate, rank: place, fate: { kind: "pruned", reason, margin } });
      }
    }
    return id;
  }
}

/** A token with the probability e^score; undefined where nothing is allowed. */
function maybeDraw(scores: Float64Array, random: Random): number | undefined {
  let left = random.uniform();
  let last: number | undefined;
  for (let token = 0; token < scores.length; token++) {
    if (scores[token] === -Infinity) continue;
    left -= Math.exp(scores[token]);
    last = token;
    if (left < 0) break;
  }
  return last; // the last possible one where rounding has left a little over
}
