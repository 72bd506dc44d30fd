// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProgressOutput } from "../../../kernels/runtime/display/output.ts";
import { Progress } from "../../../src/outputs/progress.tsx";
import { mount } from "./mount.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const at = (value: number, rest: Partial<ProgressOutput> = {}) => (
  <Progress output={{ kind: "progress", value, total: 200, unit: "steps", ...rest }} language="en" />
);

test("a bar says how far, how fast and how long", async () => {
  const view = await mount(at(50, { rate: 12.34, remaining: 90, note: { en: "loss 0.4", ko: "손실 0.4" } }));
  const bar = view.find("[role=progressbar]");
  expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuemax")]).toEqual(["50", "200"]);
  expect(bar.getAttribute("aria-valuetext")).toBe("25%, about 1 min 30 s left");
  expect(view.findAll(".progress-facts span").map(({ textContent }) => textContent)).toEqual([
    "loss 0.4",
    "12.3 steps/s",
    "about 1 min 30 s left",
  ]);
});

test("a bar whose end is not known has no value for a screen reader to misread", async () => {
  const view = await mount(at(50, { total: undefined }));
  const bar = view.find("[role=progressbar]");
  expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuemax")]).toEqual([null, null]);
  expect(view.element.textContent).toContain("50 steps");
});

test("progress is announced at most every ten seconds, and its end at once", async () => {
  const view = await mount(at(1));
  const announced = () => view.find("[role=status]").textContent;
  expect(announced()).toBe("");
  vi.advanceTimersByTime(9000);
  await view.update(at(20));
  expect(announced()).toBe("");
  vi.advanceTimersByTime(1500);
  await view.update(at(40));
  expect(announced()).toBe("20%");
  vi.advanceTimersByTime(2000);
  await view.update(at(100));
  expect(announced()).toBe("20%");
  await view.update(at(200));
  expect(announced()).toBe("100%");
});
