/** Whatever a text holds, a reader puts every part of it into what it returns or into its report. */
import { LearnerError } from "../../../../../kernels/nlp/error.ts";
import {
  parseConll,
  parseConllu,
  parseCsv,
  parseDataset,
  parseJsonLines,
  parseLines,
  parseParallel,
  parseTsv,
} from "gongbu/data";
import fc from "fast-check";
import { expect, test } from "vitest";

const piece = fc.constantFrom(
  ..."a|한|B-X|I-X|O|\t|\t| |\n|\n|\r|\r\n|\"|\"\"|,|,|;|#|# |\\|1|1-2|1.1|_|{|{\"a\":1}|[|]|-DOCSTART-|\u2028".split("|"),
); // prettier-ignore
const anyText = fc.array(piece, { maxLength: 50 }).map((pieces) => pieces.join(""));
const damage = fc.constantFrom("\0", "\ufeff", "\ufffd", "");

/** The result, or undefined where the reader says why there is none. */
function maybeRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(LearnerError);
    return undefined;
  }
}

test.each<[string, (text: string) => unknown]>([
  ["parseTsv", (text) => parseTsv(text)],
  ["parseCsv", (text) => parseCsv(text)],
  ["parseJsonLines", (text) => parseJsonLines(text)],
  ["parseLines", (text) => parseLines(text)],
  ["parseParallel", (text) => parseParallel({ a: text, b: "x\ny" })],
  ["parseConll", (text) => parseConll(text)],
  ["parseConll to another scheme", (text) => parseConll(text, { scheme: "BIO", to: "BIOES" })],
  ["parseConllu", (text) => parseConllu(text)],
  ["parseDataset", (text) => parseDataset(text)],
])("%s reads any text, or says why it cannot", (_, read) => {
  const text = fc.tuple(damage, anyText, damage, anyText).map((parts) => parts.join(""));
  fc.assert(fc.property(text, (text) => void maybeRead(() => read(text))));
});

test("every character of a table is in its rows or in what was dropped, and reports name their lines", () => {
  const characters = (text: string) => [...text.replace(/[\s",\\]/g, "")].sort().join("");
  fc.assert(
    fc.property(anyText, (text) => {
      const source = `h,i\n${text}`;
      const table = parseCsv(source, { delimiter: ",", columns: ["x", "y"] });
      const values = table.rows.map(({ x, y }) => x + y).join("");
      expect(characters(values + table.dropped.map((line) => line.source).join(""))).toBe(characters(source));
      const lines = source.split(/\r\n|\n|\r/);
      for (const { line, source } of [...table.dropped, ...table.repaired])
        expect(lines[line - 1]).toBe(source.split(/\r\n|\n|\r/)[0]);
    }),
  );
});

test("every line of words is a token, a comment, a document's beginning, blank, or dropped", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const read = maybeRead(() => parseConll(text));
      if (!read) return;
      const kept = read.sentences.reduce(
        (sum, { tokens, comments }) => sum + tokens.length + comments.length,
        0,
      );
      const lines = text.split(/\r\n|\n|\r/).filter((line) => /[^ \t]/.test(line));
      const counted = lines.filter((line) => !line.startsWith("-DOCSTART-"));
      expect(kept + read.dropped.length).toBe(counted.length);
    }),
  );
});
