import { checkInteger, checkNotEmpty } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { generate, generateStream } from "./generate.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { NextTokenModel } from "./model.ts";
import type { GenerateOptions } from "./options.ts";
import type { Forbidden } from "./processors/processor.ts";
import { scoreSequence, type SequenceScore } from "./score-sequence.ts";
import { prepareRun } from "./search/run.ts";
import type { PruneReason, SearchStep, SearchTrace } from "./trace.ts";

export interface AutopsyOptions extends GenerateOptions {
  /** The output that was wanted. The (first) end token is put at its end, where none is. */
  readonly target: readonly number[];
  /** The widest beam that is tried. Default 16. */
  readonly maxBeams?: number;
}

/**
 * - `found`: the search returns the target as its best.
 * - `search-error`: the model scores the target higher than what the search returned. The search has lost it.
 * - `model-error`: the model scores the target no higher. No search would help.
 * - `forbidden`: a rule forbids the target, or it is longer than an output may be.
 */
export type Verdict = "found" | "search-error" | "model-error" | "forbidden";

/** Where the search dropped the target. */
export interface Loss {
  /** The step, from 1; the target's token number `step` was not taken. */
  readonly step: number;
  /** As in the trace; `stopped`: the search ended while the target's beginning was still in the beam. */
  readonly reason: PruneReason | "forbidden" | "stopped";
  /** What it was short of: see `PruneReason`. Null where that cannot be said. */
  readonly margin: number | null;
  /** Which rule, where it is forbidden. */
  readonly by: Forbidden | null;
  /** The candidate in the trace; null if it ranked too low to be in it. */
  readonly candidate: number | null;
}

/** How the target fares with a beam of some width. */
export interface BeamTrial {
  readonly numBeams: number;
  /** Whether the target is among the hypotheses at the end. */
  readonly kept: boolean;
  /** How many of the target's tokens were in the beam at last. */
  readonly survived: number;
}

export interface Autopsy {
  readonly verdict: Verdict;
  /** The target with its end token, and what the model thinks of it. */
  readonly target: readonly number[];
  readonly targetScore: SequenceScore;
  /** What the search returned. */
  readonly best: Hypothesis;
  /** Null: the target is among the hypotheses at the end. */
  readonly loss: Loss | null;
  /** The smallest beam that has the target among its hypotheses at the end; null: none up to `maxBeams`. */
  readonly smallestBeam: number | null;
  /** The widths that were tried: 1, 2, … up to the one that keeps the target. */
  readonly trials: readonly BeamTrial[];
  /** The search that was looked into. */
  readonly trace: SearchTrace;
}

/**
 * Why a search did not return what was wanted: at which step it dropped the target's beginning and by what margin, how wide
 * a beam would have kept it, and who is to blame.
 *
 * The search is run with the options given, the target is scored by forced decoding under the same rules, and then widths
 * are tried from 1 upwards, each as far as the target survives. (A wider beam does not always find more: a beginning that
 * is kept may crowd out another. So there is no shortcut.) Only for greedy and beam search without groups.
 *
 * @ko 탐색이 정답을 놓친 까닭을 밝힙니다. 어느 단계에서 얼마 차이로 버렸는지, 빔이 얼마나 넓어야 했는지 알려 줍니다.
 * @example
 * const { verdict, loss, smallestBeam } = await autopsy(model, input, { target, numBeams: 4 });
 * // "search-error", { step: 3, reason: "beam", margin: 0.21, … }, 7
 */
export async function autopsy<Input, State>(
  model: NextTokenModel<Input, State>,
  input: Input,
  { target: wanted, maxBeams = 16, ...options }: AutopsyOptions,
): Promise<Autopsy> {
  const where = "autopsy";
  checkNotEmpty(wanted ?? [], { where, what: "target" });
  checkInteger(maxBeams, { where, what: "maxBeams", min: 1 });
  const { settings, specs } = prepareRun(model, [input], { options, where });
  if (settings.doSample || settings.numBeamGroups > 1) throw needsBeams(where);
  const { numBeams, eosTokenIds } = settings;
  const { longest } = specs[0];
  const target = toTarget(wanted, { eosTokenIds, longest, where });

  const targetScore = await scoreSequence(model, input, { ...options, tokens: target });
  const whole = { ...options, numReturnSequences: numBeams, trace: options.trace || true };
  const [{ hypotheses, trace }] = (await generate(model, [input], whole)).outputs;
  const [best] = hypotheses;

  const trials: BeamTrial[] = [];
  for (let width = 1; width <= maxBeams && !trials.at(-1)?.kept; width++) {
    trials.push(await tryWidth(model, input, { target, width, options }));
  }
  return {
    verdict: toVerdict(target, { targetScore, best, longest }),
    target,
    targetScore,
    best,
    loss: maybeLoss(targetScore, { trace: trace!, eosTokenIds }),
    smallestBeam: trials.at(-1)?.kept ? trials.length : null,
    trials,
    trace: trace!,
  };
}

