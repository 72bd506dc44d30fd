import { indentLess, indentMore } from "@codemirror/commands";
import { StateEffect, StateField, type Extension, type Transaction } from "@codemirror/state";
import { EditorView, keymap, type Command } from "@codemirror/view";

/**
 * Tab indents only in an editor that has been entered: by a click, by typing, by moving the cursor. A reader who comes
 * by with Tab goes on with Tab, and one who has entered leaves with Escape, then Tab.
 */
export function tabEntry({ onEscape }: { onEscape?: (() => void) | undefined } = {}): Extension {
  const leave: Command = (view) => {
    view.dispatch({ effects: setEntered.of(false) });
    onEscape?.();
    return true;
  };
  const ifEntered =
    (command: Command): Command =>
    (view) =>
      view.state.field(entered) && command(view);
  return [
    entered,
    EditorView.focusChangeEffect.of((_, focusing) => (focusing ? null : setEntered.of(false))),
    EditorView.domEventHandlers({
      mousedown: (_, view) => view.dispatch({ effects: setEntered.of(true) }),
    }),
    keymap.of([
      { key: "Tab", run: ifEntered(indentMore), shift: ifEntered(indentLess) },
      { key: "Escape", run: leave },
    ]),
  ];
}

export const setEntered = StateEffect.define<boolean>();

/** Whether the editor has been entered. */
export const entered = StateField.define<boolean>({
  create: () => false,
  update: (value, transaction) => statedBy(transaction) ?? (value || isByReader(transaction)),
});

function statedBy({ effects }: Transaction): boolean | undefined {
  return effects.findLast((effect) => effect.is(setEntered))?.value as boolean | undefined;
}

/** Typing, deleting, pasting, undoing and moving the cursor; not what the page does to the document. */
function isByReader(transaction: Transaction): boolean {
  return ["input", "delete", "move", "select", "undo", "redo"].some((event) =>
    transaction.isUserEvent(event),
  );
}
