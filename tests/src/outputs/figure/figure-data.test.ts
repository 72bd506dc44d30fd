import { expect, test } from "vitest";
import type { FigureOutput } from "../../../../kernels/runtime/display/output.ts";
import { getFigureHeight, localize, toFigure } from "../../../../src/outputs/figure/figure-data.ts";

const output: FigureOutput = {
  kind: "figure",
  data: [
    {
      type: "bar",
      name: { en: "one", ko: "하나" },
      x: [{ en: "joy", ko: "기쁨" }, "b"],
      y: new Float32Array([1, 2]),
    },
  ],
  layout: { title: { text: { en: "Title", ko: "제목" } }, margin: { l: 5 } },
  description: "",
};
const options = { language: "ko", template: { layout: {} }, width: 600 } as const;

test("words in both languages are found at any depth, and typed arrays made plain", () => {
  const figure = toFigure(output, options);
  expect(figure.data).toEqual([{ type: "bar", name: "하나", x: ["기쁨", "b"], y: [1, 2] }]);
  expect(figure.layout).toMatchObject({ title: { text: "제목" }, width: 600 });
});

test("a record that has more than words keeps its shape", () => {
  expect(localize({ en: 1, ko: 2 }, "en")).toEqual({ en: 1, ko: 2 });
});

test("a figure's height is known before it is drawn", () => {
  expect(getFigureHeight(output)).toBe(320);
  expect(getFigureHeight({ ...output, layout: { height: 200 } })).toBe(200);
});

test("the cell's own margins go before the room that title and legend need", () => {
  expect(toFigure(output, options).layout.margin).toEqual({ t: 36, l: 5 });
  expect(
    toFigure({ ...output, layout: { showlegend: true, margin: { t: 3 } } }, options).layout.margin,
  ).toEqual({ t: 3 });
  expect(toFigure({ ...output, layout: { showlegend: true } }, options).layout.margin).toEqual({ t: 40 });
});

test("what the cell says of the layout goes before the page's template, and the width is the page's", () => {
  const { layout } = toFigure({ ...output, layout: { template: { own: true }, width: 9000 } }, options);
  expect(layout).toMatchObject({ template: { own: true }, width: 600 });
});

test("curves over numbers keep room for their labels, so that no margin is measured while they grow", () => {
  const curve = { type: "scatter", x: [1, 2], y: [3, 4] };
  const { layout } = toFigure(
    { ...output, data: [curve], layout: { yaxis: { title: { text: "loss" } }, xaxis: { type: "log" } } },
    options,
  );
  expect(layout.yaxis).toMatchObject({ automargin: false, title: { text: "loss" } });
  expect(layout.xaxis).toMatchObject({ automargin: false, type: "log" });
  expect(layout.margin).toMatchObject({ l: 68 });
});

test("figures whose labels are words have their margins measured", () => {
  const named = { type: "scatter", x: ["a long name", "b"], y: [3, 4] };
  for (const data of [output.data, [named]]) {
    expect(toFigure({ ...output, data, layout: {} }, options).layout).not.toHaveProperty("yaxis");
  }
});