/** The target with its end token. It must be something that a search can return, but for its length and the rules. */
function toTarget(
  wanted: readonly number[],
  { eosTokenIds, longest, where }: { eosTokenIds: readonly number[]; longest: number; where: string },
): readonly number[] {
  const end = wanted.findIndex((token) => eosTokenIds.includes(token));
  if (end === wanted.length - 1 || (end < 0 && wanted.length === longest)) return wanted;
  if (end < 0 && eosTokenIds.length > 0) return [...wanted, eosTokenIds[0]];
  throw new LearnerError({
    code: "out-of-range",
    where,
    given:
      end < 0
        ? {
            en: `\`target\` has ${wanted.length} tokens, and there is no \`eosTokenId\`.`,
            ko: `\`target\`의 토큰이 ${wanted.length}개인데 \`eosTokenId\`가 없습니다.`,
          }
        : {
            en: `\`target[${end}]\` is an end token, and ${wanted.length - 1 - end} tokens come after it.`,
            ko: `\`target[${end}]\`이(가) 끝 토큰인데 그 뒤에 토큰이 ${wanted.length - 1 - end}개 더 있습니다.`,
          },
    expected: {
      en: `An output ends with its first end token, or has ${longest} tokens.`,
      ko: `출력은 첫 끝 토큰에서 끝나거나 토큰이 ${longest}개입니다.`,
    },
    remedy: {
      en: "Name the `eosTokenId` of the tokenizer, and pass one sentence.",
      ko: "토크나이저의 `eosTokenId`를 넘기고, 문장 하나만 넘기십시오.",
    },
  });
}

function toVerdict(
  target: readonly number[],
  { targetScore, best, longest }: { targetScore: SequenceScore; best: Hypothesis; longest: number },
): Verdict {
  if (isSame(target, best.tokens)) return "found";
  if (targetScore.score === null || target.length > longest) return "forbidden";
  return targetScore.score > best.score ? "search-error" : "model-error";
}

/** Follows the target through the trace until it is no longer there. */
function maybeLoss(
  targetScore: SequenceScore,
  { trace, eosTokenIds }: { trace: SearchTrace; eosTokenIds: readonly number[] },
): Loss | null {
  let parent: number | null = null;
  let total = 0;
  for (let step = 1; ; step++) {
    const lost = (reason: Loss["reason"], rest: Partial<Loss> = {}): Loss => ({
      step,
      reason,
      margin: null,
      by: null,
      candidate: null,
      ...rest,
    });
    if (step > trace.longest) return lost("forbidden", { by: { option: "maxNewTokens" } });
    const record = trace.steps[step - 1];
    if (!record) return lost("stopped");
    const { token, forbidden, processed } = targetScore.tokens[step - 1];
    total += processed ?? 0;
    const candidate = trace.candidates
      .slice(record.first, record.end)
      .find((one) => one.parent === parent && one.token === token);
    if (!candidate) {
      if (forbidden) return lost("forbidden", { by: forbidden });
      const reason = eosTokenIds.includes(token) || step === trace.longest ? "late" : "beam";
      return lost(reason, { margin: maybeMargin(total, { reason, trace, record }) });
    }
    const { id, fate } = candidate;
    parent = id;
    if (fate.kind === "forbidden") return lost("forbidden", { by: fate.by, candidate: id });
    if (step === trace.longest && step < targetScore.tokens.length) continue; // as long as may be, and not at its end
    if (fate.kind === "pruned") return lost(fate.reason, { margin: fate.margin, candidate: id });
    if (fate.kind === "finished") {
      const { left, score } = trace.hypotheses[fate.hypothesis];
      if (!left) return null;
      const margin = trace.hypotheses[left.by].score - score;
      return lost("pool", { step: left.step, margin, candidate: id });
    }
  }
}

/** What a total that ranks too low for the trace lacks: to the last live beam, or to the last candidate that may end. */
function maybeMargin(
  total: number,
  { reason, trace, record }: { reason: "beam" | "late"; trace: SearchTrace; record: SearchStep },
): number | null {
  const ranked = trace.candidates.slice(record.first, record.end).filter(({ rank }) => rank !== null);
  const better = ranked.filter(({ fate, rank }) =>
    reason === "beam" ? fate.kind === "kept" : rank! < trace.numBeams,
  );
  if (better.length === 0) return null;
  return better.reduce((least, one) => Math.min(least, one.total), Infinity) - total;
}

async function tryWidth<Input, State>(
  model: NextTokenModel<Input, State>,
  input: Input,
  { target, width, options }: { target: readonly number[]; width: number; options: GenerateOptions },
): Promise<BeamTrial> {
  const narrow = { ...options, numBeams: width, numReturnSequences: width, trace: false };
  let survived = 0;
  for await (const event of generateStream(model, [input], narrow)) {
    if (event.type === "step" && event.step < target.length) {
      const isAlive = event.live.some(({ tokens }) => isSame(tokens, target.slice(0, event.step)));
      if (!isAlive) break;
      survived = event.step;
    } else if (event.type === "finished") {
      const kept = event.outputs[0].hypotheses.some(({ tokens }) => isSame(tokens, target));
      return { numBeams: width, kept, survived: kept ? target.length : survived };
    }
  }
  return { numBeams: width, kept: false, survived };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

function needsBeams(where: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: "`doSample` or `numBeamGroups` is given.",
      ko: "`doSample`이나 `numBeamGroups`를 넘겼습니다.",
    },
    expected: {
      en: "What a beam dropped can be told for greedy search and for one group of beams.",
      ko: "빔이 무엇을 떨어뜨렸는지는 그리디 탐색과 그룹 하나짜리 빔 탐색에서만 말할 수 있습니다.",
    },
    remedy: {
      en: "Leave both out and choose `numBeams`.",
      ko: "둘 다 빼고 `numBeams`를 고르십시오.",
    },
  });
}
