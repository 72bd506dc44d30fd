import { LearnerError } from "../../error.ts";
import type { NextTokenModel } from "../../decode/model.ts";
import type { SourceInput } from "../../decode/prompts.ts";
import { CausalLanguageModel } from "../models/causal-language-model.ts";
import { RecurrentSeq2Seq } from "../models/recurrent-seq2seq.ts";
import { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import { createCausalDecoder } from "./causal-decoder.ts";
import { createRecurrentDecoder } from "./recurrent-decoder.ts";
import { createSeq2SeqDecoder } from "./seq2seq-decoder.ts";

export interface ToDecoderOptions {
  /**
   * Keep the keys and values of the positions before instead of computing them anew at each step. The output is the same,
   * and it takes a fraction of the time; without, one can see what the cache saves. Default true.
   */
  readonly cache?: boolean;
}

/**
 * A model in the form in which `generate` of `gongbu/decode` asks for the next token. An encoder–decoder takes the ids of
 * sources, a causal model prompts. It computes in evaluation mode and leaves the model as it is; the model stays the
 * caller's.
 *
 * @ko 모델을 `generate`가 다음 토큰을 물을 수 있는 꼴로 감쌉니다.
 * @example
 * const { outputs } = await generate(toDecoder(model), [tokenizer.encode("나는 학교에 간다")], { numBeams: 4 });
 */
export function toDecoder(
  model: TransformerSeq2Seq | RecurrentSeq2Seq | CausalLanguageModel,
  options: ToDecoderOptions = {},
): NextTokenModel<SourceInput> {
  const { cache = true } = options;
  if (model instanceof TransformerSeq2Seq) return createSeq2SeqDecoder(model, { cache });
  if (model instanceof RecurrentSeq2Seq) return createRecurrentDecoder(model);
  if (model instanceof CausalLanguageModel) return createCausalDecoder(model, { cache });
  throw noDecoder(model);
}

function noDecoder(model: unknown): LearnerError {
  const name = (model as object | undefined)?.constructor?.name ?? String(model);
  return new LearnerError({
    code: "wrong-option",
    where: "toDecoder",
    given: { en: `\`model\` is ${name}.`, ko: `\`model\`이 ${name}입니다.` },
    expected: {
      en: "A model that writes: TransformerSeq2Seq, RecurrentSeq2Seq or CausalLanguageModel.",
      ko: "글을 쓰는 모델, 곧 TransformerSeq2Seq, RecurrentSeq2Seq, CausalLanguageModel 가운데 하나여야 합니다.",
    },
    remedy: {
      en: "For a model of your own write `start` and `step`: see NextTokenModel in gongbu/decode.",
      ko: "직접 만든 모델이라면 `start`와 `step`을 작성하십시오. gongbu/decode의 NextTokenModel을 보십시오.",
    },
  });
}
