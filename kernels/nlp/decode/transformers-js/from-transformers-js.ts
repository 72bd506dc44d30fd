import { checkNotEmpty } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import type { NextTokenModel } from "../model.ts";
import { toSources, type SourceInput } from "../prompts.ts";
import { toList } from "../settings.ts";
import { byLength } from "./by-length.ts";
import { createCausal } from "./causal.ts";
import { createEncoderDecoder } from "./encoder-decoder.ts";
import { readGenerationConfig } from "./hub-generation-config.ts";
import type { TransformersJsModel, TransformersJsTensorClass, Upstream } from "./upstream.ts";

export interface FromTransformersJsOptions {
  /** Transformers.js's own class, for the model's inputs: `import { Tensor } from "@xenova/transformers"`. */
  readonly Tensor: TransformersJsTensorClass;
}

/**
 * A model of the hub, loaded by Transformers.js, in the form in which `generate` asks for the next token: so beam search,
 * its trace, `scoreSequence` and all else here, which Transformers.js does not have, run on it. Loaded with
 * AutoModelForCausalLM it takes prompts, with AutoModelForSeq2SeqLM sources; what a pipeline writes with is its `model`.
 *
 *     start: forward(ids [rows, time]) → logits of the last column [rows, vocabulary], cache of keys and values
 *     step:  forward(tokens [rows, 1], cache) → the same
 *
 * Prompts of different lengths are padded in front where the model is told positions (`position_ids`), and go through it apart where
 * it is not. What the model's generation_config.json says holds where a call says nothing else, `numBeams` and `doSample`
 * included. The caches of a search are freed when it ends; the model stays the caller's.
 *
 * @ko Transformers.js로 불러온 허브의 모델을 `generate`가 다음 토큰을 물을 수 있는 꼴로 감쌉니다. 빔 탐색도 할 수 있습니다.
 * @example
 * import { pipeline, Tensor } from "@xenova/transformers";
 * const { model, tokenizer } = await pipeline("text-generation", "onnx-community/SmolLM2-135M-ONNX");
 * const writer = fromTransformersJs(model, { Tensor });
 * const { outputs } = await generate(writer, [tokenizer.encode("The cat")], { numBeams: 4, maxNewTokens: 20 });
 * tokenizer.decode(outputs[0].hypotheses[0].tokens);
 */
export function fromTransformersJs(
  model: TransformersJsModel,
  { Tensor }: FromTransformersJsOptions,
): NextTokenModel<SourceInput> {
  const inputNames = checkModel(model);
  if (typeof Tensor !== "function") throw noTensor();
  const generationConfig = readGenerationConfig(model);
  const padId = generationConfig.padTokenId ?? toList(generationConfig.eosTokenId)[0] ?? 0;
  const upstream: Upstream = { model, Tensor, padId };
  const isEncoderDecoder = Boolean((model.config as { is_encoder_decoder?: boolean }).is_encoder_decoder);
  // Nothing tells layers with a state, of convolutions say, that a column is padding.
  const canPad =
    inputNames.includes("position_ids") && !inputNames.some((name) => /^past_(?!key_values)/.test(name));
  const own = isEncoderDecoder
    ? byLength(createEncoderDecoder(upstream))
    : canPad
      ? createCausal(upstream)
      : byLength(createCausal(upstream));
  const { start, ...rest } = own as NextTokenModel<SourceInput>;
  return {
    ...rest,
    isEncoderDecoder,
    generationConfig,
    start(inputs, prompts) {
      const where = "fromTransformersJs";
      const read = isEncoderDecoder ? toSources(inputs, where) : prompts;
      read.forEach((ids, index) => checkNotEmpty(ids, { where, what: `inputs[${index}]` }));
      return start(inputs, prompts);
    },
  };
}

/** The names of what the decoder takes. */
function checkModel(model: TransformersJsModel): readonly string[] {
  const { sessions = {}, can_generate: canGenerate = false } = (model ?? {}) as Partial<TransformersJsModel>;
  const decoder = sessions.decoder_model_merged ?? sessions.model;
  if (!decoder || !canGenerate) throw noWriter(model);
  if (!decoder.inputNames.some((name) => name.startsWith("past"))) throw noCache();
  return decoder.inputNames;
}

function noWriter(model: unknown): LearnerError {
  const name = (model as object | undefined)?.constructor?.name ?? String(model);
  return new LearnerError({
    code: "wrong-option",
    where: "fromTransformersJs",
    given: { en: `\`model\` is ${name}.`, ko: `\`model\`이 ${name}입니다.` },
    expected: {
      en: "A loaded model of Transformers.js that writes.",
      ko: "Transformers.js로 불러온, 글을 쓰는 모델이어야 합니다.",
    },
    remedy: {
      en: "Load it with `await AutoModelForCausalLM.from_pretrained(name)` or `AutoModelForSeq2SeqLM`; of a pipeline pass its `model`.",
      ko: "`await AutoModelForCausalLM.from_pretrained(name)`이나 `AutoModelForSeq2SeqLM`으로 불러오십시오. 파이프라인이라면 그 `model`을 넘기십시오.",
    },
  });
}

function noTensor(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "fromTransformersJs",
    given: { en: "No `Tensor` is given.", ko: "`Tensor`가 없습니다." },
    expected: {
      en: "The model takes tensors of Transformers.js's own class, which this library does not import.",
      ko: "모델은 Transformers.js의 텐서만 받는데, 이 라이브러리는 Transformers.js를 직접 불러오지 않습니다.",
    },
    remedy: {
      en: 'Write `import { Tensor } from "@xenova/transformers"` and `fromTransformersJs(model, { Tensor })`.',
      ko: '`import { Tensor } from "@xenova/transformers"`를 쓰고 `fromTransformersJs(model, { Tensor })`처럼 넘기십시오.',
    },
  });
}

function noCache(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "fromTransformersJs",
    given: {
      en: "The model's graph takes no cache of keys and values.",
      ko: "모델의 그래프가 키와 값의 캐시를 받지 않습니다.",
    },
    expected: {
      en: "Each step hands the model the new tokens and the cache of those before.",
      ko: "단계마다 새 토큰과 함께 앞 토큰들의 캐시를 모델에 넘깁니다.",
    },
    remedy: {
      en: 'Load the model\'s file with a cache: `{ model_file_name: "decoder_model_merged" }`, or whatever it is called in the folder onnx.',
      ko: '캐시가 있는 파일을 `{ model_file_name: "decoder_model_merged" }`처럼 불러오십시오. 이름은 onnx 폴더에서 확인할 수 있습니다.',
    },
  });
}
