import { parseTsv } from "gongbu/data";
import { expect, test } from "vitest";

test("a table survives a byte order mark, Windows line ends, blank lines and stray blanks", () => {
  const { columns, rows, dropped } = parseTsv(
    '\ufeff\r\ntext\tlabel \r\n"Hi", he said.\t joy\r\n\t\r\n  \r\nBye\tsadness',
  );
  expect(columns).toEqual(["text", "label"]);
  expect(rows).toEqual([
    { text: '"Hi", he said.', label: "joy" },
    { text: "Bye", label: "sadness" },
  ]);
  expect(dropped).toEqual([]);
});

test("rows that do not fit are dropped with line and reason", () => {
  const { rows, dropped } = parseTsv("text\tlabel\na\tjoy\nb\nc\tjoy\textra\n\n\tanger\nd\tfear\n", {
    required: ["text", "label"],
  });
  expect(rows.map(({ text }) => text)).toEqual(["a", "d"]);
  expect(dropped.map(({ line, reason }) => [line, reason.en])).toEqual([
    [3, "1 values for 2 columns"],
    [4, "3 values for 2 columns"],
    [6, "no value for text"],
  ]);
  expect(dropped[0].source).toBe("b");
});

test("a table without the wanted columns, with one twice, or without anything is refused", () => {
  expect(() => parseTsv("text,label\na,b", { required: ["label"] })).toThrow(
    /parseTsv: Line 1 names.*text,label.*tabs/,
  );
  expect(() => parseTsv("a\tb\ta\n")).toThrow(/should be there once/);
  expect(() => parseTsv(" \n\n")).toThrow(/parseTsv: The text is empty/);
});
