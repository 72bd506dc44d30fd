// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { BeamTree } from "../../../../src/outputs/beam-tree/beam-tree.tsx";
import { click, keyDown, mount } from "../mount.ts";
import { search } from "./search.ts";

const draw = (language: "en" | "ko" = "en") => mount(<BeamTree output={search} language={language} />);
type View = Awaited<ReturnType<typeof draw>>;
const drawn = (view: View) => view.findAll<SVGElement>(".beam-node").map(({ dataset }) => Number(dataset.id));
const count = (view: View) => view.find(".beam-steps-count").textContent;

test("the end is shown first: all steps, the winner marked, and the pool with what was returned", async () => {
  const view = await draw();
  expect(count(view)).toBe("Step 3 of 3");
  expect(drawn(view)).toEqual([0, 1, 4, 3, 7, 6]);
  expect(view.findAll<SVGElement>(".beam-node[data-best]").map(({ dataset }) => dataset.id)).toEqual([
    "0",
    "3",
    "6",
  ]);
  expect(view.find(".beam-pool tbody").textContent).toBe("−0.583the cat returned−1.75033");
  expect(view.find(".beam-pool").textContent).toContain("The greatest length is reached.");
});

test("a step back shows what that step dropped, and fades what nothing goes on from", async () => {
  const view = await draw();
  await view.fire(view.find('[aria-label="A step back"]'), click());
  expect(count(view)).toBe("Step 2 of 3");
  expect(drawn(view)).toEqual([0, 1, 4, 3, 5]);
  expect(view.findAll<SVGElement>(".beam-node[data-gone]").map(({ dataset }) => dataset.id)).toEqual(["1"]);
  expect(view.find(".beam-pool").textContent).toContain("Nothing has ended yet.");
});

test("arrow keys go through the steps and through a step's candidates, and each is told with its reason", async () => {
  const view = await draw("ko");
  const plot = view.find(".beam-plot");
  await view.fire(plot, keyDown("Home"));
  expect(count(view)).toBe("3단계 중 1단계");
  await view.fire(plot, keyDown("ArrowRight"));
  for (let i = 0; i < 3; i++) await view.fire(plot, keyDown("ArrowDown"));
  expect(view.find(".beam-detail").textContent).toBe(
    "‘a’: 확률 0.607(로그 −0.50), 합 −1.10, 점수 −0.550. 금지: 반복입니다.",
  );
  expect(view.findAll(".beam-pointer rect")).toHaveLength(2);
});

test("greedy's path lies under the tree, as far as the tree has it", async () => {
  const view = await draw();
  expect(view.findAll(".beam-greedy")).toHaveLength(2);
});

test("everything that was dropped is shown when it is asked for", async () => {
  const view = await draw();
  const box = view.find<HTMLInputElement>("input[type=checkbox]");
  box.checked = true;
  await view.fire(box, new Event("input", { bubbles: true }));
  await view.fire(box, new Event("change", { bubbles: true }));
  expect(drawn(view)).toHaveLength(search.nodes.length);
});

test("playing goes from the beginning to the end and stops there", async () => {
  vi.useFakeTimers();
  const view = await draw();
  await view.fire(view.find('[aria-label="Play"]'), click());
  expect(count(view)).toBe("Step 1 of 3");
  await act(async () => void (await vi.advanceTimersByTimeAsync(900)));
  expect(count(view)).toBe("Step 2 of 3");
  await act(async () => void (await vi.advanceTimersByTimeAsync(5000)));
  expect(count(view)).toBe("Step 3 of 3");
  expect(view.findAll('[aria-label="Pause"]')).toEqual([]);
  vi.useRealTimers();
});

test("a shorter search after a longer one is drawn from its own end", async () => {
  const view = await draw();
  const shorter = { ...search, steps: search.steps.slice(0, 1), nodes: search.nodes.slice(0, 3), hypotheses: [], returned: [], greedy: [0] }; // prettier-ignore
  await view.update(<BeamTree output={shorter} language="en" />);
  expect(count(view)).toBe("Step 1 of 1");
  expect(drawn(view)).toEqual([0, 1, 2]);
});
