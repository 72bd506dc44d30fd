/**
 * From next-token scores to texts: greedy search, beams, samples, and the whole search as data.
 *
 * @ko 다음 토큰의 점수에서 글을 만듭니다. 그리디, 빔 탐색, 샘플링을 하고 탐색 과정을 데이터로 남깁니다.
 */
export {
  autopsy,
  type Autopsy,
  type AutopsyOptions,
  type BeamTrial,
  type Loss,
  type Verdict,
} from "./autopsy.ts";
export {
  generate,
  generateStream,
  type FinishedEvent,
  type GeneratedOutput,
  type GenerateEvent,
  type Generation,
  type LiveOutput,
  type StepEvent,
  type TokenEvent,
} from "./generate.ts";
export {
  generateText,
  type GeneratedTexts,
  type GenerateTextOptions,
  type TextTokenizer,
} from "./generate-text.ts";
export type { Ending, Hypothesis } from "./hypothesis.ts";
export { toRows, type Awaitable, type NextTokenModel, type NextTokens } from "./model.ts";
export { nextTokenProbabilities, type NextTokenProbabilitiesOptions } from "./next-token-probabilities.ts";
export type { GenerateOptions, GenerationConfig } from "./options.ts";
export type { Forbidden, LogitsProcessor, RowContext } from "./processors/processor.ts";
export type { EncodedInput, SourceInput } from "./prompts.ts";
export {
  breakEvenLengthPenalty,
  rerank,
  type BreakEven,
  type Rankable,
  type RerankOptions,
  type WinningRange,
} from "./rerank.ts";
export {
  scoreSequence,
  type ScoredToken,
  type ScoreSequenceOptions,
  type SequenceScore,
} from "./score-sequence.ts";
export type { Candidate, Fate, PruneReason, SearchStep, SearchTrace, Stop, Strategy } from "./trace.ts";
export {
  fromTransformersJs,
  type FromTransformersJsOptions,
} from "./transformers-js/from-transformers-js.ts";
export type {
  TransformersJsModel,
  TransformersJsTensor,
  TransformersJsTensorClass,
} from "./transformers-js/upstream.ts";
