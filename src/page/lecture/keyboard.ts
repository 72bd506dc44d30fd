import type { ShortcutGroup, ShortcutName } from "../messages/index.ts";

/** One key combination as it is pressed and as it is shown. */
export interface Shortcut {
  readonly name: ShortcutName;
  readonly group: ShortcutGroup;
  readonly keys: readonly string[];
  /** Pressed twice in a row. */
  readonly twice?: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { name: "next", group: "move", keys: ["j", "↓"] },
  { name: "previous", group: "move", keys: ["k", "↑"] },
  { name: "run", group: "run", keys: ["Ctrl Enter"] },
  { name: "runAndAdvance", group: "run", keys: ["Shift Enter"] },
  { name: "runToHere", group: "run", keys: ["Ctrl Shift Enter"] },
  { name: "edit", group: "write", keys: ["Enter"] },
  { name: "leave", group: "write", keys: ["Esc"] },
  { name: "interrupt", group: "kernel", keys: ["i"], twice: true },
  { name: "restart", group: "kernel", keys: ["0"], twice: true },
  { name: "sheet", group: "kernel", keys: ["?"] },
];

/** A key press, freed of the browser. */
export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** A syllable is being composed: Enter belongs to it. */
  readonly composing: boolean;
  /** Where the focus is: in text, on something that Enter presses, on a cell, or elsewhere. */
  readonly on: "text" | "button" | "cell" | "page";
  readonly time: number;
}

export interface KeyReader {
  /** The command of a key press; undefined where it is none. */
  read(press: KeyPress, options: { singleKeys: boolean }): ShortcutName | undefined;
}

/** A second press counts within this many milliseconds, Jupyter's own pause for `i i`. */
const twiceWithin = 800;

export function createKeyReader(): KeyReader {
  let last: { key: string; time: number } | undefined;

  function isSecond(press: KeyPress): boolean {
    const second = last?.key === press.key && press.time - last.time <= twiceWithin;
    last = second ? undefined : { key: press.key, time: press.time };
    return second;
  }

  return {
    read(press, { singleKeys }) {
      if (press.composing || press.alt) return undefined;
      if (press.key === "Enter" && press.on !== "page") {
        if (press.ctrl) return press.shift ? "runToHere" : "run";
        if (press.shift) return "runAndAdvance";
        return press.on === "cell" ? "edit" : undefined;
      }
      if (press.on === "text") return press.key === "Escape" ? "leave" : undefined;
      if (press.ctrl) return undefined;
      if (press.on === "cell" && press.key === "ArrowDown") return "next";
      if (press.on === "cell" && press.key === "ArrowUp") return "previous";
      if (!singleKeys) return undefined;
      switch (press.key) {
        case "j":
          return "next";
        case "k":
          return "previous";
        case "?":
          return "sheet";
        case "i":
          return isSecond(press) ? "interrupt" : undefined;
        case "0":
          return isSecond(press) ? "restart" : undefined;
        default:
          return undefined;
      }
    },
  };
}
