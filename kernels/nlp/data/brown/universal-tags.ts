/** From the 87 tags of the Brown corpus to twelve that fit many languages. */
import { LearnerError, type Localized } from "../../error.ts";

/** The twelve classes, most frequent first, in words for a person. */
export const UNIVERSAL_TAGS: readonly (readonly [tag: string, words: Localized])[] = [
  ["NOUN", { en: "noun", ko: "명사" }],
  ["VERB", { en: "verb", ko: "동사" }],
  [".", { en: "punctuation", ko: "문장 부호" }],
  ["ADP", { en: "preposition or subordinating conjunction", ko: "전치사와 종속 접속사" }],
  ["DET", { en: "determiner", ko: "한정사" }],
  ["ADJ", { en: "adjective", ko: "형용사" }],
  ["ADV", { en: "adverb", ko: "부사" }],
  ["PRON", { en: "pronoun", ko: "대명사" }],
  ["CONJ", { en: "coordinating conjunction", ko: "등위 접속사" }],
  ["PRT", { en: "particle", ko: "소사" }],
  ["NUM", { en: "numeral", ko: "수사" }],
  ["X", { en: "foreign or unclear", ko: "외국어와 그 밖" }],
];

/** Brown's tags without suffixes, by the class they belong to; $ (genitive) and * (negated) are cut off before, save in these. */
const BROWN_TAGS: Readonly<Record<string, string>> = {
  NOUN: "nn nns np nps nr nrs pn",
  VERB: "be bed bedz beg bem ben ber bez do dod doz hv hvd hvg hvn hvz md vb vbd vbg vbn vbz",
  ADP: "in cs",
  DET: "at dt dti dts dtx abx wdt pp$ wp$",
  ADJ: "jj jjr jjs jjt ap od",
  ADV: "rb rbr rbt rn ql qlp wql wrb *",
  PRON: "pps ppss ppo ppl ppls pp$$ wps wpo",
  CONJ: "cc",
  PRT: "rp to uh ex abl abn",
  NUM: "cd",
  ".": ". , : ( ) -- `` '' '",
  X: "nil",
};

const CLASSES: ReadonlyMap<string, string> = new Map(
  Object.entries(BROWN_TAGS).flatMap(([name, tags]) => tags.split(" ").map((tag) => [tag, name] as const)),
);

/**
 * The universal tag of a tag of the Brown corpus, in capitals or not.
 *
 * What a tag says beyond its class is cut off: -tl (in a title), -hl (in a headline), -nc (a word cited), $ (genitive), * (with
 * not). Foreign words (fw-) are X. Of two words written as one (it's: pps+bez) the first decides. Pronouns that stand for a
 * noun phrase by themselves (pn: nobody) are nouns, as in the source.
 *
 * Source: S. Petrov, D. Das and R. McDonald, "A Universal Part-of-Speech Tagset", 2012, whose table this follows, except
 * for contractions: there most of them are PRT.
 *
 * @ko 브라운 말뭉치의 품사 태그를 열두 가지 보편 품사로 바꿉니다.
 * @example
 * toUniversalTag("nns-tl")  // "NOUN"
 * toUniversalTag("BEDZ*")   // "VERB", for wasn't
 * toUniversalTag("pps+bez") // "PRON", for it's
 * @throws Where it is no tag of the corpus.
 */
export function toUniversalTag(brownTag: string): string {
  const tag = brownTag.toLowerCase();
  if (tag.startsWith("fw-")) return "X";
  const [first] = tag.replace(/(?<=.)-(tl|hl|nc|t|n)\b/g, "").split("+");
  const found = CLASSES.get(first) ?? CLASSES.get(first.replace(/[$*]$/, ""));
  if (found !== undefined) return found;
  throw new LearnerError({
    code: "unknown-label",
    where: "toUniversalTag",
    given: { en: `The tag is "${brownTag}".`, ko: `태그가 "${brownTag}"입니다.` },
    expected: {
      en: "It must be a tag of the Brown corpus, such as nn, vbd or np$-tl.",
      ko: "nn, vbd, np$-tl처럼 브라운 말뭉치에서 쓰는 태그여야 합니다.",
    },
    remedy: { en: "Check where the tag comes from.", ko: "어디서 가져온 태그인지 확인하십시오." },
  });
}
