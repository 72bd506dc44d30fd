// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { AutopsyOutput } from "../../../../kernels/runtime/display/output.ts";
import { BeamAutopsy } from "../../../../src/outputs/autopsy/beam-autopsy.tsx";
import { mount } from "../mount.ts";

const output: AutopsyOutput = {
  kind: "autopsy",
  numBeams: 2,
  verdict: "search-error",
  target: [
    { token: "a", logProbability: -0.5, rank: 0, best: "a" },
    { token: "cat", logProbability: -2, rank: 2, best: "dog" },
  ],
  targetScore: -1.25,
  best: { text: "a dog", score: -1.5 },
  loss: { step: 2, margin: 0.2, why: { en: "It fell out of the beam.", ko: "밀려났습니다." } },
  smallestBeam: 3,
  trials: [
    { numBeams: 1, kept: false, survived: 0 },
    { numBeams: 2, kept: false, survived: 1 },
    { numBeams: 3, kept: true, survived: 2 },
  ],
};

test("the verdict is told with both scores, and the place of the loss is cut", async () => {
  const view = await mount(<BeamAutopsy output={output} language="en" />);
  expect(view.find(".autopsy-verdict").textContent).toMatch(
    /^Search error The model prefers.*−1.250.*−1.500/,
  );
  const tokens = view.findAll(".autopsy-tokens li");
  expect(tokens.map(({ dataset }) => dataset.lost)).toEqual([undefined, ""]);
  expect(tokens[1].textContent).toBe("✂ lost herecat0.143rd after “dog”");
});

test("each width that was tried is a bar, the first that keeps the target marked", async () => {
  const view = await mount(<BeamAutopsy output={output} language="ko" />);
  expect(view.findAll("[data-kept]")).toHaveLength(1);
  expect(view.find("[data-present]").textContent).toContain("빔 2개: 토큰 2개 중 1개까지");
  expect(view.element.textContent).toContain("이 문장을 지키는 가장 작은 빔: 3개");
});

test("a target that was found has no cut, and one that no beam keeps says how many were tried", async () => {
  const found = { ...output, verdict: "found" as const, loss: null };
  const view = await mount(<BeamAutopsy output={found} language="en" />);
  expect(view.findAll(".autopsy-cut, [data-lost]")).toHaveLength(0);
  const lost = { ...output, smallestBeam: null, trials: output.trials.slice(0, 2) };
  await view.update(<BeamAutopsy output={lost} language="en" />);
  expect(view.element.textContent).toContain("No beam up to 2 keeps it.");
});
