import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { mergePairs } from "./merge-pairs.ts";
import {
  assembleTokenizer,
  checkSubwordOptions,
  checkTexts,
  countParts,
  toTrainingSetting,
  toVocab,
  type SubwordTrainingOptions,
} from "./training-options.ts";

export type TrainWordPieceOptions = SubwordTrainingOptions;

const PREFIX = "##";

/**
 * A vocabulary of words and pieces of words, as BERT's: a piece that goes on a word carries "##". Learnt like byte pair
 * encoding, as Hugging Face's trainer does; a text is then cut from left to right, always by the longest piece that fits.
 * Sources: M. Schuster and K. Nakajima, "Japanese and Korean Voice Search", 2012; J. Devlin et al., "BERT", 2019.
 *
 * A word with a character that is not in the vocabulary is [UNK] as a whole: in Korean, whose syllables are many, give it
 * room (`vocabSize`).
 *
 * @ko 단어와 단어 조각으로 이루어진 어휘를 만드는 WordPiece 토크나이저를 학습합니다. 조각은 "##"으로 시작합니다.
 * @example
 * const tokenizer = trainWordPiece(train.texts, { vocabSize: 800 });
 * tokenizer.encode("unhappiness").tokens; // ["[CLS]", "un", "##happ", "##iness", "[SEP]"]
 */
export function trainWordPiece(texts: readonly string[], options: TrainWordPieceOptions = {}): Tokenizer {
  const where = "trainWordPiece";
  checkTexts(texts, { where });
  const setting = toTrainingSetting(options, { where, marksBlanks: false });
  const smallest = setting.special.length + 1;
  const { vocabSize, minFrequency, limitAlphabet } = checkSubwordOptions(options, { where, smallest });
  const cutter = { type: "BertPreTokenizer" } as const;

  const words = [...countParts(texts, { normalizer: setting.normalizer, cutter })].map(
    ([word, count]): [string[], number] => [toSymbols(word), count],
  );
  const alphabet = chooseSymbols(words, limitAlphabet);
  const tokens = new Set([...setting.special, ...[...alphabet].sort()]);
  const parts = words.filter(([symbols]) => symbols.every((symbol) => alphabet.has(symbol)));
  for (const { token } of mergePairs({ parts, minFrequency, prefix: PREFIX })) {
    if (tokens.size >= vocabSize) break;
    tokens.add(token);
  }
  return assembleTokenizer(setting, {
    cutter,
    decoder: { type: "WordPiece", prefix: PREFIX, cleanup: false },
    model: {
      type: "WordPiece",
      unk_token: setting.unknown,
      continuing_subword_prefix: PREFIX,
      max_input_chars_per_word: 100,
      vocab: toVocab([...tokens]),
    },
  });
}

function toSymbols(word: string): string[] {
  return [...word].map((character, place) => (place === 0 ? character : PREFIX + character));
}

/** The first letter of a word and the same letter inside one are two symbols. The most frequent are kept. */
function chooseSymbols(
  words: readonly (readonly [symbols: readonly string[], count: number])[],
  limit: number,
): Set<string> {
  const counts = new Map<string, number>();
  for (const [symbols, count] of words)
    for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + count);
  const chosen = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, limit);
  return new Set(chosen.map(([symbol]) => symbol));
}
