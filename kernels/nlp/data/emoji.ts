import { checkOneOf } from "../arguments.ts";
import type { Localized } from "../error.ts";
import { fetchCourseFile } from "./course-file.ts";
import type { DataCard, LabelledTexts, Language } from "./emotion.ts";
import { createLabelMap } from "./labels.ts";
import { parseTsv } from "./table.ts";

export interface LoadEmojiOptions {
  readonly language: Language;
}

export interface EmojiTexts extends LabelledTexts {
  /** The signs themselves, in the order of `texts`. */
  readonly emoji: readonly string[];
  /** For each sign its keywords. */
  readonly keywords: readonly (readonly string[])[];
}

export interface EmojiData {
  readonly train: EmojiTexts;
  readonly dev: EmojiTexts;
  readonly test: EmojiTexts;
  /** Group by id: smileys, people, nature, food, travel, activities, objects, symbols, flags. */
  readonly classes: readonly string[];
  /** The groups in words for a person, in the same order. */
  readonly classNames: { readonly en: readonly string[]; readonly ko: readonly string[] };
  readonly card: DataCard;
}

/**
 * The names of 1,914 emoji, in Korean or English, each with its group of nine; train 60 %, dev 10 %, test 30 %.
 *
 * A short text and many classes, unevenly filled: 388 signs of people, 85 of activities. Signs that differ only by man or
 * woman, colour of skin or hair are in the same split.
 *
 * The file is data/emoji/emoji.ko.tsv or emoji.en.tsv, with columns emoji, name, keywords (parted by commas), group, split.
 *
 * @ko 이모지의 이름과 핵심어를 아홉 가지 묶음의 레이블과 함께 불러옵니다.
 * @example
 * const emoji = await loadEmoji({ language: "en" });
 * emoji.train.texts[0];                   // "grinning face"
 * emoji.classes[emoji.train.labels[0]];   // "smileys"
 */
export async function loadEmoji(options: LoadEmojiOptions): Promise<EmojiData> {
  const where = "loadEmoji";
  const { language } = options;
  checkOneOf(language, { where, what: "language", allowed: ["ko", "en"] });
  const source = await fetchCourseFile(`data/emoji/emoji.${language}.tsv`, { where });
  const { rows } = parseTsv(source, { required: ["emoji", "name", "group", "split"], quotes: "literal" });

  const classes = createLabelMap(GROUPS.map(([name]) => name));
  const part = (name: string): EmojiTexts => {
    const chosen = rows.filter((row) => row.split === name);
    return {
      texts: chosen.map((row) => row.name),
      labels: classes.encode(chosen.map((row) => row.group)),
      emoji: chosen.map((row) => row.emoji),
      keywords: chosen.map(({ keywords }) => (keywords === "" ? [] : keywords.split(", "))),
    };
  };
  const [train, dev, test] = [part("train"), part("dev"), part("test")];
  return {
    train,
    dev,
    test,
    classes: classes.classes,
    classNames: { en: GROUPS.map(([, { en }]) => en), ko: GROUPS.map(([, { ko }]) => ko) },
    card: {
      name: { en: "Emoji", ko: "이모지" },
      origin: {
        en: "emojibase-data 17.0.0 by Miles Johnson, from the Unicode CLDR; split for this course.",
        ko: "Unicode CLDR을 옮긴 Miles Johnson의 emojibase-data 17.0.0. 분할은 이 강의에서 했습니다.",
      },
      licence: "MIT; Unicode-3.0",
      language,
      size: rows.length,
      splits: { train: train.texts.length, dev: dev.texts.length, test: test.texts.length },
      knownFlaws: {
        en: "Flags are told by one word, and names of objects and symbols often leave the group open.",
        ko: "깃발은 이름에 든 낱말 하나로 드러나고, 사물과 기호는 이름만으로 묶음을 알기 어려운 것이 많습니다.",
      },
    },
  };
}

const GROUPS: readonly (readonly [name: string, words: Localized])[] = [
  ["smileys", { en: "smileys and emotion", ko: "표정과 감정" }],
  ["people", { en: "people and body", ko: "사람과 몸" }],
  ["nature", { en: "animals and nature", ko: "동물과 자연" }],
  ["food", { en: "food and drink", ko: "음식과 음료" }],
  ["travel", { en: "travel and places", ko: "여행과 장소" }],
  ["activities", { en: "activities", ko: "활동" }],
  ["objects", { en: "objects", ko: "사물" }],
  ["symbols", { en: "symbols", ko: "기호" }],
  ["flags", { en: "flags", ko: "깃발" }],
];
