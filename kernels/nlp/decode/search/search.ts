/** What greedy search, sampling and beam search have in common: the search for one input, a step at a time. */
import { toScore, type Ending, type Hypothesis } from "../hypothesis.ts";
import type { LogitsProcessor, RowContext } from "../processors/processor.ts";
import type { GenerateSettings } from "../settings.ts";
import type { Candidate, Stop, TraceRecorder } from "../trace.ts";
import type { EndedHypothesis } from "./pool.ts";
import type { ModelRow, ScoreBuffers, ScoredRow } from "./scored-row.ts";

/** A sequence that is being extended. */
export interface LiveSequence {
  /** The prompt and what was generated. */
  readonly ids: readonly number[];
  /** The row, among those of its input, that it continues with its last token. */
  readonly row: number;
  /** The beam group, or the number of the sample. */
  readonly group: number;
  readonly logProbability: number;
  readonly total: number;
  readonly candidate: number | null;
}

export interface Search {
  readonly spec: SearchSpec;
  /** All hypotheses that have ended, by `id`. */
  readonly ended: readonly Hypothesis[];
  /** What goes on; empty when the search has ended. */
  readonly live: readonly LiveSequence[];
  /**
   * Reads the scores of its rows and moves on by one token. Afterwards each of `live` names, by `row`, the row that it
   * continues, and its last id is the token to continue it with.
   */
  advance(rows: readonly ModelRow[]): void;
  /** Once `live` is empty. */
  finish(): SearchResult;
}

export interface SearchResult {
  /** What is returned for the input. */
  readonly hypotheses: readonly Hypothesis[];
  readonly stop: Stop;
}

export interface SearchSpec {
  readonly settings: GenerateSettings;
  readonly processors: readonly LogitsProcessor[];
  readonly prompt: readonly number[];
  /** The place of the input. */
  readonly input: number;
  /** The greatest number of tokens to generate. */
  readonly longest: number;
  /** Shared by all searches: only one of them computes at a time. */
  readonly buffers: ScoreBuffers;
  readonly recorder: TraceRecorder | undefined;
}

export function toContext({ ids }: LiveSequence, { prompt, input }: SearchSpec): RowContext {
  return { ids, promptLength: prompt.length, input };
}

/** A sequence at its beginning: nothing but the prompt, in its input's only row. */
export function startOf({ prompt }: SearchSpec, group: number): LiveSequence {
  return { ids: prompt, row: 0, group, logProbability: 0, total: 0, candidate: null };
}

/** A token that may follow a sequence: with what it is scored, and where. */
export interface Continuation {
  readonly sequence: LiveSequence;
  readonly token: number;
  /** The row in which the sequence was scored. */
  readonly row: number;
  readonly scored: ScoredRow;
}

export function extend(
  { sequence, token, row, scored }: Continuation,
  candidate: number | null,
): LiveSequence {
  return {
    ids: [...sequence.ids, token],
    row,
    group: sequence.group,
    logProbability: sequence.logProbability + scored.logProbability(token),
    total: sequence.total + scored.scores[token],
    candidate,
  };
}

/** What a continuation is in the trace, but for its rank and its fate. */
export function describe(
  { sequence, token, scored }: Continuation,
  { settings, prompt }: SearchSpec,
): Omit<Candidate, "id" | "step" | "rank" | "fate"> {
  const total = sequence.total + scored.scores[token];
  const length = sequence.ids.length - prompt.length + 1;
  return {
    parent: sequence.candidate,
    group: sequence.group,
    token,
    logProbability: scored.logProbability(token),
    processed: scored.scores[token],
    total,
    score: toScore(total, { length, lengthPenalty: settings.lengthPenalty }),
  };
}

/** An end token, or the greatest length, ends a sequence. */
export function maybeEnding(
  token: number,
  { length, spec }: { length: number; spec: SearchSpec },
): Ending | undefined {
  if (spec.settings.eosTokenIds.includes(token)) return "eos";
  return length === spec.longest ? "length" : undefined;
}

export function toEnded(
  { ids, group, logProbability, total, candidate }: LiveSequence,
  { ending, spec }: { ending: Ending; spec: SearchSpec },
): EndedHypothesis {
  const tokens = ids.slice(spec.prompt.length);
  const score = toScore(total, { length: tokens.length, lengthPenalty: spec.settings.lengthPenalty });
  return { tokens, ending, logProbability, total, score, group, candidate };
}
