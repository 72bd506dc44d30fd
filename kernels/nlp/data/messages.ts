import { checkOneOf } from "../arguments.ts";
import { fetchCourseFile } from "./course-file.ts";
import { toPairsCard, type Pair, type PairsCard } from "./pairs.ts";
import { parseTsv } from "./table.ts";

/** Czech, German, English, Spanish, French, Italian, Japanese, Korean, Polish, Brazilian Portuguese, Russian, Turkish, Chinese. */
export type MessageLanguage = (typeof LANGUAGES)[number];

export interface LoadMessagesOptions {
  readonly from: MessageLanguage;
  /** Another language than `from`. */
  readonly to: MessageLanguage;
}

export interface Messages {
  readonly train: readonly Pair[];
  readonly dev: readonly Pair[];
  readonly test: readonly Pair[];
  readonly card: PairsCard;
}

/**
 * The TypeScript compiler's messages in two of 14 languages: about 2,120 aligned sentences of one kind of text, written
 * and translated by people. {0}, {1} stand for what the compiler puts in.
 *
 * Split by template: messages that share more than half of their words, or more than three in ten pairs of neighbouring
 * words, are in the same split, and so is whatever a chain of such messages joins. On a random split the nearest training
 * sentence's translation alone reaches BLEU 50: that would measure memory.
 *
 * The files are data/messages/messages.ko.tsv and its like, with columns code, split and text.
 *
 * @ko TypeScript 컴파일러의 메시지를 14개 언어 가운데 두 언어로 짝지어 불러옵니다. 비슷한 틀의 메시지는 같은 분할에 들어갑니다.
 * @example
 * const { train, test } = await loadMessages({ from: "en", to: "ko" });
 * test[0]; // { source: "Unterminated string literal.", target: "종결되지 않은 문자열 리터럴입니다." }
 */
export async function loadMessages(options: LoadMessagesOptions): Promise<Messages> {
  const where = "loadMessages";
  const { from, to } = options;
  checkOneOf(from, { where, what: "from", allowed: LANGUAGES });
  checkOneOf(to, { where, what: "to", allowed: LANGUAGES.filter((language) => language !== from) });
  const [sources, targets] = await Promise.all([from, to].map((language) => loadLanguage(language, where)));

  const textOf = new Map(targets.map(({ code, text }) => [code, text]));
  const part = (name: string): Pair[] =>
    sources.flatMap(({ code, split, text }) => {
      const target = split === name ? textOf.get(code) : undefined;
      return target === undefined ? [] : [{ source: text, target }];
    });
  const parts = { train: part("train"), dev: part("dev"), test: part("test") };
  return {
    ...parts,
    card: toPairsCard(parts, {
      name: { en: "Compiler messages", ko: "컴파일러 메시지" },
      origin: {
        en: "TypeScript 6.0.3 by Microsoft, lib/*/diagnosticMessages.generated.json; split for this course.",
        ko: "Microsoft의 TypeScript 6.0.3, lib/*/diagnosticMessages.generated.json. 분할은 이 강의에서 했습니다.",
      },
      licence: "Apache-2.0",
      from,
      to,
      knownFlaws: {
        en: "One subject and one tone; many names in Latin letters that a copy gets right; few sentences for a model to learn a language from.",
        ko: "주제와 말투가 한 가지이고, 그대로 베끼면 되는 로마자 이름이 많으며, 한 언어를 배우기에는 문장이 적습니다.",
      },
    }),
  };
}

const LANGUAGES = [
  "cs",
  "de",
  "en",
  "es",
  "fr",
  "it",
  "ja",
  "ko",
  "pl",
  "pt-br",
  "ru",
  "tr",
  "zh-cn",
  "zh-tw",
] as const;

async function loadLanguage(
  language: string,
  where: string,
): Promise<{ code: string; split: string; text: string }[]> {
  const source = await fetchCourseFile(`data/messages/messages.${language}.tsv`, { where });
  const { rows } = parseTsv(source, { required: ["code", "split", "text"], quotes: "literal" });
  return rows.map(({ code, split, text }) => ({ code, split, text }));
}
