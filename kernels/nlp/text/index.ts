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
