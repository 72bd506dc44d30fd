import { checkOneOf } from "../arguments.ts";
import type { Localized } from "../error.ts";
import { fetchCourseFile } from "./course-file.ts";
import { createLabelMap } from "./labels.ts";
import { parseTsv, type Row } from "./table.ts";

export type Language = "ko" | "en";

/** Sentences and, in the same order, their class ids. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  readonly labels: readonly number[];
}

export interface DataCard {
  readonly name: Localized;
  readonly origin: Localized;
  readonly licence: string;
  readonly language: Language;
  /** Sentences in all. */
  readonly size: number;
  readonly splits: Readonly<Record<"train" | "dev" | "test", number>>;
  readonly knownFlaws: Localized;
}

export interface EmotionData {
  readonly train: LabelledTexts;
  readonly dev: LabelledTexts;
  readonly test: LabelledTexts;
  /** Class name by id, as it stands in the file: joy 0, sadness 1, anger 2, fear 3. */
  readonly classes: readonly string[];
  /** The same classes in words for a person, in the same order. */
  readonly classNames: { readonly en: readonly string[]; readonly ko: readonly string[] };
  readonly card: DataCard;
}

export interface LoadEmotionOptions {
  readonly language: Language;
}

/**
 * The course's own sentences, each with one of four feelings; train 60 %, dev 10 %, test 30 % of each class.
 *
 * The file is data/emotion/emotion.ko.tsv or emotion.en.tsv, with columns text, label and split.
 *
 * @ko 강의를 위해 쓴 네 가지 감정의 문장을 학습, 개발, 시험용으로 나누어 불러옵니다.
 * @example
 * const emotion = await loadEmotion({ language: "en" });
 * emotion.train.texts[0];                    // a sentence
 * emotion.classes[emotion.train.labels[0]];  // "joy", for instance
 */
export async function loadEmotion(options: LoadEmotionOptions): Promise<EmotionData> {
  const { language } = options;
  checkOneOf(language, { where: "loadEmotion", what: "language", allowed: ["ko", "en"] });
  const url = `data/emotion/emotion.${language}.tsv`;
  const { rows } = parseTsv(await fetchCourseFile(url, { where: "loadEmotion" }), {
    required: ["text", "label", "split"],
  });

  const classes = createLabelMap(["joy", "sadness", "anger", "fear"]);
  const part = (name: string): LabelledTexts => {
    const chosen = rows.filter((row: Row) => row.split === name);
    return { texts: chosen.map((row) => row.text), labels: classes.encode(chosen.map((row) => row.label)) };
  };
  const [train, dev, test] = [part("train"), part("dev"), part("test")];
  return {
    train,
    dev,
    test,
    classes: classes.classes,
    classNames: { en: ["joy", "sadness", "anger", "fear"], ko: ["기쁨", "슬픔", "분노", "불안"] },
    card: {
      name: { en: "Four emotions", ko: "네 가지 감정" },
      origin: { en: "Written for this course.", ko: "이 강의를 위해 새로 썼습니다." },
      licence: "CC BY 4.0",
      language,
      size: rows.length,
      splits: { train: train.texts.length, dev: dev.texts.length, test: test.texts.length },
      knownFlaws: {
        en: "Each sentence has exactly one label although feelings mix, and the sentences were written to show it: real messages are vaguer.",
        ko: "감정은 섞이기 마련인데 문장마다 레이블이 하나뿐이고, 그 감정이 드러나도록 쓴 문장이라 실제 글보다 뚜렷합니다.",
      },
    },
  };
}
