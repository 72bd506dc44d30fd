import { guessFormat, parseDataset, readDataset } from "gongbu/data";
import { expect, test } from "vitest";

test.each([
  [
    "words with labels, called .tsv",
    "conll",
    "x.tsv",
    "## 주석 : ##\n## id\t<서:LC> 울\n서\tB-LC\n \tO\n울\tO\n\n가\tO\n",
  ],
  ["words with labels and no blank line", "conll", "x.txt", "Rome B-LOC\nis O\nbig O\n"],
  ["words with parts of speech", "conll", "x.txt", "I\tPRP\nrun\tVB\n.\t.\n\nYou\tPRP\nrun\tVB\n.\t.\n"],
  ["words alone, in sentences", "conll", "x.test", "The\nsoldier\n#tag\n.\n\n&\ngt\n;\n"],
  ["a document of CoNLL-2003", "conll", "", "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\n"],
  ["CoNLL-U", "conllu", "x.txt", `# sent_id = 1\n1-2\ta${"\t_".repeat(8)}\n1\ta${"\t_".repeat(8)}\n`],
  ["JSON Lines", "jsonl", "x.txt", '{"text": "a, b"}\n{"text": "c\n'],
  ["a JSON list", "jsonl", "x.json", '[\n  {"text": "a"}\n]\n'],
  ["a table with tabs, called .csv", "tsv", "x.csv", "id\ttext\n1\ta, b\n2\tc\n"],
  ["a table with tabs and blank lines", "tsv", "x.txt", "text\tlabel\n\nI won it\tjoy\n\nOh no you\tfear\n"],
  ["a table with commas", "csv", "x.txt", 'text,label\n"Well, well",joy\nno,fear\n'],
  ["a table with semicolons and no header", "csv", "", "좋아요;1\n싫어요;0\n별로, 음;0\n"],
  ["a table of one column", "csv", "x.csv", "text\nI won it.\n"],
  ["sentences with commas", "lines", "x.txt", "Well, I won it.\nOh no, not you.\n"],
  ["sentences in paragraphs", "lines", "x.txt", "It rains here.\nStill it does.\n\nAnd it goes on.\nYes.\n"],
  ["names, one a line", "lines", "labels.txt", "anger\nfear\njoy"],
  ["nothing", "lines", "x.txt", " \n"],
])("%s: %s", (_, format, name, text) => {
  expect(guessFormat(text, { name })).toBe(format);
});

test("a table's first line names its columns only where it looks like names", () => {
  expect(parseDataset("문장\t레이블\n이겼다!\t기쁨\n")).toMatchObject({
    kind: "rows",
    rows: [{ 문장: "이겼다!", 레이블: "기쁨" }],
  });
  const bare = parseDataset('I won!\tjoy\n"""Oh"" no"\tfear\nYes\tjoy\n');
  expect(bare).toMatchObject({ format: "tsv", columns: ["column1", "column2"], quotes: "doubled" });
  expect(bare.kind === "rows" && bare.rows).toHaveLength(3);
  expect(parseDataset("yes;1\nno;2\n")).toMatchObject({
    format: "csv",
    rows: [{ column1: "yes" }, { column1: "no" }],
  });
  expect(parseDataset(",text\n0,a\n1,b\n", { format: "csv" })).toMatchObject({
    columns: ["column1", "text"],
  });
});

test("a dropped file is read by its content; several files are the sides of aligned text", async () => {
  const conll = await readDataset(new File(["Rome\tB-LOC\nis\tO\n\nBig\tO\nis\tO\n"], "x.tsv"));
  expect(conll).toMatchObject({ kind: "sentences", format: "conll", scheme: "BIO", name: "x.tsv" });
  expect(await readDataset(new File(["a\n"], "x.csv"), { format: "lines" })).toMatchObject({
    format: "lines",
  });
  const sides = await readDataset([new File(["a\nb"], "dev.en"), new File(["가\n나"], "dev-ko.txt")]);
  expect(sides).toMatchObject({
    format: "parallel",
    columns: ["en", "ko"],
    rows: [{ en: "a", ko: "가" }, {}],
  });
});

test("an unknown format, and files whose names give no sides, are told", async () => {
  expect(() => parseDataset("a", { format: "xml" as "csv" })).toThrow(/parseDataset: `format` is "xml"/);
  await expect(readDataset([new File(["a"], "a.en")])).rejects.toThrow(/readDataset: .*give the sides en\./);
  await expect(readDataset([new File(["a"], "a.en"), new File(["b"], "b.en")])).rejects.toThrow(/en, en/);
  await expect(readDataset(null as unknown as Blob)).rejects.toThrow(/readDataset: There is no file/);
  expect(() => parseDataset('[\n  {"text": "a"}\n]\n', { name: "x.json" })).toThrow(/JSON\.parse/);
});
