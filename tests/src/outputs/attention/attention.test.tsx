// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { AttentionOutput } from "../../../../kernels/runtime/display/output.ts";
import { Attention } from "../../../../src/outputs/attention/attention.tsx";
import { click, keyDown, mount } from "../mount.ts";

// jsdom has no canvas, and says so at length.
beforeEach(() => void vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null));

const output: AttentionOutput = {
  kind: "attention",
  views: [
    {
      name: { en: "decoder", ko: "디코더" },
      queries: ["I", "go"],
      keys: ["I", "go"],
      weights: [[[[1, 0], [0.25, 0.75]], [[1, 0], [0.75, 0.25]]]], // prettier-ignore
      mask: [
        [1, 0],
        [1, 1],
      ],
    },
    { name: "cross", queries: ["I", "go"], keys: ["나"], weights: [[[[1], [1]]]] },
  ],
};

const draw = (language: "en" | "ko" = "en") => (
  <Attention output={output} language={language} theme="light" />
);

test("masked cells are hatched, the others as strong as their weight", async () => {
  const view = await mount(draw());
  const fills = view.findAll<SVGElement>(".attention-cell").map(({ style }) => style.fill);
  expect(fills.map((fill) => fill.startsWith("url("))).toEqual([false, true, false, false]);
  expect(view.findAll<SVGElement>(".attention-cell")[3].style.fillOpacity).toBe(String(Math.sqrt(0.5)));
});

test("the arrow keys walk the cells, and the detail tells the weight of the one that is reached", async () => {
  const view = await mount(draw());
  const plot = view.find(".attention-plot");
  const detail = () => view.find(".attention-detail").textContent;
  await view.fire(plot, keyDown("ArrowDown"));
  expect(detail()).toBe("I looks at I with 1.00.");
  await view.fire(plot, keyDown("ArrowRight"));
  expect(detail()).toBe("I may not look at go: masked.");
  await view.fire(plot, keyDown("ArrowDown"));
  expect(detail()).toBe("go looks at go with 0.50.");
  await view.fire(plot, keyDown("Home"));
  expect(detail()).toBe("go looks at I with 0.50.");
});

test("one head is drawn when it is chosen, and another kind of attention when that is", async () => {
  const view = await mount(draw("ko"));
  await view.fire(view.find('[aria-label="1층 2번 헤드"]'), click());
  await view.fire(view.find(".attention-plot"), keyDown("End"));
  await view.fire(view.find(".attention-plot"), keyDown("ArrowDown"));
  expect(view.find(".attention-detail").textContent).toBe("‘go’ → ‘go’: 0.25");
  const cross = view.findAll("button").find(({ textContent }) => textContent === "cross")!;
  await view.fire(cross, click());
  expect(view.findAll(".attention-cell")).toHaveLength(2);
});

test("as lines, a token pointed at keeps its own lines and lets the others fade", async () => {
  const view = await mount(draw());
  const lines = view.findAll("button").find(({ textContent }) => textContent === "Lines")!;
  await view.fire(lines, click());
  expect(view.findAll(".attention-line")).toHaveLength(3);
  const token = view.findAll(".attention-lines g")[1];
  await view.fire(token, new Event("pointerenter"));
  expect(view.findAll(".attention-line[data-on]")).toHaveLength(2);
  expect(view.find(".attention-detail").textContent).toBe("go looks most at I (0.50), go (0.50).");
});

test("a shorter sentence forgets what was pointed at", async () => {
  const view = await mount(draw());
  await view.fire(view.find(".attention-plot"), keyDown("ArrowDown"));
  await view.fire(view.find(".attention-plot"), keyDown("ArrowDown"));
  const shorter = { queries: ["I"], keys: ["I"], weights: [[[[1]]]] };
  await view.update(<Attention output={{ ...output, views: [shorter] }} language="en" theme="light" />);
  expect(view.find(".attention-detail").textContent).toMatch(/^Point at a token/);
});
