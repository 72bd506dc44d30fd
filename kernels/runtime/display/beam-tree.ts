import type { Candidate, Forbidden, SearchTrace, Stop } from "../../nlp/decode/index.ts";
import type { Localized, Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { BeamNode, BeamTreeOutput } from "./output.ts";
import { checkText, kindOf } from "./text.ts";

export interface BeamTreeOptions {
  /** A token's own text: `(id) => tokenizer.idToToken(id)`. */
  readonly token: (id: number) => string;
  /** The text of an output: `(ids) => tokenizer.decode(ids)`. Default: its tokens with blanks between them. */
  readonly text?: (ids: readonly number[]) => string;
  /** The tokens that greedy search chose for the same input: its path is laid over the tree. */
  readonly greedy?: readonly number[];
  readonly caption?: Text;
}

/**
 * A search as a tree that can be stepped through: what it kept, what ended, what it dropped and why.
 *
 * @ko 탐색을 한 단계씩 따라가 볼 수 있는 나무로 보여 줍니다.
 * @example
 * const { outputs } = await generate(model, [input], { numBeams: 4, trace: true })
 * beamTree(outputs[0].trace, { token: (id) => vocabulary[id] })
 */
export function beamTree(trace: SearchTrace, options: BeamTreeOptions): BeamTreeOutput {
  checkArguments(trace, options);
  const { token, caption, greedy = [] } = options;
  const text = options.text ?? ((ids: readonly number[]) => ids.map(token).join(" "));
  const { candidates, steps, hypotheses, prompt } = trace;
  return brandOutput({
    kind: "beamTree",
    numBeams: trace.numBeams,
    lengthPenalty: trace.lengthPenalty,
    prompt: prompt.length === 0 ? "" : prompt.map(token).join(" "),
    nodes: candidates.map((candidate) => toNode(candidate, token)),
    steps: steps.map(({ first, end, pool }) => ({ first, end, pool })),
    hypotheses: hypotheses.map(({ candidate, tokens, total, score, entered, left }) => ({
      node: candidate ?? 0,
      text: text(tokens),
      length: tokens.length,
      total,
      score,
      entered,
      left: left?.step ?? null,
    })),
    returned: trace.returned,
    greedy: findPath(candidates, greedy),
    stop: describeStop(trace.stop),
    caption,
  });
}

function toNode(candidate: Candidate, token: (id: number) => string): BeamNode {
  const { step, parent, logProbability, total, score, fate } = candidate;
  const why = maybeWhy(candidate, token);
  return {
    step,
    parent,
    token: token(candidate.token),
    logProbability,
    total,
    score,
    fate: fate.kind,
    ...(why && { why }),
  };
}

/** As far as the tokens are in the tree: the last of them may have been dropped there. */
function findPath(candidates: readonly Candidate[], tokens: readonly number[]): number[] {
  const path: number[] = [];
  for (const token of tokens) {
    const parent = path.at(-1) ?? null;
    const next = candidates.find((candidate) => candidate.parent === parent && candidate.token === token);
    if (!next) break;
    path.push(next.id);
  }
  return path;
}

function maybeWhy({ fate }: Candidate, token: (id: number) => string): Localized | undefined {
  switch (fate.kind) {
    case "pruned":
      return PRUNED[fate.reason](fate.margin === null ? "?" : fate.margin.toFixed(2));
    case "forbidden":
      return describeRule(fate.by, token);
    case "kept":
    case "finished":
      return undefined;
    default:
      return fate satisfies never;
  }
}

const PRUNED = {
  beam: (margin: string) => ({
    en: `the beam is full; its sum is ${margin} short of the last that was kept.`,
    ko: `빔이 가득 찼습니다. 합이 마지막으로 남은 후보보다 ${margin} 모자랍니다.`,
  }),
  late: (margin: string) => ({
    en: `it would end, but too far down: its sum is ${margin} short of the best ones of this step.`,
    ko: `여기서 끝날 수 있지만 순위가 낮습니다. 합이 이 단계의 상위 후보보다 ${margin} 모자랍니다.`,
  }),
  pool: (margin: string) => ({
    en: `it ended, but its score is ${margin} short of the worst that has ended so far.`,
    ko: `끝났지만 점수가 지금까지 끝난 문장 가운데 가장 낮은 것보다 ${margin} 모자랍니다.`,
  }),
  undrawn: () => ({ en: "another token was drawn.", ko: "다른 토큰이 뽑혔습니다." }),
};

function describeRule({ option, ngram }: Forbidden, token: (id: number) => string): Localized {
  const run = ngram?.map(token).join(" ");
  if (option === "noRepeatNgramSize" && run !== undefined) {
    return {
      en: `“${run}” would come a second time (noRepeatNgramSize).`,
      ko: `“${run}”이(가) 되풀이됩니다(noRepeatNgramSize).`,
    };
  }
  return {
    en: `the option ${option} forbids ${run === undefined ? "it" : `“${run}”`}.`,
    ko: `${option} 옵션이 ${run === undefined ? "막습니다" : `“${run}”을(를) 막습니다`}.`,
  };
}

function describeStop({ reason, step }: Stop): Localized {
  const words: Readonly<Record<Stop["reason"], Localized>> = {
    eos: { en: "everything has its end token", ko: "모두 끝 토큰에 이르렀습니다" },
    length: { en: "the greatest length is reached", ko: "가장 긴 길이에 이르렀습니다" },
    full: { en: "as many outputs have ended as there are beams", ko: "빔의 수만큼 문장이 끝났습니다" },
    hopeless: {
      en: "nothing that is still alive can beat what has ended",
      ko: "남은 후보가 끝난 문장을 이길 수 없습니다",
    },
    stuck: { en: "the rules allow no token any more", ko: "규칙이 허락하는 토큰이 더 없습니다" },
  };
  const { en, ko } = words[reason];
  return { en: `The search ended at step ${step}: ${en}.`, ko: `${step}단계에서 탐색이 끝났습니다. ${ko}.` };
}

function checkArguments(trace: unknown, options: unknown): void {
  const { candidates, steps } = (trace ?? {}) as Partial<SearchTrace>;
  if (!Array.isArray(candidates) || !Array.isArray(steps))
    throw new TypeError(
      `beamTree takes the trace of a search, but was given ${kindOf(trace)}: pass \`trace: true\` to generate, and outputs[0].trace to beamTree.`,
    );
  const { token, caption } = (options ?? {}) as Partial<BeamTreeOptions>;
  if (typeof token !== "function")
    throw new TypeError(
      `beamTree(trace, { token }) takes a function from a token's id to its text, but was given ${kindOf(token)}.`,
    );
  if (caption !== undefined) checkText(caption, "beamTree: the caption");
}
