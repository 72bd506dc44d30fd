import { describe, expect, test } from "vitest";
import { createKeyReader, shortcuts } from "../../../../src/page/lecture/keyboard.ts";
import type { KeyPress } from "../../../../src/page/lecture/keyboard.ts";
import { getMessages } from "../../../../src/page/messages/index.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  composing: false,
  on: "cell",
  time: 0,
  ...more,
});
const read = (key: string, more?: Partial<KeyPress>) =>
  createKeyReader().read(press(key, more), { singleKeys: true });

describe("keys", () => {
  test("run a cell, run and move on, and run up to it", () => {
    expect(read("Enter", { ctrl: true })).toBe("run");
    expect(read("Enter", { shift: true })).toBe("runAndAdvance");
    expect(read("Enter", { ctrl: true, shift: true })).toBe("runToHere");
    expect(read("Enter")).toBe("edit");
  });

  test("leave Enter to a syllable that is being composed", () => {
    expect(read("Enter", { shift: true, composing: true, on: "text" })).toBeUndefined();
  });

  test("leave letters to a text and Enter to a button", () => {
    expect(read("j", { on: "text" })).toBeUndefined();
    expect(read("Enter", { on: "button" })).toBeUndefined();
    expect(read("j", { on: "button" })).toBe("next");
  });

  test("leave arrows to the page unless a cell holds the focus", () => {
    expect(read("ArrowDown")).toBe("next");
    expect(read("ArrowDown", { on: "page" })).toBeUndefined();
    expect(read("ArrowUp", { on: "button" })).toBeUndefined();
  });

  test("leave the browser's own combinations alone", () => {
    expect(read("j", { ctrl: true })).toBeUndefined();
    expect(read("k", { alt: true })).toBeUndefined();
  });

  test("interrupt at the second i within 800 ms, not at the third", () => {
    const reader = createKeyReader();
    const at = (time: number) => reader.read(press("i", { time }), { singleKeys: true });
    expect(at(0)).toBeUndefined();
    expect(at(700)).toBe("interrupt");
    expect(at(800)).toBeUndefined();
    expect(at(1700)).toBeUndefined();
  });

  test("do not restart when another key came between", () => {
    const reader = createKeyReader();
    const at = (key: string, time: number) => reader.read(press(key, { time }), { singleKeys: true });
    at("0", 0);
    at("i", 100);
    expect(at("0", 200)).toBeUndefined();
  });

  test("that are single are no commands where the reader has turned them off", () => {
    const reader = createKeyReader();
    expect(reader.read(press("j"), { singleKeys: false })).toBeUndefined();
    expect(reader.read(press("Enter", { shift: true }), { singleKeys: false })).toBe("runAndAdvance");
  });

  test("all have a name in both languages on the sheet", () => {
    const named = Object.keys(getMessages("en").shortcutNames);
    expect(shortcuts.map(({ name }) => name).sort()).toEqual(named.sort());
  });
});
