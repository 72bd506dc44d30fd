import { LearnerError } from "../error.ts";
import { CausalLanguageModel } from "../nn/models/causal-language-model.ts";
import { EncoderClassifier } from "../nn/models/encoder-classifier.ts";
import { MaskedLanguageModel } from "../nn/models/masked-language-model.ts";
import { RecurrentSeq2Seq } from "../nn/models/recurrent-seq2seq.ts";
import { SequenceLabeller } from "../nn/models/sequence-labeller.ts";
import type { AnyModel } from "../nn/models/create-model.ts";
import { TransformerSeq2Seq } from "../nn/models/transformer-seq2seq.ts";
import { causalGraph } from "./causal-graph.ts";
import { classifierGraph, labellerGraph, maskedGraph, type ModelWeights } from "./encoder-graphs.ts";
import type { Graph } from "./graph.ts";
import { hubConfig, maybeGenerationConfig, tokenizerConfig, type HubTokenizer } from "./hub-config.ts";
import { encodeModel } from "./model-proto.ts";
import { readWeights } from "./read-weights.ts";
import { recurrentDecoderGraph, recurrentEncoderGraph } from "./recurrent-seq2seq-graphs.ts";
import { seq2seqDecoderGraph, seq2seqEncoderGraph } from "./seq2seq-graphs.ts";

export interface ExportOnnxOptions {
  /** What cuts the texts: written as tokenizer.json. Anything with the `toJSON` of `gongbu/text`'s tokenizers. */
  readonly tokenizer: HubTokenizer;
  /** For an encoder–decoder with two vocabularies: the output's tokenizer, written into the folder target. */
  readonly targetTokenizer?: HubTokenizer;
  /** The names of the classes, in the order of the logits. Default: LABEL_0, LABEL_1, … */
  readonly labels?: readonly string[];
  /** Also write each graph with int8 matrices (onnx/model_quantized.onnx), a quarter of the size. Default false. */
  readonly quantize?: boolean;
}

/** Files by path, in the layout of the model hub. */
export type HubFiles = Map<string, Uint8Array>;

/**
 * A model as Transformers.js, or any ONNX Runtime, loads it: config.json, tokenizer.json, tokenizer_config.json and
 * the graphs in onnx, in the layout of the model hub. Batch and time may be anything.
 *
 *     EncoderClassifier       pipeline("text-classification")      input_ids, attention_mask, token_type_ids → logits
 *     SequenceLabeller        pipeline("token-classification")     the same; recurrent encoders need right padding
 *     MaskedLanguageModel     pipeline("fill-mask")
 *     CausalLanguageModel     pipeline("text-generation")          with a cache of keys and values
 *     TransformerSeq2Seq      pipeline("translation")              encoder_model.onnx and decoder_model_merged.onnx
 *     RecurrentSeq2Seq        the same                             with the decoder's states as the cache
 *
 * The model is left as it is. A CRF and constraints are no part of the graph: its logits are those of each token by itself.
 * Models that write come with generation_config.json. Pipelines write 256 tokens unless they are told `max_new_tokens`: stay within
 * the model's `maxLength`. They also know only one tokenizer; with a `targetTokenizer`, call `model.generate` and decode with that.
 *
 * In a browser Transformers.js asks for the int8 graphs: export with `quantize: true`, or load with `{ dtype: "fp32" }`.
 *
 * @ko 모델을 ONNX 파일로 내보내 Transformers.js에서 쓸 수 있게 합니다.
 * @example
 * const files = await exportOnnx(model, { tokenizer, labels: ["joy", "sadness", "anger", "fear"] });
 * files.get("onnx/model.onnx"); // bytes
 */
