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
  expect(() => parseTsv("a\tb", { quotes: "single" as "literal" })).toThrow(/`quotes` is "single"/);
});

test("quotes doubled the CSV way are seen, and quotes that are only characters are left alone", () => {
  const doubled = parseTsv('text\tlabel\n"""We need more."" ""OK."""\t3\n""""""\t0\nplain\t1\n');
  expect(doubled.quotes).toBe("doubled");
  expect(doubled.rows.map(({ text }) => text)).toEqual(['"We need more." "OK."', '""', "plain"]);

  const literal = parseTsv('text\tlabel\n"\tO\nHi" he said\t1\n"Whole sentence."\t0\n');
  expect(literal.quotes).toBe("literal");
  expect(literal.rows.map(({ text }) => text)).toEqual(['"', 'Hi" he said', '"Whole sentence."']);
  expect(literal.repaired).toEqual([]);

  expect(parseTsv('"text"\t"label"\n"a\tb"\t"0"\n').rows).toEqual([{ text: "a\tb", label: "0" }]);
  expect(parseTsv('text\n"a ""b"""\n', { quotes: "literal" }).rows).toEqual([{ text: '"a ""b"""' }]);
});

test("a file without a header takes the names that it is given, and its lines may begin with #", () => {
  const { rows, comments } = parseTsv("#hashtag!\t3,6\ned1\nI won\t3\ted2\n", {
    columns: ["text", "labels"],
    required: ["labels"],
  });
  expect([rows, comments]).toEqual([[{ text: "#hashtag!", labels: "3,6" }], []]);
});

test("lines that end in CR alone are lines, and a CR inside a value is a blank of that value", () => {
  expect(parseTsv("text\tlabel\ra\tjoy\r\rb\tfear").rows.map(({ text }) => text)).toEqual(["a", "b"]);
  const mixed = parseTsv("text\tlabel\na\tjoy\rb\tfear\r\nc\rd\tjoy\n");
  expect(mixed.rows.map(({ text }) => text)).toEqual(["a", "b", "c d"]);
  expect(mixed.repaired.map(({ line, reason }) => [line, reason.en])).toEqual([
    [4, "a carriage return inside a value was read as a blank"],
  ]);
});

test("NULs are taken out, characters that were lost are told, and a mark inside the file is taken off", () => {
  const { rows, repaired } = parseTsv(
    "text\tlabel\na\0b\0\tjoy\n\ufeffc\tfear\nd\ufffd\tjoy\n\u2028e\tjoy\n",
  );
  expect(rows.map(({ text }) => text)).toEqual(["ab", "c", "d\ufffd", "e"]);
  expect(repaired.map(({ line, reason }) => [line, reason.en.slice(0, 17)])).toEqual([
    [2, "2 NUL taken out"],
    [3, "a byte order mark"],
    [4, "1 U+FFFD (�): byt"],
  ]);
});

test("blanks at the ends of values stay if they are wanted", () => {
  expect(parseTsv("word\ttag\n \tO\n", { trim: false }).rows).toEqual([{ word: " ", tag: "O" }]);
});
