// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { LogOutput } from "../../../kernels/runtime/display/output.ts";
import { LogLine } from "../../../src/outputs/log-line.tsx";
import { mount } from "./mount.ts";

const line: LogOutput = {
  kind: "log",
  level: "warn",
  parts: [
    { type: "primitive", of: "string", text: "rate" },
    { type: "primitive", of: "number", text: "0.5" },
  ],
  count: 3,
};

test("strings stand without quotes, and the level and the count are told in words", async () => {
  const view = await mount(<LogLine output={line} language="en" />);
  expect(view.find(".log-parts").textContent).toBe("rate 0.5");
  expect(view.find(".log-level").textContent).toBe("warning");
  expect(view.find(".log-count").textContent).toBe("×3repeated 3 times");
});

test("a plain line has neither level nor count", async () => {
  const view = await mount(<LogLine output={{ ...line, level: "log", count: 1 }} language="ko" />);
  expect(view.findAll(".log-level, .log-count")).toEqual([]);
});
