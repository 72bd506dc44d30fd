// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { TokenSequence, TokensOutput } from "../../../../kernels/runtime/display/output.ts";
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

test("entities are bars over their tokens, those of the model beside those that are there, errors with a sign", async () => {
  const spans: TokenSequence["spans"] = [
    { start: 0, end: 2, label: "PER", of: "gold", agreement: "boundary" },
    { start: 0, end: 1, label: "PER", of: "predicted", agreement: "boundary" },
    { start: 3, end: 4, label: "ORG", of: "gold", agreement: "missed" },
  ];
  const entities: TokensOutput = {
    kind: "tokens",
    sequences: [{ tokens: ["Yuna", "Kim", "left", "LG"], spans }],
  };
  const view = await mount(<Tokens output={entities} language="en" />);
  const lanes = view
    .findAll(".token")
    .map((token) =>
      [...token.querySelectorAll<HTMLElement>(".token-lane")].map(({ dataset, textContent }) =>
        [dataset.of, textContent].filter(Boolean).join(" "),
      ),
    );
  expect(lanes).toEqual([["gold PER", "predicted ↔ PER"], ["gold", ""], ["", ""], ["gold ○ ORG", ""]]); // prettier-ignore
  expect(view.find(".tokens-legend").textContent).toMatch(/gold \/ predicted.*↔ wrong boundary.*○ missed/);
  expect(view.find(".output-hidden").textContent).toContain("gold ORG: LG (missed)");
});

test("where there is one side only, it has one lane and no signs", async () => {
  const spans: TokenSequence["spans"] = [{ start: 0, end: 1, label: "LOC", of: "gold" }];
  const view = await mount(
    <Tokens output={{ kind: "tokens", sequences: [{ tokens: ["부산"], spans }] }} language="ko" />,
  );
  expect(view.findAll(".token-lane")).toHaveLength(1);
  expect(view.find(".tokens-legend").textContent).not.toContain("정답");
});
