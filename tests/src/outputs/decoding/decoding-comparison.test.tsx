// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { DecodingOutput } from "../../../../kernels/runtime/display/output.ts";
import { DecodingComparison } from "../../../../src/outputs/decoding/decoding-comparison.tsx";
import { search } from "../beam-tree/search.ts";
import { click, mount } from "../mount.ts";

const output: DecodingOutput = {
  kind: "decoding",
  strategies: [
    { name: { en: "greedy", ko: "그리디" }, metrics: [{ name: "BLEU", value: 21.25 }], seconds: 0.02 },
    { name: "beam 2", metrics: [{ name: "BLEU", value: 30 }], seconds: 12.3, searching: true },
  ],
  inputs: [
    {
      source: "고양이",
      reference: "the cat",
      results: [
        { text: "the dog", score: -0.5, length: 3 },
        { text: "the cat", tree: search },
      ],
    },
    { source: "개", results: [{ text: "" }, { text: "a dog" }] },
  ],
};
const draw = (language: "en" | "ko" = "en") =>
  mount(<DecodingComparison output={output} language={language} />);

test("each strategy has its metrics, the best of them marked, and its time", async () => {
  const view = await draw("ko");
  const rows = view.findAll("tbody tr").slice(0, 2);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    "그리디21.30.02초",
    "beam 230.0 가장 높음12초",
  ]);
  expect(view.findAll("[data-best]")).toHaveLength(1);
});

test("what differs from the reference is marked, and a search under way says so", async () => {
  const view = await draw();
  const [greedy, beam] = view.findAll(".decoding-results li");
  expect(greedy.textContent).toContain("score −0.500 · 3 tokens");
  expect([greedy.querySelector("ins")?.textContent, greedy.querySelector("del")?.textContent]).toEqual([
    " dog",
    " cat",
  ]);
  expect([beam.querySelector("ins"), beam.querySelector("[role=status]")?.textContent]).toEqual([
    null,
    "searching …",
  ]);
});

test("one click opens a strategy's tree, another closes it", async () => {
  const view = await draw();
  const [open] = view.findAll(".decoding-results button");
  await view.fire(open, click());
  expect(view.find(".decoding-tree").textContent).toContain("The search of beam 2");
  expect(open.getAttribute("aria-expanded")).toBe("true");
  await view.fire(open, click());
  expect(view.findAll(".decoding-tree")).toHaveLength(0);
});

test("the inputs are gone through one by one; an empty text is told as such", async () => {
  const view = await draw();
  const [before, next] = view.findAll<HTMLButtonElement>(".decoding-steps button");
  expect([before.disabled, next.disabled]).toEqual([true, false]);
  await view.fire(next, click());
  expect(view.find(".decoding-steps").textContent).toContain("Input 2 of 2");
  expect(view.find(".decoding-results").textContent).toContain("(nothing)");
  expect(view.findAll("ins, del")).toHaveLength(0);
});
