import { parseCsv } from "gongbu/data";
import fc from "fast-check";
import { expect, test } from "vitest";

const reasons = (reports: readonly { line: number; reason: { en: string } }[]) =>
  reports.map(({ line, reason }) => [line, reason.en]);

test("commas, doubled quotes and line ends stand inside wrapped values; lines are counted as an editor counts them", () => {
  const { rows, dropped, repaired } = parseCsv(
    'text,label\r\n"Well, ""hello""!",joy\r\n"two\r\nlines",fear\r\n\r\nlast,anger,more\r\n"",sadness',
  );
  expect(rows).toEqual([
    { text: 'Well, "hello"!', label: "joy" },
    { text: "two\r\nlines", label: "fear" },
    { text: "", label: "sadness" },
  ]);
  expect(reasons(dropped)).toEqual([[6, "3 values for 2 columns"]]);
  expect(repaired).toEqual([]);
});

test("a table that is written by the rule is read as it was, whatever its values hold", () => {
  const value = fc.string({ unit: fc.constantFrom("a", "한", '"', ",", "\n", "\r", ";", "\\", " ", "\t") });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 6 }), (rows) => {
      const wrap = (value: string) => `"${value.replace(/"/g, '""')}"`;
      const text = rows.map((row) => row.map(wrap).join(",")).join("\n");
      const columns = ["a", "b", "c"];
      const read = parseCsv(text, { columns, delimiter: ",", trim: false });
      expect(read.rows.map((row) => columns.map((name) => row[name]))).toEqual(rows);
      expect([read.dropped, read.repaired]).toEqual([[], []]);
    }),
  );
});

test("a quote that nobody closes spoils at most its own line", () => {
  const { rows, dropped, repaired } = parseCsv(
    'text,label\na,joy\n"b, too,joy\nc,fear\n"d ""e""",joy\nf,fear\n"g,anger\nh,fear',
  );
  expect(rows.map(({ text }) => text)).toEqual(["a", "c", 'd "e"', "f", '"g', "h"]);
  expect(reasons(dropped)).toEqual([[3, "a quote opens a value and is not closed as it should be"]]);
  expect(reasons(repaired)).toEqual([[7, "a quote wraps no value and was read as a character"]]);
});

test("a wrapped value of several lines in a row with too many values is dropped whole", () => {
  const { rows, dropped } = parseCsv('text,label\n"one\ntwo",joy,more\nb,fear');
  expect(rows).toEqual([{ text: "b", label: "fear" }]);
  expect(dropped).toEqual([
    {
      line: 2,
      reason: { en: "3 values for 2 columns", ko: "열은 2개인데 값은 3개" },
      source: '"one\ntwo",joy,more',
    },
  ]);
});

test("quotes that are not doubled are forgiven where the row comes out, and told", () => {
  const { rows, repaired } = parseCsv(
    'text,label\n"He said "hi, you" twice",joy\n"He said \\"hi\\"",joy\n"Hi", he said;joy\na 5" pipe,fear\n x, "y, z"',
  );
  expect(rows.map(({ text, label }) => [text, label])).toEqual([
    ['He said "hi, you" twice', "joy"],
    ['He said "hi"', "joy"],
    ["Hi", "he said;joy"],
    ['a 5" pipe', "fear"],
    ["x", "y, z"],
  ]);
  expect(reasons(repaired)).toEqual([
    [2, "a quote inside a quoted value is not doubled"],
    [3, "a quote has a backslash before it instead of being doubled"],
    [5, "a quote wraps no value and was read as a character"],
  ]);
});

test.each([
  ["semicolons", "text;label\na, b;joy\n"],
  ["tabs", "text\tlabel\na, b\tjoy\n"],
  ["bars", "text|label\na, b|joy\n"],
  ["a delimiter that the first line names", "sep=|\ntext|label\na, b|joy\n"],
])("values parted by %s are found", (_, source) => {
  expect(parseCsv(source).rows).toEqual([{ text: "a, b", label: "joy" }]);
});

test("empty values at the ends of rows, an unnamed index, comments and rows without a value", () => {
  const { columns, rows, comments, dropped } = parseCsv(
    ",text,label,\n# a note, with a comma\n0,a,joy,,\n1,,fear,\n,,,\n2,c,anger\n",
    { comment: "#", required: ["text"] },
  );
  expect(columns).toEqual(["column1", "text", "label"]);
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["0", "a", "joy"],
    ["2", "c", "anger"],
  ]);
  expect(comments).toEqual(["# a note, with a comma"]);
  expect(reasons(dropped)).toEqual([[4, "no value for text"]]);
});

test("what cannot be read at all is an error", () => {
  expect(() => parseCsv("\n \n")).toThrow(/parseCsv: The text is empty/);
  expect(() => parseCsv("a,b", { columns: ["x", "y", "z"] })).toThrow(
    /parseCsv: No line could be read; line 1: 2 values for 3/,
  );
  expect(() => parseCsv("a,b", { delimiter: "::" })).toThrow(/`delimiter` is "::"/);
  expect(() => parseCsv("a,b\n1,2", { required: ["c"] })).toThrow(
    /Line 1 names the columns a, b.*c should be.*commas/,
  );
});
