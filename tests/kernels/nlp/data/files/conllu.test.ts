import { parseConllu } from "gongbu/data";
import { expect, test } from "vitest";

const FILE = `# newdoc
# sent_id = a-1
# text = I don't, they do.
1	I	I	PRON	PRP	Case=Nom|Number=Sing	3	nsubj	3:nsubj	_
2-3	don't	_	_	_	_	_	_	_	SpaceAfter=No
2	do	do	AUX	VBP	_	0	root	0:root	_
3	n't	not	PART	RB	_	2	advmod	2:advmod	_
3.1	go	go	VERB	VB	VerbForm=Inf	_	_	2:xcomp	CopyOf=-1
4	,	,	PUNCT	,	_	6	punct	6:punct	_
5	they	they	PRON	PRP	_	6	nsubj	6:nsubj	_
6	do	do	VERB	VBP	_	2	conj	2:conj	SpaceAfter=No
7	.	.	PUNCT	.	_	2	punct	2:punct	_
\t
1	_	_	SYM	_	_	0	root	_	_
2	10 000	10000	NUM	_	_	1	x	_	_`;

test("words, multiword tokens and empty nodes are kept apart", () => {
  const { sentences, dropped } = parseConllu(FILE.replace(/\n/g, "\r\n"));
  const [first, second] = sentences;
  expect(first.tokens).toEqual(["I", "do", "n't", ",", "they", "do", "."]);
  expect(first.labels).toEqual(["PRON", "AUX", "PART", "PUNCT", "PRON", "VERB", "PUNCT"]);
  expect(first.multiwordTokens).toEqual([{ form: "don't", start: 1, end: 3, misc: { SpaceAfter: "No" } }]);
  expect(first.emptyNodes.map(({ id, form, head, misc }) => [id, form, head, misc])).toEqual([
    ["3.1", "go", undefined, { CopyOf: "-1" }],
  ]);
  expect(first.words[0]).toMatchObject({ lemma: "I", feats: { Case: "Nom", Number: "Sing" }, head: 3 });
  expect([first.id, first.text, first.line, first.comments.length]).toEqual([
    "a-1",
    "I don't, they do.",
    4,
    3,
  ]);
  expect(second.tokens).toEqual(["_", "10 000"]);
  expect(second.words[0]).toMatchObject({ lemma: "_", xpos: "", deps: "", feats: {} });
  expect(dropped).toEqual([]);
});

test("without a comment the text is put together from the forms that were written", () => {
  const { sentences } = parseConllu(FILE.replace(/^# text.*\n/m, ""), { label: "xpos" });
  expect(sentences[0].text).toBe("I don't, they do.");
  expect(sentences[0].labels[0]).toBe("PRP");
});

test("lines that describe no word are dropped with line and reason", () => {
  const row = (id: string, form: string) => `${id}\t${form}${"\t_".repeat(8)}\n`;
  const { sentences, dropped } = parseConllu(
    `${row("1-2", "x")}\n${row("1", "a")}${row("1", "b")}${row("x", "c")}${row("2", "")}3\td\n${row("4-5", "e")}\n# last\n`,
  );
  expect(sentences.map(({ tokens, multiwordTokens }) => [tokens, multiwordTokens])).toEqual([[["a"], []]]);
  expect(dropped.map(({ line, reason }) => [line, reason.en])).toEqual([
    [1, "a sentence without words"],
    [4, "word 1 was there before"],
    [5, '"x" is no id of a word'],
    [6, "no form"],
    [7, "2 columns, not 10"],
    [8, "its words are not there"],
    [10, "a comment that no sentence follows"],
  ]);
});

test("what is no CoNLL-U is an error", () => {
  expect(() => parseConllu("a\tO\n")).toThrow(
    /parseConllu: No line could be read; line 1: 2 columns, not 10/,
  );
  expect(() => parseConllu("")).toThrow(/parseConllu: The text is empty/);
  expect(() => parseConllu(FILE, { label: "feats" as "upos" })).toThrow(/`label` is "feats"/);
});