export async function exportOnnx(model: AnyModel, options: ExportOnnxOptions): Promise<HubFiles> {
  const { tokenizer, targetTokenizer, labels, quantize = false } = options;
  const weights = await readWeights(model.stateDict());
  const graphs = graphsOf(model);
  if (!graphs) throw unknownFamily(model);
  checkTokenizers(model, targetTokenizer);
  const files: HubFiles = new Map([["config.json", toJson(hubConfig(model, { labels }))]]);
  addTokenizer(files, { model, tokenizer, folder: "" });
  if (targetTokenizer) addTokenizer(files, { model, tokenizer: targetTokenizer, folder: "target/" });
  const generation = maybeGenerationConfig(model);
  if (generation) files.set("generation_config.json", toJson(generation));
  for (const [name, build] of Object.entries(graphs)) {
    files.set(`onnx/${name}.onnx`, encodeModel(build({ weights }).spec()));
    if (quantize) files.set(`onnx/${name}_quantized.onnx`, encodeModel(build({ weights, quantize }).spec()));
  }
  return files;
}

type GraphBuilder = (setting: ModelWeights) => Graph;

/** The graphs of a model by the names of their files. */
function graphsOf(model: AnyModel): Readonly<Record<string, GraphBuilder>> | undefined {
  if (model instanceof EncoderClassifier) return { model: (setting) => classifierGraph(model, setting) };
  if (model instanceof SequenceLabeller) return { model: (setting) => labellerGraph(model, setting) };
  if (model instanceof MaskedLanguageModel) return { model: (setting) => maskedGraph(model, setting) };
  if (model instanceof CausalLanguageModel) return { model: (setting) => causalGraph(model, setting) };
  if (model instanceof TransformerSeq2Seq)
    return {
      encoder_model: (setting) => seq2seqEncoderGraph(model, setting),
      decoder_model_merged: (setting) => seq2seqDecoderGraph(model, setting),
    };
  if (model instanceof RecurrentSeq2Seq)
    return {
      encoder_model: (setting) => recurrentEncoderGraph(model, setting),
      decoder_model_merged: (setting) => recurrentDecoderGraph(model, setting),
    };
  return undefined;
}

function addTokenizer(
  files: HubFiles,
  { model, tokenizer, folder }: { model: AnyModel; tokenizer: HubTokenizer; folder: string },
): void {
  files.set(`${folder}tokenizer.json`, toJson(tokenizer.toJSON()));
  files.set(`${folder}tokenizer_config.json`, toJson(tokenizerConfig(model, tokenizer)));
}

/** Ids of one vocabulary must not be decoded with another's tokenizer. */
function checkTokenizers(model: AnyModel, targetTokenizer: HubTokenizer | undefined): void {
  const { vocabSize, targetVocabSize = vocabSize } = model.config as {
    readonly vocabSize: number;
    readonly targetVocabSize?: number;
  };
  if (targetTokenizer || targetVocabSize === vocabSize) return;
  throw new LearnerError({
    code: "wrong-option",
    where: "exportOnnx",
    given: {
      en: `The model reads ${vocabSize} tokens and writes ${targetVocabSize} others, and no \`targetTokenizer\` is given.`,
      ko: `모델이 읽는 토큰은 ${vocabSize}개, 쓰는 토큰은 ${targetVocabSize}개로 서로 다른데 \`targetTokenizer\`가 없습니다.`,
    },
    expected: {
      en: "What it writes is decoded with the tokenizer of its output.",
      ko: "모델이 쓴 것은 출력 쪽 토크나이저로 디코딩해야 합니다.",
    },
    remedy: {
      en: "Pass both: `exportOnnx(model, { tokenizer, targetTokenizer })`.",
      ko: "`exportOnnx(model, { tokenizer, targetTokenizer })`처럼 둘 다 넘기십시오.",
    },
  });
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
      en: "A model that Transformers.js knows a task for: a classifier or labeller of encoded texts, a language model, or an encoder–decoder.",
      ko: "Transformers.js에 해당 과제가 있는 모델, 곧 인코딩한 글의 분류나 레이블링 모델, 언어 모델, 인코더–디코더 가운데 하나여야 합니다.",
    },
    remedy: {
      en: "Save it with `saveCheckpoint` instead: the library loads every model of its own.",
      ko: "대신 `saveCheckpoint`로 저장하십시오. 이 라이브러리의 모델은 모두 다시 불러올 수 있습니다.",
    },
  });
}
