/**
 * A search as data: what a beam tree, a table of strategies or an autopsy is drawn from. Plain data without −Infinity, so
 * that it survives JSON, a worker's port and a file.
 */
import type { Hypothesis } from "./hypothesis.ts";
import type { Forbidden } from "./processors/processor.ts";

export type Strategy = "greedy" | "sample" | "beam" | "beam-sample" | "diverse-beam";

/** The search for one input. */
export interface SearchTrace {
  /** The place in `inputs`. */
  readonly input: number;
  readonly strategy: Strategy;
  readonly numBeams: number;
  readonly numBeamGroups: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: boolean | "never";
  /** The greatest number of tokens that could be generated. */
  readonly longest: number;
  /** What the output went on from: the prompt, or the decoder's start token. */
  readonly prompt: readonly number[];
  /** Every candidate that was kept for the trace; a candidate's `id` is its place here, and its parent stands before it. */
  readonly candidates: readonly Candidate[];
  readonly steps: readonly SearchStep[];
  /** Every hypothesis that ended, by `id`. */
  readonly hypotheses: readonly Hypothesis[];
  /** The `id`s of those that were returned, the best first (samples: in order of their number). */
  readonly returned: readonly number[];
  readonly stop: Stop;
  /** How many candidates of a step and group (sample) are kept at most, and how many forbidden ones beside them. */
  readonly limits: { readonly candidates: number; readonly forbidden: number };
}

/** One token that might have followed one beam. */
export interface Candidate {
  readonly id: number;
  /** 1 for the first token after the prompt. */
  readonly step: number;
  /** The candidate that it continues; null: the prompt. */
  readonly parent: number | null;
  /** The beam group; for samples the number of the sample. */
  readonly group: number;
  readonly token: number;
  /** The model's own log p(token | what came before). */
  readonly logProbability: number;
  /** The same after the rules; null where a rule forbids it. */
  readonly processed: number | null;
  /** The parent's total + `processed`; of a forbidden one: + `logProbability`, what it would have been. */
  readonly total: number;
  /** total / lengthᵅ with the length that it has here: what it would be worth if it ended now. */
  readonly score: number;
  /** The place among the candidates of its step and group, from 0; null where it is forbidden. */
  readonly rank: number | null;
  readonly fate: Fate;
}

export type Fate =
  /** It goes on, as beam number `beam` (from 0, the best) of its group. */
  | { readonly kind: "kept"; readonly beam: number }
  /** It ended and entered the pool. */
  | { readonly kind: "finished"; readonly hypothesis: number }
  | { readonly kind: "pruned"; readonly reason: PruneReason; readonly margin: number | null }
  | { readonly kind: "forbidden"; readonly by: Forbidden };

/**
 * Why a candidate was dropped, and what `margin` it was short of:
 * - `beam`: others are better, and the beam is full. Short of the last that was kept, in `total`.
 * - `late`: it ends, but is not among the best `numBeams` candidates of the step. Short of the last of those, in `total`.
 * - `pool`: it ended, and the pool is full of better ones. Short of the worst of them, in `score`.
 * - `undrawn`: another token was drawn. No margin.
 */
export type PruneReason = "beam" | "late" | "pool" | "undrawn";

/** How things stood after a step. */
export interface SearchStep {
  readonly step: number;
  /** The candidates of this step: `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
  /** The live beams, as candidates: group by group, the best of a group first. */
  readonly beams: readonly number[];
  /** The hypotheses in the pool, group by group, the best of a group first. */
  readonly pool: readonly number[];
  /** How many tokens the rules forbade, over all rows; those that the model liked best are among the candidates. */
  readonly forbidden: number;
}

/**
 * Why the search for an input ended, and after which step.
 * - `eos`: every sequence has its end token (greedy search, samples).
 * - `length`: the greatest length is reached.
 * - `full`: `earlyStopping` is true, and as many hypotheses have ended as there are beams.
 * - `hopeless`: the pool is full, and by the bound of `earlyStopping` no live beam can get better than the worst in it.
 * - `stuck`: the rules allow no token any more.
 */
export interface Stop {
  readonly step: number;
  readonly reason: "eos" | "length" | "full" | "hopeless" | "stuck";
}

/** A candidate before its place in the trace is known. */
export type CandidateSpec = Omit<Candidate, "id" | "step">;

/** Collects a trace while a search runs. */
export class TraceRecorder {
  readonly candidates: Candidate[] = [];
  readonly steps: SearchStep[] = [];
  #step = 0;
  #first = 0;
  #forbidden = 0;

  beginStep(step: number): void {
    this.#step = step;
    this.#first = this.candidates.length;
    this.#forbidden = 0;
  }

  /** The candidate's `id`. */
  add(candidate: CandidateSpec): number {
    const id = this.candidates.length;
    this.candidates.push({ id, step: this.#step, ...candidate });
    return id;
  }

  addForbidden(count: number): void {
    this.#forbidden += count;
  }

  endStep({ beams, pool }: { beams: readonly number[]; pool: readonly number[] }): void {
    const end = this.candidates.length;
    this.steps.push({ step: this.#step, first: this.#first, end, beams, pool, forbidden: this.#forbidden });
  }
}
