import { useEffect } from "preact/hooks";
import type { CellId } from "../../notebook/notebook.ts";
import type { ShortcutName } from "../messages/index.ts";
import { focusCell, maybeFocusedCell, maybeVisibleCell } from "./cell-focus.ts";
import type { Desk } from "./desk.ts";
import { createKeyReader } from "./keyboard.ts";
import type { KeyPress } from "./keyboard.ts";

/** Makes the keys commands while the page stands. */
export function useKeyboard(desk: Desk): void {
  useEffect(() => {
    const reader = createKeyReader();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInDialog(event.target)) return;
      const name = reader.read(toKeyPress(event), { singleKeys: desk.singleKeys.peek() });
      if (name && obey(desk, name)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [desk]);
}

function toKeyPress(event: KeyboardEvent): KeyPress {
  return {
    key: event.key,
    ctrl: event.ctrlKey || event.metaKey,
    shift: event.shiftKey,
    alt: event.altKey,
    // Safari ends the composition before the key that ends it: that key has code 229.
    composing: event.isComposing || event.keyCode === 229,
    on: getFocus(event.target),
    time: event.timeStamp,
  };
}

function getFocus(target: EventTarget | null): KeyPress["on"] {
  if (!(target instanceof Element)) return "page";
  if (target.closest('input, textarea, select, [contenteditable="true"], .cm-editor')) return "text";
  if (target.matches("[data-cell], .cell-code pre")) return "cell";
  if (target.closest("[data-cell]")) return "button";
  return "page";
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, [role="menu"]') !== null;
}

/** Does what a command says. False where there is nothing to do it to, and the key keeps its own meaning. */
function obey(desk: Desk, name: ShortcutName): boolean {
  const { session } = desk;
  const focused = maybeFocusedCell();
  switch (name) {
    case "next":
      return step(desk, focused, 1);
    case "previous":
      return step(desk, focused, -1);
    case "sheet":
      desk.shortcutsOpen.value = true;
      return true;
    case "interrupt":
      void session.interrupt();
      return true;
    case "restart":
      void session.restart();
      return true;
    default:
      return focused !== undefined && obeyOnCell(desk, { name, id: focused });
  }
}

function obeyOnCell(desk: Desk, { name, id }: { name: ShortcutName; id: CellId }): boolean {
  const { session } = desk;
  switch (name) {
    case "run":
      void session.run(id);
      return true;
    case "runToHere":
      void session.runTo(id);
      return true;
    case "runAndAdvance": {
      const next = session.runAndAdvance(id);
      focusCell(next ?? id);
      return true;
    }
    case "edit":
      desk.edit(id);
      return true;
    case "leave":
      focusCell(id);
      return true;
    default:
      return false;
  }
}

function step(desk: Desk, from: CellId | undefined, by: 1 | -1): boolean {
  const { cells } = desk.session;
  const at = cells.findIndex(({ id }) => id === from);
  const target = at < 0 ? maybeVisibleCell() : cells[at + by]?.id;
  if (target === undefined) return false;
  focusCell(target);
  return true;
}
