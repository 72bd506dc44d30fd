// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { ConfusionOutput } from "../../../../kernels/runtime/display/output.ts";
import { ConfusionMatrix } from "../../../../src/outputs/confusion/confusion-matrix.tsx";
import { click, keyDown, mount } from "../mount.ts";

const output: ConfusionOutput = {
  kind: "confusion",
  labels: [{ en: "joy", ko: "기쁨" }, "anger"],
  counts: [
    [3, 1],
    [2, 4],
  ],
};

test("before a cell is pointed at, the detail tells the accuracy and the worst mistake", async () => {
  const view = await mount(<ConfusionMatrix output={output} language="en" />);
  expect(view.find(".confusion-detail").textContent).toBe(
    "Accuracy 70.0%. The most frequent mistake: anger taken for joy, 2 times.",
  );
});

test("the arrow keys walk the cells, and the detail tells the one that is reached", async () => {
  const view = await mount(<ConfusionMatrix output={output} language="ko" />);
  const [first] = view.findAll(".confusion-cell");
  first.focus();
  await view.fire(first, keyDown("ArrowRight"));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("정답 기쁨, 예측 anger: 1건 (25.0%)");
  expect(view.find(".confusion-detail").textContent).toBe("정답 기쁨, 예측 anger: 1건 (25.0%)");
  expect(view.findAll(".confusion-cell[tabindex='0']")).toHaveLength(1);
});

test("margins show recall and precision, a dash where there is none", async () => {
  const view = await mount(
    <ConfusionMatrix
      output={{
        ...output,
        counts: [
          [0, 0],
          [0, 5],
        ],
      }}
      language="en"
    />,
  );
  expect(view.findAll(".confusion-margin").map(({ textContent }) => textContent)).toEqual([
    "–",
    "100%",
    "–",
    "100%",
  ]);
});

test("a cell opens its examples by a click or by Enter, says how many more there are, and closes", async () => {
  const examples = [
    { truth: 1, prediction: 0, text: "We won." },
    { truth: 0, prediction: 0, text: { en: "What a day!", ko: "좋은 날!" } },
  ];
  const view = await mount(<ConfusionMatrix output={{ ...output, examples }} language="en" />);
  const cells = view.findAll(".confusion-cell");
  const opened = () => view.findAll(".confusion-examples li").map(({ textContent }) => textContent);
  await view.fire(cells[2], click());
  expect(opened()).toEqual(["We won.", "… and 1 more"]);
  cells[0].focus();
  await view.fire(cells[0], keyDown("Enter"));
  expect(opened()).toEqual(["What a day!", "… and 2 more"]);
  await view.fire(view.find(".confusion-examples button"), click());
  expect(opened()).toEqual([]);
});

test("per class, precision, recall and F1 stand beside how many examples there are", async () => {
  const view = await mount(<ConfusionMatrix output={output} language="ko" />);
  await view.fire(view.findAll("button")[1], click());
  const [joy] = view.findAll(".class-bars tbody tr");
  expect([...joy.children].map(({ textContent }) => textContent)).toEqual(["기쁨", "60%", "75%", "67%", "4"]);
});
