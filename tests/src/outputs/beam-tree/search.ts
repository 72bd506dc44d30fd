/** A small search, drawn by the tests: two beams, three steps, one output that ended and one that was forbidden. */
import type { BeamFate, BeamNode, BeamTreeOutput } from "../../../../kernels/runtime/display/output.ts";

const node = (
  step: number,
  parent: number | null,
  { token, total, fate = "kept" }: { token: string; total: number; fate?: BeamFate },
): BeamNode => ({ step, parent, token, logProbability: -0.5, total, score: total / step, fate });

export const search: BeamTreeOutput = {
  kind: "beamTree",
  numBeams: 2,
  lengthPenalty: 1,
  prompt: "<s>",
  nodes: [
    node(1, null, { token: "the", total: -0.5 }),
    node(1, null, { token: "a", total: -1 }),
    node(1, null, { token: "an", total: -3, fate: "pruned" }),
    node(2, 0, { token: "cat", total: -1.5 }),
    node(2, 0, { token: "dog", total: -1.25 }),
    { ...node(2, 1, { token: "a", total: -1.1, fate: "forbidden" }), why: { en: "It would be a repetition.", ko: "반복입니다." } }, // prettier-ignore
    node(3, 3, { token: "</s>", total: -1.75, fate: "finished" }),
    node(3, 4, { token: "sat", total: -2 }),
  ],
  steps: [
    { first: 0, end: 3, pool: [] },
    { first: 3, end: 6, pool: [] },
    { first: 6, end: 8, pool: [0] },
  ],
  hypotheses: [{ node: 6, text: "the cat", length: 3, total: -1.75, score: -0.583, entered: 3, left: null }],
  returned: [0],
  greedy: [0, 4],
  stop: { en: "The greatest length is reached.", ko: "가장 긴 길이에 이르렀습니다." },
};
