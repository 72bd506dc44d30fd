// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { TokensOutput } from "../../../../kernels/runtime/display/output.ts";
import { Tokens } from "../../../../src/outputs/tokens/tokens.tsx";
import { mount } from "../mount.ts";

const output: TokensOutput = {
  kind: "tokens",
  sequences: [
    {
      tokens: ["서울", " hi", "[PAD]"],
      ids: [7, 8, 0],
      attentionMask: [1, 1, 0],
      tokenTypeIds: [0, 1, 0],
      labels: ["B-LOC", "O", null],
      weights: [0.5, -1, 0],
    },
  ],
};

test("a sequence is told in a sentence in which padding is only counted", async () => {
  const view = await mount(<Tokens output={output} language="en" />);
  expect(view.find(".output-hidden").textContent).toBe("3 tokens, 1 of padding: 서울 (B-LOC), ␣hi (O)");
  expect(view.find(".tokens-row").getAttribute("aria-hidden")).toBe("true");
});

test("a chip's title has all that is known of its token", async () => {
  const view = await mount(<Tokens output={output} language="ko" />);
  expect(view.findAll(".token").map(({ title }) => title)).toEqual([
    '"서울" · 번호 7 · 구간 0 · 레이블 B-LOC · 가중치 0.5',
    '" hi" · 번호 8 · 구간 1 · 레이블 O · 가중치 −1',
    '"[PAD]" · 번호 0 · 구간 0 · 가중치 0 · 패딩',
  ]);
});

test("a weight's sign and its share of the strongest one are drawn", async () => {
  const view = await mount(<Tokens output={output} language="en" />);
  const drawn = view
    .findAll(".token")
    .map(({ dataset, style }) => [dataset.sign, style.getPropertyValue("--strength")]);
  expect(drawn).toEqual([
    ["+", "0.5"],
    ["-", "1"],
    ["+", "0"],
  ]);
});
