/** CoNLL-U, the form of Universal Dependencies (https://universaldependencies.org/format.html). */
import { checkOneOf } from "../../arguments.ts";
import type { Localized } from "../../error.ts";
import type { LabelledSentence } from "./conll.ts";
import type { DecodeTextOptions } from "./encoding.ts";
import { cleanText, isBlank, splitLines, type Line } from "./lines.ts";
import { nothingRead } from "./nothing-read.ts";
import { byLine, type LineReport, type ReadReport } from "./report.ts";
import { loadText, type DataSource, type FromFile } from "./source.ts";

/** A word of syntax, as the ten columns describe it. What is "_" in the file is "" here, a form and lemma "_" apart. */
export interface UdWord {
  /** From 1, as `head` counts; "8.1" of an empty node. */
  readonly id: string;
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  readonly feats: Readonly<Record<string, string>>;
  /** The id of the word that it depends on, 0 for the root; undefined where the file has none. */
  readonly head: number | undefined;
  readonly deprel: string;
  readonly deps: string;
  readonly misc: Readonly<Record<string, string>>;
}

/** What is written as one word and is several by syntax: "don't" over "do" and "n't". */
export interface MultiwordToken {
  readonly form: string;
  /** Its words: `words.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly misc: Readonly<Record<string, string>>;
}

export interface UdSentence extends LabelledSentence {
  readonly words: readonly UdWord[];
  readonly multiwordTokens: readonly MultiwordToken[];
  /** Words that are understood and not said; they are in no list of tokens. */
  readonly emptyNodes: readonly UdWord[];
  /** The sentence as it was written: the comment `# text`, or the forms put together. */
  readonly text: string;
  /** The comment `# sent_id`, or "". */
  readonly id: string;
}

export interface ConlluFile extends ReadReport {
  readonly sentences: readonly UdSentence[];
}

export interface ParseConlluOptions {
  /** Which column `labels` are. Default "upos", the universal part of speech. */
  readonly label?: "upos" | "xpos" | "lemma" | "deprel";
}

/**
 * Reads CoNLL-U. `tokens` are the syntactic words, so "don't" is two of them; the form that was written is in
 * `multiwordTokens`. A line that has not ten columns or no id of a word is dropped and reported.
 *
 * @ko Universal Dependencies의 CoNLL-U 형식을 문장으로 읽습니다.
 * @example
 * const { sentences } = parseConllu(file);
 * sentences[0].tokens // ["From", "the", "AP", "comes", …]
 * sentences[0].labels // ["ADP", "DET", "PROPN", "VERB", …]
 */
export function parseConllu(source: string, options: ParseConlluOptions = {}): ConlluFile {
  return toConlluFile(source, { ...options, where: "parseConllu" });
}

/**
 * `parseConllu` for a file or a URL.
 *
 * @ko 파일이나 URL에서 CoNLL-U 형식을 읽습니다.
 */
export async function readConllu(
  source: DataSource,
  options: ParseConlluOptions & DecodeTextOptions = {},
): Promise<FromFile<ConlluFile>> {
  const where = "readConllu";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toConlluFile(text, { ...options, where }), ...file };
}

interface Draft {
  comments: Line[];
  words: { readonly word: UdWord; readonly line: number }[];
  multiword: { readonly line: Line; readonly values: readonly string[] }[];
  empty: { readonly line: Line; readonly values: readonly string[] }[];
}

function toConlluFile(
  source: string,
  { label = "upos", where }: ParseConlluOptions & { readonly where: string },
): ConlluFile {
  checkOneOf(label, { where, what: "label", allowed: ["upos", "xpos", "lemma", "deprel"] });
  const { text, repaired } = cleanText(source);
  const sentences: UdSentence[] = [];
  const dropped: LineReport[] = [];
  const drop = (lines: readonly Line[], reason: Localized) =>
    dropped.push(...lines.map((line) => ({ line: line.number, reason, source: line.text })));

  let draft: Draft = { comments: [], words: [], multiword: [], empty: [] };
  const end = () => {
    const { words, multiword, empty, comments } = draft;
    if (words.length > 0) sentences.push(toSentence(draft, { label, drop }));
    else drop([...multiword, ...empty].map(({ line }) => line), NO_WORDS_BESIDE); // prettier-ignore
    draft = { comments: words.length > 0 ? [] : comments, words: [], multiword: [], empty: [] };
  };
  for (const line of splitLines(text)) {
    if (isBlank(line.text)) end();
    else if (line.text.startsWith("#")) draft.comments.push(line);
    else {
      const reason = addLine(draft, line);
      if (reason) drop([line], reason);
    }
  }
  end();
  drop(draft.comments, { en: "a comment that no sentence follows", ko: "뒤에 문장이 없는 주석" });
  if (sentences.length === 0) throw nothingRead({ where, dropped: byLine(dropped), ...TEN_COLUMNS });
  return { sentences, dropped: byLine(dropped), repaired };
}

