import { parseConll } from "gongbu/data";
import { expect, test } from "vitest";

const reasons = (reports: readonly { line: number; reason: { en: string } }[]) =>
  reports.map(({ line, reason }) => [line, reason.en]);

test("sentences end at blank lines, with or without a tab in them; the last needs none", () => {
  const { sentences, scheme, dropped } = parseConll(
    "\ufeff\r\nRome\tB-LOC \r\nis\t O\r\n\t\r\n\t\r\nBig\tO\r\n  \r\n.\tO",
  );
  expect(sentences.map(({ tokens, labels, line }) => ({ tokens, labels, line }))).toEqual([
    { tokens: ["Rome", "is"], labels: ["B-LOC", "O"], line: 2 },
    { tokens: ["Big"], labels: ["O"], line: 6 },
    { tokens: ["."], labels: ["O"], line: 8 },
  ]);
  expect([scheme, dropped]).toEqual(["BIO", []]);
});

test("a blank may be a token, a quote is a character, and # begins a comment only where it is no row", () => {
  const { sentences, dropped } = parseConll(
    '## made by hand\n## id-1\t<하:X> #\n하\tB-X\n \tO\n"\tO\n#\tO\n#tag\tO\n\n# note\n#id=3\n나\tO\n#tail\n\n# the end\n',
  );
  expect(sentences.map(({ tokens }) => tokens)).toEqual([["하", " ", '"', "#", "#tag"], ["나"]]);
  expect(sentences.map(({ comments }) => comments)).toEqual([
    ["## made by hand", "## id-1\t<하:X> #"],
    ["# note", "#id=3"],
  ]);
  expect(reasons(dropped)).toEqual([
    [12, "no label"],
    [14, "a comment that no sentence follows"],
  ]);
});

test("how comments begin can be said", () => {
  const source = "% a\tb\n# x\tO\n";
  expect(parseConll(source, { comment: "%" }).sentences[0].tokens).toEqual(["# x"]);
  expect(parseConll(source, { comment: false }).sentences[0].tokens).toEqual(["% a", "# x"]);
});

test("columns parted by blanks, documents, and the choice of the columns", () => {
  const source =
    "-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\n\n-DOCSTART- -X- -X- O\n\nGerman JJ B-NP I-MISC\n";
  const ner = parseConll(source);
  expect(ner.sentences.map(({ tokens, labels, document }) => ({ tokens, labels, document }))).toEqual([
    { tokens: ["EU", "rejects"], labels: ["I-ORG", "O"], document: 0 },
    { tokens: ["German"], labels: ["I-MISC"], document: 1 },
  ]);
  expect(ner.sentences[0].columns[2]).toEqual(["B-NP", "B-VP"]);
  const pos = parseConll(source, { labelColumn: 1 });
  expect([pos.sentences[0].labels, pos.scheme]).toEqual([["NNP", "VBZ"], undefined]);
  expect(parseConll(source, { tokenColumn: 1, labelColumn: -2 }).sentences[0].tokens).toEqual(["NNP", "VBZ"]);
});

test("a blank token is found where blanks part the columns, and no other space of Unicode parts any", () => {
  const { sentences, dropped } = parseConll("서 B-LC\n  O\n\u3000 O\n O\n울 I-LC\n");
  expect(sentences[0].tokens).toEqual(["서", " ", "\u3000", "울"]);
  expect(reasons(dropped)).toEqual([[4, "no label"]]);
});

test("rows of different lengths are kept where the columns that are asked for are there", () => {
  const { sentences } = parseConll("a NN O\nb VB O x\nc DT O\n", { labelColumn: 1 });
  expect(sentences[0].labels).toEqual(["NN", "VB", "DT"]);
  expect(sentences[0].columns[3]).toEqual(["", "x", ""]);
});

test("a file of one column has tokens and no labels, and # begins tokens in it", () => {
  const { sentences, scheme } = parseConll("&\ngt\n\n#tag\n#1\n");
  expect(sentences.map(({ tokens, labels }) => [tokens, labels])).toEqual([
    [["&", "gt"], []],
    [["#tag", "#1"], []],
  ]);
  expect(scheme).toBeUndefined();
});

test("rows that are none are dropped with line and reason, rows with blanks for the tab are kept and told", () => {
  const { sentences, dropped, repaired } = parseConll("a\tO\n\tB-X\nb\t\nc\tO\tmore\nd O\ne\tO\t\t\n");
  expect(sentences.map(({ tokens }) => tokens)).toEqual([["a", "d", "e"]]);
  expect(reasons(dropped)).toEqual([
    [2, "no token"],
    [3, "no label"],
    [4, "3 columns where the file has 2"],
  ]);
  expect(reasons(repaired)).toEqual([[5, "columns parted by blanks in a file with tabs"]]);
});

test("labels are converted on the way, invalid ones repaired, foreign ones dropped, each with its line", () => {
  const source = `${"x\tO\n".repeat(199)}y\tB-X\n\nA\tO\nB\tI-PER\nC\tb-per\nD\tI-LOC\nE\tB-LOC\n`;
  const { sentences, scheme, dropped, repaired } = parseConll(source, { to: "BIOES" });
  expect(scheme).toBe("BIOES");
  expect(sentences[1].labels).toEqual(["O", "S-PER", "S-LOC", "S-LOC"]);
  expect(reasons(dropped)).toEqual([[204, '"b-per" is no label of the scheme BIO']]);
  expect(reasons(repaired)).toEqual([
    [203, "I-PER: there is no B-PER or I-PER before it"],
    [205, "I-LOC: there is no B-LOC or I-LOC before it"],
  ]);
  const joined = parseConll("A B-X\nB B-X\n", { to: "IO" });
  expect([joined.sentences[0].labels, reasons(joined.repaired)]).toEqual([
    ["I-X", "I-X"],
    [[2, "IO cannot part it from the entity before it, of the same type: they are one now"]],
  ]);
  expect(parseConll("A I-X\nB B-X\n", { to: "BIO" }).sentences[0].labels).toEqual(["B-X", "B-X"]);
});

test("a file without blank lines ends its sentences where it is told", () => {
  const source = "당신은\tBOS\t당신/NP\n돕게\t\t돕/VV\n될\tEOS\t되/VX\n안녕!\tBOS/EOS\t안녕/IC\n";
  const { sentences, dropped } = parseConll(source, { endsSentence: ([, mark]) => mark.endsWith("EOS") });
  expect(sentences.map(({ tokens }) => tokens)).toEqual([["당신은", "돕게", "될"], ["안녕!"]]);
  expect([sentences[0].columns[1], dropped]).toEqual([["BOS", "", "EOS"], []]);
});

test("what cannot be read is an error", () => {
  expect(() => parseConll("\n\t\n")).toThrow(/parseConll: The text is empty/);
  expect(() => parseConll("a O\n", { labelColumn: 4 })).toThrow(
    /line 1: 2 columns where the file has 2 and 5 are needed/,
  );
  expect(() => parseConll("a O\n", { labelColumn: -3 })).toThrow(/`labelColumn` is -3.*≥ -2/);
  expect(() => parseConll("a NN\n", { to: "BIO" })).toThrow(/parseConll: The first labels are NN/);
  expect(() => parseConll("a O\n", { to: "BMES" as "BIO" })).toThrow(/parseConll: `to` is "BMES"/);
  expect(() => parseConll("a O\n", { scheme: "IOB" as "BIO" })).toThrow(/parseConll: `scheme` is "IOB"/);
  expect(() => parseConll("a\n", { scheme: "BIO", to: "IO" })).toThrow(/"" is no label of the scheme BIO/);
});
