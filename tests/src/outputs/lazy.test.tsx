// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { Output } from "../../../kernels/runtime/display/output.ts";
import { OutputView } from "../../../src/outputs/index.ts";
import { lazy } from "../../../src/outputs/lazy.tsx";
import { search } from "./beam-tree/search.ts";
import { mount } from "./mount.ts";

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", class { observe() {} disconnect() {} }); // prettier-ignore
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});

const outputs: readonly [Output, string][] = [
  [{ kind: "confusion", labels: ["a"], counts: [[2]] }, "정밀도"],
  [{ kind: "attention", views: [{ queries: ["a"], keys: ["나"], weights: [[[[1]]]] }] }, "나</text>"],
  [search, "그리디의 경로"],
  [
    {
      kind: "decoding",
      strategies: [{ name: "a", metrics: [] }],
      inputs: [{ source: "나", results: [{ text: "b" }] }],
    },
    "나",
  ],
  [
    {
      kind: "autopsy",
      numBeams: 1,
      verdict: "model-error",
      target: [],
      targetScore: -1,
      best: { text: "b", score: 0 },
      loss: null,
      smallestBeam: null,
      trials: [],
    },
    "모델 오류",
  ],
  [
    {
      kind: "training",
      epoch: 1,
      epochs: 3,
      step: 1,
      totalSteps: 9,
      done: false,
      curves: { step: [1], loss: [1], lr: [1], gradNorm: [1] },
      validation: { step: [], metrics: [] },
    },
    "에폭 1/3",
  ],
];

test.each(outputs)("$kind is fetched when the first output of its kind comes", async (output, expected) => {
  const view = await mount(<OutputView output={output} language="ko" theme="light" />);
  await vi.waitFor(() => expect(view.element.innerHTML).toContain(expected), { timeout: 5000 });
});

test("what cannot be fetched says so where it would stand, in the reader's language", async () => {
  const Gone = lazy(() => Promise.reject(new Error("Failed to fetch")));
  const view = await mount(<Gone language="ko" />);
  await vi.waitFor(() =>
    expect(view.find("[role=alert]").textContent).toMatch(/새로 고치십시오. Failed to fetch/),
  );
});
