/**
 * How good a model is, as a number, and how sure the number is.
 *
 * Classes, entities, language models, translations, summaries, answers and similarities each have their own measure. None of
 * them needs tensors: they take lists of ids, labels, spans or texts.
 *
 * @ko 모델이 얼마나 잘하는지 수로 나타내고, 그 수를 얼마나 믿을 수 있는지 알려 줍니다.
 */
export { accuracy, kappa, matthews } from "./agreement.ts";
export {
  answerScores,
  normalizeAnswer,
  type AnswerOptions,
  type AnswerRules,
  type AnswerScore,
  type AnswerScores,
} from "./answers.ts";
export {
  bleu,
  bleuCounts,
  bleuOfCounts,
  sentenceBleu,
  type Bleu,
  type BleuCountOptions,
  type BleuCounts,
  type BleuOptions,
  type BleuScoreOptions,
  type BleuSmoothing,
} from "./bleu.ts";
export { chrf, type Chrf, type ChrfOptions } from "./chrf.ts";
export { confusionMatrix, type ClassesOptions } from "./confusion.ts";
export { pearson, spearman } from "./correlation.ts";
export {
  entityScores,
  entityScoresOfLabels,
  type EntityError,
  type EntityErrorKind,
  type EntityLabelOptions,
  type EntityMatching,
  type EntityOptions,
  type EntityScores,
  type EntityTypeScores,
} from "./entities.ts";
export {
  bootstrapInterval,
  wilsonInterval,
  type BootstrapOptions,
  type Interval,
  type WilsonOptions,
} from "./intervals.ts";
export { pairedBootstrap, type PairedBootstrap } from "./paired-bootstrap.ts";
export { perplexity, type Perplexity, type PerplexityOptions } from "./perplexity.ts";
export {
  precisionRecallF1,
  type ClassScores,
  type PrecisionRecallF1,
  type Scores,
} from "./precision-recall.ts";
export { rouge, type Rouge, type RougeOptions, type RougeScores } from "./rouge.ts";
export type { References } from "./segments.ts";
export type { Tokenization } from "./tokenize.ts";
