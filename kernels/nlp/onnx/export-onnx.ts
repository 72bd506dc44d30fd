import { LearnerError } from "../error.ts";
import { EncoderClassifier } from "../nn/models/encoder-classifier.ts";
import { MaskedLanguageModel } from "../nn/models/masked-language-model.ts";
import { SequenceLabeller } from "../nn/models/sequence-labeller.ts";
import type { AnyModel } from "../nn/models/create-model.ts";
import { classifierGraph, labellerGraph, maskedGraph, type ModelWeights } from "./encoder-graphs.ts";
import type { Graph } from "./graph.ts";
import { hubConfig, tokenizerConfig, type HubTokenizer } from "./hub-config.ts";
import { encodeModel } from "./model-proto.ts";
import { readWeights } from "./read-weights.ts";

export interface ExportOnnxOptions {
  /** What cuts the texts: written as tokenizer.json. Anything with the `toJSON` of `gongbu/text`'s tokenizers. */
  readonly tokenizer: HubTokenizer;
  /** The names of the classes, in the order of the logits. Default: LABEL_0, LABEL_1, … */
  readonly labels?: readonly string[];
  /** Also write the graph with int8 matrices (onnx/model_quantized.onnx), a quarter of the size. Default false. */
  readonly quantize?: boolean;
}

/** Files by path, in the layout of the model hub. */
export type HubFiles = Map<string, Uint8Array>;

/**
 * A model as Transformers.js, or any ONNX Runtime, loads it: config.json, tokenizer.json, tokenizer_config.json and
 * onnx/model.onnx, in the layout of the model hub. Batch and time may be anything.
 *
 *     EncoderClassifier       pipeline("text-classification")      input_ids, attention_mask, token_type_ids → logits
 *     SequenceLabeller        pipeline("token-classification")     the same; recurrent encoders need right padding
 *     MaskedLanguageModel     pipeline("fill-mask")
 *
 * The model is left as it is. A CRF and constraints are no part of the graph: its logits are those of each token by itself.
 *
 * @ko 모델을 ONNX 파일로 내보내 Transformers.js에서 쓸 수 있게 합니다.
 * @example
 * const files = await exportOnnx(model, { tokenizer, labels: ["joy", "sadness", "anger", "fear"] });
 * files.get("onnx/model.onnx"); // bytes
 */
export async function exportOnnx(model: AnyModel, options: ExportOnnxOptions): Promise<HubFiles> {
  const { tokenizer, labels, quantize = false } = options;
  const weights = await readWeights(model.stateDict());
  const build = graphOf(model);
  if (!build) throw unknownFamily(model);
  const files: HubFiles = new Map([
    ["config.json", toJson(hubConfig(model, { labels }))],
    ["tokenizer.json", toJson(tokenizer.toJSON())],
    ["tokenizer_config.json", toJson(tokenizerConfig(model, tokenizer))],
    ["onnx/model.onnx", encodeModel(build({ weights }).spec())],
  ]);
  if (quantize) files.set("onnx/model_quantized.onnx", encodeModel(build({ weights, quantize }).spec()));
  return files;
}

function graphOf(model: AnyModel): ((setting: ModelWeights) => Graph) | undefined {
  if (model instanceof EncoderClassifier) return (setting) => classifierGraph(model, setting);
  if (model instanceof SequenceLabeller) return (setting) => labellerGraph(model, setting);
  if (model instanceof MaskedLanguageModel) return (setting) => maskedGraph(model, setting);
  return undefined;
}

function toJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}

function unknownFamily(model: AnyModel): LearnerError {
  const given = model.config.modelType;
  return new LearnerError({
    code: "wrong-option",
    where: "exportOnnx",
    given: { en: `The model is a "${given}".`, ko: `모델이 "${given}"입니다.` },
    expected: {
      en: "A model that Transformers.js knows a task for: a classifier or labeller of encoded texts, or a language model.",
      ko: "Transformers.js에 해당 과제가 있는 모델, 곧 인코딩한 글의 분류나 레이블링 모델 또는 언어 모델이어야 합니다.",
    },
    remedy: {
      en: "Save it with `saveCheckpoint` instead: the library loads every model of its own.",
      ko: "대신 `saveCheckpoint`로 저장하십시오. 이 라이브러리의 모델은 모두 다시 불러올 수 있습니다.",
    },
  });
}
