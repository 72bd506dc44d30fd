/**
 * What a text is made of: characters, jamo, words, n-grams, and the numbers that models read.
 *
 * @ko 글을 글자, 낱자, 단어, n-그램으로 나누고 모델이 읽을 수로 바꿉니다.
 */
export { bagOfWords, type BagOfWordsOptions } from "./bag-of-words.ts";
export {
  composeSyllable,
  decomposeSyllable,
  fromJamo,
  hasTail,
  isSyllable,
  toJamo,
  type Syllable,
} from "./hangul.ts";
export { characterNgrams, wordNgrams, type CharacterNgramOptions, type NgramOptions } from "./ngrams.ts";
export { normalize, type NormalizeOptions } from "./normalize.ts";
export { oneHot } from "./one-hot.ts";
export { splitParticle } from "./particles.ts";
export { Vocabulary, type VocabularyOptions } from "./vocabulary.ts";
export {
  tokenizeCharacters,
  tokenizeWhitespace,
  tokenizeWords,
  type TokenizeCharactersOptions,
  type TokenizeWordsOptions,
} from "./words.ts";
export type { BatchEncoding, Encoding } from "./tokenizer/encoding.ts";
export {
  Tokenizer,
  type DecodeOptions,
  type EncodeBatchOptions,
  type EncodeOptions,
} from "./tokenizer/tokenizer.ts";
export type { TokenizerFile } from "./tokenizer/tokenizer-file.ts";
export type { Merge, MergeExample } from "./training/merge-pairs.ts";
export { bpeMerges, trainBPE, type BPEMergesOptions, type TrainBPEOptions } from "./training/train-bpe.ts";
export { trainUnigram, type TrainUnigramOptions } from "./training/train-unigram.ts";
export { trainWordLevel, type TrainWordLevelOptions } from "./training/train-word-level.ts";
export { trainWordPiece, type TrainWordPieceOptions } from "./training/train-wordpiece.ts";
export type { SubwordTrainingOptions, TokenizerTrainingOptions } from "./training/training-options.ts";
