import { describe, expect, it } from "vitest";
import { inspectOutput } from "../../../../kernels/runtime/display/inspect.ts";
import type { Control, Output } from "../../../../kernels/runtime/display/output.ts";
import { plainText } from "../../../../kernels/runtime/display/plain.ts";
import {
  bars,
  confusion,
  html,
  markdown,
  progress,
  table,
  tokens,
} from "../../../../kernels/runtime/display/index.ts";

const both = { en: "loss", ko: "손실" };

describe("an output as plain text", () => {
  it.each<[string, Output, string, string]>([
    ["text", { kind: "text", text: both }, "loss", "손실"],
    ["markdown", markdown(both), "loss", "손실"],
    ["HTML", html("<style>b{}</style><p>a <b>b</b></p><script>alert(1)</script>"), "a b", "a b"],
    ["a figure", bars(["a"], [1], { title: both }), "[figure] loss", "[figure] 손실"],
    [
      "tokens",
      tokens({
        tokens: ["a", "b", "[PAD]"],
        ids: [5, 6, 0],
        attentionMask: [1, 1, 0],
        labels: ["B", null, null],
      }),
      "a(5 B) b(6) [PAD](0 pad)",
      "a(5 B) b(6) [PAD](0 pad)",
    ],
    [
      "a confusion matrix",
      confusion(
        [
          [1, 0],
          [2, 30],
        ],
        { labels: ["x", "y"] },
      ),
      "   x  y\nx  1  0\ny  2  30",
      "   x  y\nx  1  0\ny  2  30",
    ],
    [
      "progress",
      progress({ value: 5, total: 10, label: both, rate: 2.5, unit: { en: "steps", ko: "단계" } }),
      "loss [############············] 5/10 2.5/s steps",
      "손실 [############············] 5/10 2.5/s 단계",
    ],
    [
      "an error with its place and cause",
      {
        kind: "error",
        error: {
          name: "TypeError",
          text: both,
          cell: "c",
          at: { line: 2, column: 7 },
          cause: { name: "Error", text: "why" },
        },
      },
      "TypeError: loss (cell c, line 2, column 7)\n  caused by Error: why",
      "TypeError: 손실 (cell c, line 2, column 7)\n  caused by Error: why",
    ],
  ])("of %s is in the reader's language", (_, output, en, ko) => {
    expect(plainText(output)).toBe(en);
    expect(plainText(output, "ko")).toBe(ko);
  });

  it("writes values as a program would", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    const value = {
      word: "공부",
      n: [1, -0, NaN],
      f: new Float32Array(101),
      m: new Map([["k", 1]]),
      g: () => 1,
      e: new Error("no"),
      loop,
    };
    expect(plainText(inspectOutput(value))).toBe(
      `{word: "공부", n: [1, -0, NaN], f: Float32Array [${"0, ".repeat(100)}… 1 more], ` +
        'm: Map {"k": 1}, g: [function g], e: Error: no, loop: [[circular Array]]}',
    );
  });

  it("aligns the columns of a table, Hangul taking two places each", () => {
    const output = table([
      { 낱말: "한국", n: 1 },
      { 낱말: "ab", n: 22 },
    ]);
    expect(plainText(output)).toBe("낱말  n\n한국  1\nab    22");
  });

  it("writes a table's numbers with its digits, leaves gaps empty, and counts the rows that are left out", () => {
    const rows = Array.from({ length: 25 }, (_, i) => ({ a: i === 0 ? null : i / 3, b: true }));
    const lines = plainText(table(rows, { digits: { a: 2 }, columns: ["b", "a"] })).split("\n");
    expect(lines.slice(0, 3)).toEqual(["b     a", "true", "true  0.33"]);
    expect(lines.at(-1)).toBe("… 5 more rows");
  });

  it("draws a bar that is neither shorter than empty nor longer than full", () => {
    expect(plainText(progress({ value: -5, total: 10 }))).toBe(`[${"·".repeat(24)}] -5/10`);
    expect(plainText(progress({ value: 15, total: 10 }))).toBe(`[${"#".repeat(24)}] 15/10`);
    expect(plainText(progress({ value: 3 }))).toBe("3");
  });

  it("joins what was logged, and says how often", () => {
    const parts = [inspectOutput("n is").value, inspectOutput(3).value];
    expect(plainText({ kind: "log", level: "log", parts, count: 1 })).toBe("n is 3");
    expect(plainText({ kind: "log", level: "log", parts, count: 4 })).toBe("n is 3 (×4)");
  });

  const options = [both, "error"];
  it.each<[string, Control, unknown, string]>([
    ["a range", { type: "range", min: 0, max: 1, label: both }, 0.5, "손실: 0.5"],
    ["a range with a format", { type: "range", min: 0, max: 1, formatted: "50%" }, 0.5, "range: 50%"],
    ["an empty number", { type: "number" }, undefined, "number: "],
    ["a select", { type: "select", options, multiple: false }, 1, "select: error"],
    ["a radio without a choice", { type: "radio", options }, null, "radio: "],
    ["a checkbox", { type: "checkbox", options }, [0, 1], "checkbox: 손실, error"],
    ["a toggle", { type: "toggle" }, true, "toggle: true"],
    ["text", { type: "text" }, "hi", "text: hi"],
    ["a password", { type: "text", inputType: "password" }, "secret", "text: ••••••"],
    ["a button", { type: "button", buttons: [both] }, 3, "button: [손실]"],
    ["files", { type: "file" }, ["a.txt"], 'file: ["a.txt"]'],
  ])("of %s is its label and what it says", (_, control, value, text) => {
    expect(plainText({ kind: "input", inputId: "c/0", control, value }, "ko")).toBe(text);
  });

  it("of a form has a line for each control, and of a refused value the reason", () => {
    const input = {
      kind: "input",
      inputId: "c/0.a",
      control: { type: "text" },
      value: "x",
      invalid: both,
    } as const;
    const control = {
      type: "form",
      template: "record",
      children: [
        { key: "a", input },
        { key: "b", input },
      ],
    } as const;
    expect(plainText({ kind: "input", inputId: "c/0", control, value: null })).toBe(
      "text: x (loss)\ntext: x (loss)",
    );
  });
});
