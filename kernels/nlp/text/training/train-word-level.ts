import { checkInteger, checkOneOf } from "../../arguments.ts";
import type { DecoderSpec, PreTokenizerSpec } from "../tokenizer/tokenizer-file.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import {
  assembleTokenizer,
  checkTexts,
  countParts,
  toTrainingSetting,
  toVocab,
  type TokenizerTrainingOptions,
} from "./training-options.ts";

export interface TrainWordLevelOptions extends TokenizerTrainingOptions {
  /** Where the texts are cut: at blanks, also around punctuation, or after every character. Default "words". */
  readonly split?: "whitespace" | "words" | "characters";
  /** Tokens in all, special ones included; the most frequent stay. Default: no limit. */
  readonly vocabSize?: number;
  /** A token must occur so often. Default 1. */
  readonly minFrequency?: number;
}

const SPLITS: Readonly<
  Record<string, { readonly cutter: PreTokenizerSpec; readonly decoder: DecoderSpec | null }>
> = {
  whitespace: { cutter: { type: "WhitespaceSplit" }, decoder: null },
  words: { cutter: { type: "BertPreTokenizer" }, decoder: null },
  characters: {
    cutter: { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false },
    decoder: { type: "Fuse" },
  },
};

/**
 * A vocabulary of whole words, or of single characters: what is not in it is unknown.
 *
 * @ko 단어 전체 또는 글자 하나를 토큰으로 삼는 토크나이저를 학습합니다.
 * @example
 * const tokenizer = trainWordLevel(pairs.map(({ source }) => source), { template: "sequence", lowercase: true });
 */
export function trainWordLevel(texts: readonly string[], options: TrainWordLevelOptions = {}): Tokenizer {
  const where = "trainWordLevel";
  const { split = "words", vocabSize = Infinity, minFrequency = 1 } = options;
  checkTexts(texts, { where });
  checkOneOf(split, { where, what: "split", allowed: Object.keys(SPLITS) });
  checkInteger(minFrequency, { where, what: "minFrequency", min: 1 });
  const setting = toTrainingSetting(options, { where, marksBlanks: false });
  if (vocabSize !== Infinity)
    checkInteger(vocabSize, { where, what: "vocabSize", min: setting.special.length + 1 });
  const { cutter, decoder } = SPLITS[split];
  const words = [...countParts(texts, { normalizer: setting.normalizer, cutter })]
    .filter(([, count]) => count >= minFrequency)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
  const tokens = [...new Set([...setting.special, ...words])].slice(0, vocabSize);
  return assembleTokenizer(setting, {
    cutter,
    decoder,
    model: { type: "WordLevel", vocab: toVocab(tokens), unk_token: setting.unknown },
  });
}
