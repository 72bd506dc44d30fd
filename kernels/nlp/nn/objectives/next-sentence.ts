import { checkNotEmpty } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";

export interface SentencePair<Sentence = string> {
  readonly first: Sentence;
  readonly second: Sentence;
  /** 0: the second sentence follows the first; 1: it comes from another document. */
  readonly label: 0 | 1;
}

/**
 * The task of next sentence prediction: neighbours in a document, in half of the pairs the second one exchanged for a
 * sentence of another document. `documents`: at least two, each a list of sentences in order; those with a single sentence
 * only lend it.
 *
 * Source: J. Devlin et al., "BERT", 2019, section 3.1; 0 for "follows" as in its code.
 *
 * @ko 다음 문장 맞히기 문제를 만듭니다. 절반은 다른 글의 문장으로 바꿉니다.
 * @example
 * nextSentencePairs([["It rains.", "I stay."], ["He won.", "All cheer."]], { seed: 1 });
 * // [{ first: "It rains.", second: "All cheer.", label: 1 }, …]
 */
export function nextSentencePairs<Sentence = string>(
  documents: readonly (readonly Sentence[])[],
  options: RandomOptions = {},
): SentencePair<Sentence>[] {
  const where = "nextSentencePairs";
  checkNotEmpty(documents, { where, what: "documents" });
  documents.forEach((sentences, index) => checkNotEmpty(sentences, { where, what: `documents[${index}]` }));
  if (documents.length < 2) throw singleDocument();
  const random = toRandom(options);
  return documents.flatMap((sentences, own) =>
    sentences.slice(1).map((following, index): SentencePair<Sentence> => {
      const first = sentences[index];
      if (random.uniform() < 0.5) return { first, second: following, label: 0 };
      const other = documents[(own + 1 + random.integer(documents.length - 1)) % documents.length];
      return { first, second: other[random.integer(other.length)], label: 1 };
    }),
  );
}

function singleDocument(): LearnerError {
  return new LearnerError({
    code: "out-of-range",
    where: "nextSentencePairs",
    given: { en: "There is a single document.", ko: "문서가 하나뿐입니다." },
    expected: {
      en: "A sentence that does not follow is taken from another one: at least two are needed.",
      ko: "이어지지 않는 문장은 다른 문서에서 가져오므로 문서가 둘 이상 있어야 합니다.",
    },
    remedy: {
      en: "Give a list of documents, each a list of sentences.",
      ko: "문장 목록인 문서들의 목록을 주십시오.",
    },
  });
}
