import { LearnerError } from "../../error.ts";
import type { RandomOptions } from "../../random.ts";
import { CausalLanguageModel } from "./causal-language-model.ts";
import { BagOfWordsClassifier } from "./bag-of-words-classifier.ts";
import { EmbeddingClassifier } from "./embedding-classifier.ts";
import { EncoderClassifier } from "./encoder-classifier.ts";
import { EncoderModel } from "./encoder-model.ts";
import { MaskedLanguageModel } from "./masked-language-model.ts";
import { RecurrentEncoder } from "./recurrent-encoder.ts";
import { RecurrentSeq2Seq } from "./recurrent-seq2seq.ts";
import { SequenceLabeller } from "./sequence-labeller.ts";
import { TransformerSeq2Seq } from "./transformer-seq2seq.ts";

/** The models that can be made again from their `config`, by its `modelType`. */
const MODELS = {
  "bag-of-words-classifier": BagOfWordsClassifier,
  "causal-language-model": CausalLanguageModel,
  "embedding-classifier": EmbeddingClassifier,
  encoder: EncoderModel,
  "encoder-classifier": EncoderClassifier,
  "masked-language-model": MaskedLanguageModel,
  "recurrent-encoder": RecurrentEncoder,
  "recurrent-seq2seq": RecurrentSeq2Seq,
  "sequence-labeller": SequenceLabeller,
  "transformer-seq2seq": TransformerSeq2Seq,
} as const;

export type ModelType = keyof typeof MODELS;

/** Any of the library's models. */
export type AnyModel = InstanceType<(typeof MODELS)[ModelType]>;

/** What a model says of itself: plain data from which it can be made again. Its weights are in `stateDict()`. */
export interface ModelConfig {
  readonly modelType: ModelType;
  readonly [option: string]: unknown;
}

/**
 * A model as its `config` describes it, with fresh weights: what `config.json` in a checkpoint is for.
 *
 * @ko `config`에 적힌 대로 모델을 새로 만듭니다.
 * @example
 * const copy = createModel(model.config).loadStateDict(model.stateDict());
 */
export function createModel<T extends ModelType>(
  config: { readonly modelType: T } & Readonly<Record<string, unknown>>,
  options: RandomOptions = {},
): InstanceType<(typeof MODELS)[T]> {
  const Model = Object.hasOwn(MODELS, config.modelType) ? MODELS[config.modelType] : undefined;
  if (!Model) throw unknownModel(config.modelType);
  return new (Model as new (options: object) => AnyModel)({ ...config, ...options }) as InstanceType<
    (typeof MODELS)[T]
  >;
}

function unknownModel(modelType: unknown): LearnerError {
  const known = Object.keys(MODELS)
    .map((name) => `"${name}"`)
    .join(", ");
  return new LearnerError({
    code: "wrong-option",
    where: "createModel",
    given: {
      en: `\`modelType\` is ${JSON.stringify(modelType)}.`,
      ko: `\`modelType\`이 ${JSON.stringify(modelType)}입니다.`,
    },
    expected: { en: `It must be one of ${known}.`, ko: `${known} 가운데 하나여야 합니다.` },
    remedy: {
      en: "Take the `config` of a model of this library, or make a model of your own with `new` and load its weights with `loadStateDict`.",
      ko: "이 라이브러리 모델의 `config`를 쓰거나, 직접 만든 모델은 `new`로 만든 뒤 `loadStateDict`로 가중치를 불러오십시오.",
    },
  });
}
