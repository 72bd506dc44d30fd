import { parseJsonLines, parseLines, parseParallel } from "gongbu/data";
import { expect, test } from "vitest";

test("JSON Lines give records; what is no object is dropped with its line, a last line cut short too", () => {
  const { columns, rows, dropped, repaired } = parseJsonLines(
    '\ufeff{"text": "a\\u0000", "label": 0}\r\n\t\r\n[1]\n{"text": " ", "label": 1}\n{"label": 2, "text": "한", "id": null}\r{"text": "cut',
    { required: ["text"] },
  );
  expect(columns).toEqual(["text", "label", "id"]);
  expect(rows).toEqual([
    { text: "a\0", label: 0 },
    { label: 2, text: "한", id: null },
  ]);
  expect(dropped.map(({ line, reason }) => [line, reason.en.replace(/:.*/, "")])).toEqual([
    [3, "JSON, but no object"],
    [4, "no value for text"],
    [6, "no JSON"],
  ]);
  expect(repaired).toEqual([]);
});

test("a JSON list is told from JSON Lines, and nothing at all is told, too", () => {
  expect(() => parseJsonLines('[\n{"a": 1},\n{"a": 2}\n]')).toThrow(/one JSON list.*JSON\.parse/);
  expect(() => parseJsonLines("a\nb")).toThrow(/No line could be read; line 1: no JSON/);
  expect(() => parseJsonLines("\n")).toThrow(/parseJsonLines: The text is empty/);
});

test("plain lines lose blanks at their ends, and a CR or a Unicode separator inside one does not part it", () => {
  const { rows, repaired } = parseLines(" a \r\n\t\nb\u2028c\rd\r\r\n");
  expect(rows).toEqual([{ text: "a" }, { text: "b\u2028c d" }]);
  expect(repaired.map(({ line }) => line)).toEqual([3]);
  expect(parseLines("a\rb\r").rows).toHaveLength(2);
  expect(() => parseLines(" \n")).toThrow(/parseLines: The text is empty/);
});

test("aligned text keeps line to line; a line that is blank on one side is dropped, on both it is nothing", () => {
  const { columns, rows, dropped } = parseParallel({
    en: "One.\r\n\r\nThree,\rstill three.\r\n\t\r\nFive.\r\n",
    ko: "하나.\n\n셋.\n넷.\n다섯.\n여섯.\n\n",
  });
  expect(columns).toEqual(["en", "ko"]);
  expect(rows).toEqual([
    { en: "One.", ko: "하나." },
    { en: "Three, still three.", ko: "셋." },
    { en: "Five.", ko: "다섯." },
  ]);
  expect(dropped.map(({ line, reason, source }) => [line, reason.en, source])).toEqual([
    [4, "en is blank", "\n넷."],
    [6, "en ends at line 5: lines before may be out of step, too", "\n여섯."],
  ]);
});

test("aligned text needs two sides with something in them", () => {
  expect(() => parseParallel({ en: "a" })).toThrow(/parseParallel: The sides have these lines: en 1/);
  expect(() => parseParallel({ en: "a", ko: " \n" })).toThrow(/en 1, ko 0/);
});
