/** The forbidden tokens of a step, for the trace. */
import { toScore } from "../hypothesis.ts";
import type { GenerateSettings } from "../settings.ts";
import type { TraceRecorder } from "../trace.ts";
import type { ScoredRow } from "./scored-row.ts";
import type { LiveSequence } from "./search.ts";

/** Records, of the tokens that the rules forbid after these sequences, those that would have been worth most. */
export function traceForbidden(
  sequences: readonly LiveSequence[],
  {
    scored,
    recorder,
    settings,
    length,
  }: {
    readonly scored: readonly ScoredRow[];
    readonly recorder: TraceRecorder;
    readonly settings: GenerateSettings;
    /** The tokens generated, the forbidden one counted. */
    readonly length: number;
  },
): void {
  const { lengthPenalty, tracedCandidates } = settings;
  const forbidden = sequences.flatMap(({ total, candidate, group }, index) =>
    scored[index].forbidden.map(({ token, by }) => {
      const logProbability = scored[index].logProbability(token);
      return { parent: candidate, group, token, by, logProbability, total: total + logProbability };
    }),
  );
  forbidden.sort((a, b) => b.total - a.total);
  for (const { by, total, ...rest } of forbidden.slice(0, tracedCandidates)) {
    const score = toScore(total, { length, lengthPenalty });
    recorder.add({ ...rest, processed: null, total, score, rank: null, fate: { kind: "forbidden", by } });
  }
  recorder.addForbidden(scored.reduce((sum, { forbiddenCount }) => sum + forbiddenCount, 0));
}
