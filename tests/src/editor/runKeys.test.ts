import { beforeEach, describe, expect, it } from "vitest";
import { RunKeys, type KeyPress } from "../../../src/editor/runKeys.ts";

const enter: KeyPress = {
  key: "Enter",
  code: "Enter",
  keyCode: 13,
  isComposing: false,
  repeat: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
};
const shiftEnter = { ...enter, shiftKey: true };
const whileComposing = { ...shiftEnter, key: "Process", keyCode: 229, isComposing: true };

let runs: string[];
let timers: (() => void)[];
let keys: RunKeys;

beforeEach(() => {
  runs = [];
  timers = [];
  keys = new RunKeys({
    onRun: () => runs.push("run"),
    onRunAndAdvance: () => runs.push("advance"),
    later(callback) {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
  });
});

function timePasses(): void {
  for (const callback of timers.splice(0)) callback();
}

describe("a run key", () => {
  it.each([
    ["Shift+Enter", { shiftKey: true }, ["advance"]],
    ["Ctrl+Enter", { ctrlKey: true }, ["run"]],
    ["Cmd+Enter", { metaKey: true }, ["run"]],
    ["Enter alone", {}, []],
    ["Alt+Shift+Enter", { altKey: true, shiftKey: true }, []],
    ["Ctrl+Shift+Enter", { ctrlKey: true, shiftKey: true }, []],
  ])("is, or is not, %s", (_name, modifiers, expected) => {
    expect(keys.keyDown({ ...enter, ...modifiers })).toBe(expected.length > 0);
    expect(runs).toEqual(expected);
  });

  it("is the number pad's Enter too, and no other key", () => {
    expect(keys.keyDown({ ...shiftEnter, code: "NumpadEnter" })).toBe(true);
    expect(keys.keyDown({ ...shiftEnter, key: "a", code: "KeyA" })).toBe(false);
  });

  it("runs once for as long as it is held", () => {
    keys.keyDown(shiftEnter);
    expect(keys.keyDown({ ...shiftEnter, repeat: true })).toBe(true);
    expect(runs).toEqual(["advance"]);
    keys.keyUp(enter);
    keys.keyDown(shiftEnter);
    expect(runs).toEqual(["advance", "advance"]);
  });

  it("that comes held down from another editor runs nothing", () => {
    expect(keys.keyDown({ ...shiftEnter, repeat: true })).toBe(true);
    expect(runs).toEqual([]);
  });

  it("counts again after the focus was lost before it came up", () => {
    keys.keyDown(shiftEnter);
    keys.blur();
    keys.keyDown(shiftEnter);
    expect(runs).toEqual(["advance", "advance"]);
  });
});

describe("a run that is asked for during a composition", () => {
  beforeEach(() => keys.compositionStart());

  it("waits for its end and for the text to be in the document", () => {
    expect(keys.keyDown(whileComposing)).toBe(true);
    timePasses();
    expect(runs).toEqual([]);
    keys.compositionEnd();
    expect(runs).toEqual([]);
    timePasses();
    expect(runs).toEqual(["advance"]);
  });

  it("happens once when the press is reported a second time after the end", () => {
    keys.keyDown(whileComposing);
    keys.compositionEnd();
    expect(keys.keyDown(shiftEnter)).toBe(true);
    timePasses();
    keys.keyUp(enter);
    timePasses();
    expect(runs).toEqual(["advance"]);
  });

  it("happens once when the key comes up between the two reports", () => {
    keys.keyDown(whileComposing);
    keys.keyUp({ key: "Process", code: "Enter" });
    keys.compositionEnd();
    keys.keyDown(shiftEnter);
    timePasses();
    expect(runs).toEqual(["advance"]);
  });

  it("waits on when another syllable is begun at once", () => {
    keys.keyDown(whileComposing);
    keys.compositionEnd();
    keys.compositionStart();
    timePasses();
    expect(runs).toEqual([]);
    keys.compositionEnd();
    timePasses();
    expect(runs).toEqual(["advance"]);
  });

  it("is the first one, however often it is asked for", () => {
    keys.keyDown({ ...whileComposing, shiftKey: false, ctrlKey: true });
    keys.keyUp(enter);
    keys.keyDown(whileComposing);
    keys.compositionEnd();
    timePasses();
    expect(runs).toEqual(["run"]);
  });

  it("still happens when the focus goes, and not when the editor does", () => {
    keys.keyDown(whileComposing);
    keys.blur();
    timePasses();
    expect(runs).toEqual(["advance"]);
    keys.compositionStart();
    keys.keyDown(whileComposing);
    keys.compositionEnd();
    keys.forget();
    timePasses();
    expect(runs).toEqual(["advance"]);
  });
});

describe("a composition without a run", () => {
  it("runs nothing when it ends", () => {
    keys.compositionStart();
    expect(keys.keyDown({ ...enter, keyCode: 229, isComposing: true })).toBe(false);
    keys.compositionEnd();
    timePasses();
    expect(runs).toEqual([]);
  });
});

describe("a press that is told with key code 229 after the composition's end", () => {
  it("runs once, later", () => {
    keys.keyDown({ ...shiftEnter, keyCode: 229 });
    expect(runs).toEqual([]);
    timePasses();
    expect(runs).toEqual(["advance"]);
  });
});