const NO_WORDS_BESIDE: Localized = { en: "a sentence without words", ko: "단어가 없는 문장" };

const TEN_COLUMNS = {
  expected: {
    en: "CoNLL-U has ten columns parted by tabs: id, form, lemma, upos, ….",
    ko: "CoNLL-U는 탭으로 나뉜 열 10개(id, form, lemma, upos, …)입니다.",
  },
  remedy: {
    en: "If the file has other columns, read it with `parseConll`.",
    ko: "열이 다른 파일은 `parseConll`로 읽으십시오.",
  },
};

/** Adds a line to the sentence, or says why not. */
function addLine(draft: Draft, line: Line): Localized | undefined {
  const values = line.text.split("\t").map((value) => value.trim());
  if (values.length !== 10) {
    return { en: `${values.length} columns, not 10`, ko: `열이 10개가 아니라 ${values.length}개` };
  }
  const [id, form] = values;
  if (form === "") return { en: "no form", ko: "어형이 없음" };
  if (/^\d+-\d+$/.test(id)) draft.multiword.push({ line, values });
  else if (/^\d+\.\d+$/.test(id)) draft.empty.push({ line, values });
  else if (!/^\d+$/.test(id)) {
    return { en: `"${id}" is no id of a word`, ko: `"${id}"은(는) 단어 번호가 아님` };
  } else if (draft.words.some(({ word }) => word.id === id)) {
    return { en: `word ${id} was there before`, ko: `${id}번 단어가 앞에 있음` };
  } else draft.words.push({ word: toWord(values), line: line.number });
  return undefined;
}

function toWord(values: readonly string[]): UdWord {
  const known = (value: string) => (value === "_" ? "" : value);
  const [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = values;
  return {
    id,
    form,
    lemma: form === "_" ? lemma : known(lemma),
    upos: known(upos),
    xpos: known(xpos),
    feats: toFeatures(feats),
    head: /^\d+$/.test(head) ? Number(head) : undefined,
    deprel: known(deprel),
    deps: known(deps),
    misc: toFeatures(misc),
  };
}

/** "Case=Nom|Number=Sing" as an object; a part without "=" has the value "". */
function toFeatures(source: string): Readonly<Record<string, string>> {
  if (source === "_" || source === "") return {};
  return Object.fromEntries(
    source.split("|").map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function toSentence(
  draft: Draft,
  options: {
    readonly label: NonNullable<ParseConlluOptions["label"]>;
    readonly drop: (lines: readonly Line[], reason: Localized) => void;
  },
): UdSentence {
  const { label, drop } = options;
  const words = draft.words.map(({ word }) => word);
  const multiwordTokens: MultiwordToken[] = [];
  for (const { line, values } of draft.multiword) {
    const [start, end] = values[0].split("-").map((id) => words.findIndex((word) => word.id === id));
    const misc = toFeatures(values[9]);
    if (start >= 0 && end >= start) multiwordTokens.push({ form: values[1], start, end: end + 1, misc });
    else drop([line], { en: "its words are not there", ko: "해당하는 단어가 없음" });
  }
  const comments = draft.comments.map(({ text }) => text);
  return {
    tokens: words.map(({ form }) => form),
    labels: words.map((word) => word[label]),
    words,
    multiwordTokens,
    emptyNodes: draft.empty.map(({ values }) => toWord(values)),
    text: findComment(comments, "text") ?? joinForms(words, multiwordTokens),
    id: findComment(comments, "sent_id") ?? "",
    comments,
    line: draft.words[0].line,
  };
}

/** The value of "# name = value". */
function findComment(comments: readonly string[], name: string): string | undefined {
  for (const comment of comments) {
    const [, key, value] = /^#\s*([\w-]+)\s*=\s*(.*)$/.exec(comment) ?? [];
    if (key === name) return value.trimEnd();
  }
  return undefined;
}

/** The forms as they were written, with blanks between them, except where the file says SpaceAfter=No. */
function joinForms(words: readonly UdWord[], multiwordTokens: readonly MultiwordToken[]): string {
  let text = "";
  for (let at = 0; at < words.length;) {
    const multiword = multiwordTokens.find(({ start }) => start === at);
    const { form, misc } = multiword ?? words[at];
    text += form + (misc.SpaceAfter === "No" ? "" : " ");
    at = multiword?.end ?? at + 1;
  }
  return text.trimEnd();
}
