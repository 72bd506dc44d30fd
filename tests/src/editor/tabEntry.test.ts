import { EditorState, type TransactionSpec } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { entered, setEntered, tabEntry } from "../../../src/editor/tabEntry.ts";

function isEnteredAfter(...steps: TransactionSpec[]): boolean {
  let state = EditorState.create({ doc: "let x", extensions: tabEntry() });
  for (const step of steps) state = state.update(step).state;
  return state.field(entered);
}

describe("an editor", () => {
  it("is not entered when it is made", () => {
    expect(isEnteredAfter()).toBe(false);
  });

  it.each(["input.type", "delete.backward", "select", "undo", "move.line"])(
    "is entered by %s",
    (userEvent) => {
      expect(isEnteredAfter({ userEvent })).toBe(true);
    },
  );

  it("is not entered by what the page does to its document", () => {
    expect(isEnteredAfter({ changes: { from: 0, insert: "a" } })).toBe(false);
  });

  it("stays entered until it is left", () => {
    const type = { userEvent: "input.type" };
    expect(isEnteredAfter(type, { changes: { from: 0, insert: "a" } })).toBe(true);
    expect(isEnteredAfter(type, { effects: setEntered.of(false) })).toBe(false);
    expect(isEnteredAfter({ effects: setEntered.of(true) })).toBe(true);
  });
});
