// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import type { PlainError } from "../../../kernels/runtime/display/output.ts";
import { ErrorMessage } from "../../../src/outputs/error-message.tsx";
import { click, mount } from "./mount.ts";

const error: PlainError = {
  name: "ShapeError",
  code: "shape-mismatch",
  text: { en: "sizes differ", ko: "크기가 다릅니다" },
  cell: "model",
  at: { line: 3, column: 5 },
  frames: [{ name: "fit", cell: "train", at: { line: 9, column: 2 } }],
  cause: { name: "TypeError", text: "no tensor" },
};

test("the place is a button that goes there", async () => {
  const onGoTo = vi.fn();
  const view = await mount(<ErrorMessage error={error} language="en" onGoTo={onGoTo} />);
  const [place, frame] = view.findAll("button");
  expect([place.textContent, frame.textContent]).toEqual([
    "cell model, line 3, column 5",
    "cell train, line 9, column 2",
  ]);
  await view.fire(place, click());
  expect(onGoTo).toHaveBeenCalledWith({ cell: "model", at: { line: 3, column: 5 } });
});

test("a code leads to its page, and a cause is told with its error", async () => {
  const view = await mount(
    <ErrorMessage error={error} language="ko" errorPage={(code) => `/errors/${code}/`} />,
  );
  expect(view.find("a").getAttribute("href")).toBe("/errors/shape-mismatch/");
  expect(view.find("a").getAttribute("target")).toBe("_blank");
  expect(view.find(".error-where").textContent).toContain("셀 model, 3행 5열");
  expect(view.find(".error-cause").textContent).toBe("원인TypeErrorno tensor");
});

test("a code without a page is no link", async () => {
  const view = await mount(<ErrorMessage error={error} language="en" errorPage={() => undefined} />);
  expect(view.findAll("a")).toEqual([]);
});

test("an error of nowhere offers no place and no page", async () => {
  const view = await mount(
    <ErrorMessage error={{ name: "Error", text: "x" }} language="en" onGoTo={() => {}} />,
  );
  expect(view.findAll("button, a, details")).toEqual([]);
});
