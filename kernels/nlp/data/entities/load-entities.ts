import { checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toWordSpans } from "../alignment/text-spans.ts";
import { fetchCourseFile } from "../course-file.ts";
import type { DataCard, Language } from "../emotion.ts";
import { cleanText, isBlank, splitLines, type Line } from "../files/lines.ts";
import { spansToLabels, type Span } from "../schemes/spans.ts";
import { parseMarks } from "./marks.ts";
import { placeWords } from "./words.ts";

export interface EntitySentence {
  readonly text: string;
  /** Words and signs as they stand in the text; a Korean particle stays with its noun. */
  readonly tokens: readonly string[];
  /** Each token's place in the text, [start, end) in UTF-16 code units. */
  readonly offsets: readonly (readonly [start: number, end: number])[];
  /** One label a token, BIO: a word that holds a part of an entity belongs to it. */
  readonly labels: readonly string[];
  /** The entities as characters of the text, which may begin and end inside a word. */
  readonly spans: readonly Span[];
}

export interface EntityData {
  readonly train: readonly EntitySentence[];
  readonly dev: readonly EntitySentence[];
  readonly test: readonly EntitySentence[];
  /** PER, LOC, ORG, DATE. */
  readonly types: readonly string[];
  /** The types in words for a person, in the same order. */
  readonly typeNames: { readonly en: readonly string[]; readonly ko: readonly string[] };
  /** O and the BIO labels of the types, in a fixed order: for `createLabelMap`. */
  readonly labelNames: readonly string[];
  readonly card: DataCard;
}

export interface LoadEntitiesOptions {
  readonly language: Language;
}

const TYPES = ["PER", "LOC", "ORG", "DATE"];
const SPLITS = ["train", "dev", "test"] as const;

/**
 * The course's own sentences with persons, places, organizations and dates marked; train 60 %, dev 10 %, test 30 %.
 *
 * Entities are there twice: as characters of the text (`spans`), and as BIO labels of its words (`labels`). In English the
 * two say the same. In Korean a particle often follows a name without a blank: "서울에서" is one word, of which only "서울"
 * is the place. `toWordSpans` and `toTextSpans` go from one to the other, `alignLabels` to a tokenizer's pieces.
 *
 * The file is data/entities/entities.ko.txt or entities.en.txt: on each line the split, a tab, and the sentence with
 * its marks, `[서울](LOC)에서 만났다.`.
 *
 * @ko 사람, 장소, 기관, 날짜를 표시한 강의용 문장을 글자 범위와 단어별 BIO 레이블로 함께 불러옵니다.
 * @example
 * const { train, labelNames } = await loadEntities({ language: "ko" });
 * train[0].tokens; // words
 * train[0].labels; // as many labels: "B-LOC", "O", …
 * train[0].spans;  // [{ start: 0, end: 2, label: "LOC" }], in characters
 * @throws Where a line of the file has no split, no sentence, or a mark that cannot be read; its number is named.
 */
export async function loadEntities(options: LoadEntitiesOptions): Promise<EntityData> {
  const where = "loadEntities";
  const { language } = options;
  checkOneOf(language, { where, what: "language", allowed: ["ko", "en"] });
  const source = await fetchCourseFile(`data/entities/entities.${language}.txt`, { where });
  const parts = { train: [], dev: [], test: [] } as Record<(typeof SPLITS)[number], EntitySentence[]>;
  for (const line of splitLines(cleanText(source).text)) {
    if (isBlank(line.text)) continue;
    const { split, marked } = parseLine(line);
    parts[split].push(toSentence(marked, line.number));
  }
  const { train, dev, test } = parts;
  return {
    ...parts,
    types: TYPES,
    typeNames: { en: ["person", "place", "organization", "date"], ko: ["사람", "장소", "기관", "날짜"] },
    labelNames: ["O", ...TYPES.flatMap((type) => [`B-${type}`, `I-${type}`])],
    card: {
      name: { en: "Entities", ko: "개체명" },
      origin: { en: "Written for this course.", ko: "이 강의를 위해 새로 썼습니다." },
      licence: "CC BY 4.0",
      language,
      size: train.length + dev.length + test.length,
      splits: { train: train.length, dev: dev.length, test: test.length },
      knownFlaws: {
        en: "One writer's sentences in standard spelling, marked by the same hand: there is no second annotator to measure agreement with. Spans do not nest.",
        ko: "한 사람이 표준 맞춤법으로 쓰고 직접 표시한 문장이라 주석자 사이의 일치도를 잴 수 없습니다. 개체는 서로 겹치지 않습니다.",
      },
    },
  };
}

function parseLine({ number, text }: Line): { split: (typeof SPLITS)[number]; marked: string } {
  const tab = text.indexOf("\t");
  const split = SPLITS.find((name) => name === text.slice(0, Math.max(tab, 0)));
  const marked = text.slice(tab + 1).trim();
  if (split !== undefined && marked !== "" && !marked.includes("\t")) return { split, marked };
  throw new LearnerError({
    code: "malformed-table",
    where: "loadEntities",
    given: {
      en: `Line ${number} is ${JSON.stringify(text)}.`,
      ko: `${number}행이 ${JSON.stringify(text)}입니다.`,
    },
    expected: {
      en: "A line is train, dev or test, a tab, and a sentence.",
      ko: "한 줄에는 train, dev, test 가운데 하나, 탭, 문장이 차례로 있어야 합니다.",
    },
    remedy: { en: "Mend this line of the file.", ko: "파일의 이 줄을 고치십시오." },
  });
}

function toSentence(marked: string, line: number): EntitySentence {
  const { text, spans } = parseMarks(marked, { types: TYPES, line });
  const { tokens, offsets } = placeWords(text);
  const words = toWordSpans(spans, { offsets }).spans;
  return {
    text,
    tokens,
    offsets,
    labels: spansToLabels(words, { length: tokens.length, scheme: "BIO" }),
    spans,
  };
}
