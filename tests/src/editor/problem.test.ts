import { diagnosticCount, forEachDiagnostic } from "@codemirror/lint";
import { EditorState, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { markProblems, toRange, type EditorProblem } from "../../../src/editor/problem.ts";

const source = ["const 값 = 1", "", "  tokens.length"];
const doc = Text.of(source);

function marked(at: Parameters<typeof toRange>[1]): string {
  const { from, to } = toRange(doc, at);
  return doc.sliceString(from, to);
}

describe("what a problem marks", () => {
  it.each([
    ["a span", { line: 3, column: 3, endLine: 3, endColumn: 9 }, "tokens"],
    ["a span over lines", { line: 1, column: 11, endLine: 3, endColumn: 3 }, "1\n\n  "],
    ["the word at a place without an end", { line: 3, column: 10 }, "length"],
    ["a Korean word", { line: 1, column: 7 }, "값"],
    ["one character that is no word", { line: 3, column: 9 }, "."],
    ["the last character at the end of a line", { line: 1, column: 99 }, "1"],
    ["nothing in an empty line", { line: 2, column: 1 }, ""],
    ["the last line's end after lines were taken out", { line: 12, column: 40 }, "h"],
  ])("is %s", (_what, at, text) => {
    expect(marked(at)).toBe(text);
  });
});

describe("marking problems", () => {
  const unmarked = EditorState.create({ doc });
  const at = { line: 3, column: 3 };

  function marking(
    state: EditorState,
    problems: readonly EditorProblem[],
    language: "en" | "ko" = "en",
  ): EditorState {
    return state.update(markProblems(state, { problems, language })).state;
  }

  function messagesOf(state: EditorState): string[] {
    const messages: string[] = [];
    forEachDiagnostic(state, ({ message, severity }) => messages.push(`${severity}: ${message}`));
    return messages;
  }

  it("takes the place of the marks that there were", () => {
    const both = marking(unmarked, [
      { text: "one", at },
      { text: "two", at: { line: 1, column: 1 } },
    ]);
    expect(diagnosticCount(both)).toBe(2);
    const third = marking(both, [{ text: "three", at, severity: "warning" }]);
    expect(messagesOf(third)).toEqual(["warning: three"]);
    expect(diagnosticCount(marking(third, []))).toBe(0);
  });

  it("says them in the language that is read", () => {
    const problem = { text: { en: "wrong", ko: "틀렸습니다" }, at };
    expect(messagesOf(marking(unmarked, [problem]))).toEqual(["error: wrong"]);
    expect(messagesOf(marking(unmarked, [problem], "ko"))).toEqual(["error: 틀렸습니다"]);
  });

  it("marks nothing for a problem without a place", () => {
    expect(diagnosticCount(marking(unmarked, [{ text: "somewhere" }]))).toBe(0);
  });
});
