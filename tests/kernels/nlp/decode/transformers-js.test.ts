import * as tf from "@tensorflow/tfjs";
import { AutoModelForCausalLM, AutoModelForSeq2SeqLM, pipeline, Tensor } from "@xenova/transformers";
import {
  fromTransformersJs,
  generate,
  scoreSequence,
  type GenerateOptions,
  type NextTokenModel,
  type SourceInput,
  type TransformersJsModel,
  type TransformersJsTensor,
} from "gongbu/decode";
import { CausalLanguageModel, toDecoder, type RecurrentSeq2Seq, type TransformerSeq2Seq } from "gongbu/nn";
import { exportOnnx } from "gongbu/onnx";
import { beforeAll, describe, expect, it } from "vitest";
import { openHubFolder } from "../onnx/hub-folder.ts";
import { both, KOREAN, teachRecurrent, teachTranslator, teachWriter } from "../onnx/taught.ts";

await tf.setBackend("cpu");

const { put } = openHubFolder();
const NEW = 8;

/** Prompts of different lengths, which the models have partly learnt. */
const prompts = ["나는 오늘", "검은", "비가", "고양이가 열린 창문"].map(
  (text) => both.encode(text, { addSpecialTokens: false }).ids,
);
const sources = KOREAN.map((text) => both.encode(text).ids);

interface Loaded {
  /** The library's own. */
  readonly own: CausalLanguageModel | TransformerSeq2Seq | RecurrentSeq2Seq;
  readonly upstream: TransformersJsModel & { generate(options: object): Promise<unknown> };
  readonly inputs: readonly (readonly number[])[];
}

const loaded = {} as Record<"padded" | "apart" | "translator" | "recurrent", Loaded>;

beforeAll(async () => {
  const load = async (
    name: string,
    { own, Auto, inputs }: Pick<Loaded, "own" | "inputs"> & { Auto: typeof AutoModelForCausalLM },
  ): Promise<Loaded> => {
    await put(name, await exportOnnx(own, { tokenizer: both }));
    return { own, inputs, upstream: await Auto.from_pretrained(name, { dtype: "fp32" }) };
  };
  const [writer, translator] = [AutoModelForCausalLM, AutoModelForSeq2SeqLM];
  loaded.padded = await load("padded", { own: teachWriter(), Auto: writer, inputs: prompts });
  // Without positions there is no position_ids, so that nothing says whether the model knows padding.
  const bare = teachWriter({ positions: "none" });
  loaded.apart = await load("apart", { own: bare, Auto: writer, inputs: prompts });
  const own = teachTranslator({ positions: "rotary" });
  loaded.translator = await load("translator", { own, Auto: translator, inputs: sources });
  const states = teachRecurrent({ attention: "dot" });
  loaded.recurrent = await load("recurrent", { own: states, Auto: translator, inputs: sources });
}, 120_000);

const KINDS = ["padded", "apart", "translator", "recurrent"] as const;

async function write(
  model: NextTokenModel<SourceInput>,
  inputs: readonly SourceInput[],
  options: GenerateOptions,
): Promise<{ tokens: readonly number[]; score: number }[][]> {
  const { outputs } = await generate(model, inputs, { maxNewTokens: NEW, ...options });
  return outputs.map(({ hypotheses }) => hypotheses.map(({ tokens, score }) => ({ tokens, score })));
}

function toTensor(ids: readonly number[]): Tensor {
  return new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

/** Every tensor that the model gives back or is given. */
function watch(upstream: Loaded["upstream"]) {
  const seen: TransformersJsTensor[] = [];
  class Watched extends Tensor {
    constructor(...given: ConstructorParameters<typeof Tensor>) {
      super(...given);
      seen.push(this as unknown as TransformersJsTensor);
    }
  }
  let calls = 0;
  const model = Object.create(upstream as object) as TransformersJsModel & { failAt: number };
  model.failAt = Infinity;
  model.forward = async (inputs) => {
    if (++calls > model.failAt) throw new Error("forward");
    const outputs = await upstream.forward(inputs);
    seen.push(...Object.values(outputs));
    return outputs;
  };
  model._prepare_encoder_decoder_kwargs_for_generation = async (spec) => {
    const prepared = (await upstream._prepare_encoder_decoder_kwargs_for_generation(spec)) as {
      encoder_outputs: TransformersJsTensor;
    };
    seen.push(prepared.encoder_outputs);
    return prepared;
  };
  return { model, Watched, seen };
}

describe.each(KINDS)("a model of Transformers.js (%s)", (kind) => {
  it("writes greedily, token by token, what its own generate writes", async () => {
    const { upstream, inputs } = loaded[kind];
    const model = fromTransformersJs(upstream, { Tensor });
    const ours = await write(model, inputs, {});
    for (const [index, ids] of inputs.entries()) {
      const given = { inputs: toTensor(ids), attention_mask: toTensor(ids.map(() => 1)) };
      const theirs = (await upstream.generate({ ...given, max_new_tokens: NEW })) as Tensor;
      const [row] = theirs.tolist() as bigint[][];
      const written = row.map(Number).slice(loaded[kind].own instanceof CausalLanguageModel ? ids.length : 1);
      const [{ tokens }] = ours[index];
      expect(tokens).toEqual(written);
    }
    expect(new Set(ours.flatMap(([{ tokens }]) => tokens)).size).toBeGreaterThan(6);
  });

  it("finds with four beams what the library's own model finds", async () => {
    const { upstream, own, inputs } = loaded[kind];
    const options = { numBeams: 4, numReturnSequences: 4, lengthPenalty: 0.7 };
    const [theirs, ours] = [
      await write(fromTransformersJs(upstream, { Tensor }), inputs, options),
      await write(toDecoder(own), inputs, options),
    ];
    ours.forEach((hypotheses, input) =>
      hypotheses.forEach(({ tokens, score }, place) => {
        expect(theirs[input][place].tokens).toEqual(tokens);
        expect(theirs[input][place].score).toBeCloseTo(score, 3);
      }),
    );
  });

  it("gives each beam the score that the model gives its tokens one by one, alone", async () => {
    const { upstream, inputs } = loaded[kind];
    const model = fromTransformersJs(upstream, { Tensor });
    const options = { numBeams: 4, numReturnSequences: 3, maxNewTokens: NEW };
    const found = await write(model, inputs, options);
    for (const [index, hypotheses] of found.entries())
      for (const { tokens, score } of hypotheses) {
        const again = await scoreSequence(model, inputs[index], { tokens, maxNewTokens: NEW });
        expect(again.score).toBeCloseTo(score, 3);
      }
  });

  it("frees every tensor that a search took, also one that fails", async () => {
    const { upstream, inputs } = loaded[kind];
    for (const failAt of [Infinity, 1, 3]) {
      const { model, Watched, seen } = watch(upstream);
      model.failAt = failAt;
      const search = write(fromTransformersJs(model, { Tensor: Watched }), inputs, { numBeams: 3 });
      if (failAt < Infinity) await expect(search).rejects.toThrow("forward");
      else await search;
      expect(seen.length).toBeGreaterThan(2);
      expect(seen.filter(({ location }) => location !== "none")).toEqual([]);
    }
  });
});

it.each(KINDS)("an input without tokens is refused by its number (%s)", async (kind) => {
  const model = fromTransformersJs(loaded[kind].upstream, { Tensor });
  const error = await generate(model, [[4], []], { maxNewTokens: NEW }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: "empty-input",
    message: expect.stringContaining("`inputs[1]`") as string,
  });
});

describe("an encoder–decoder of Transformers.js", () => {
  it("goes on from targets of different lengths as from each alone", async () => {
    const model = fromTransformersJs(loaded.translator.upstream, { Tensor });
    const begun = [[], [both.tokenToId("the")!], [both.tokenToId("it")!, both.tokenToId("rains")!]];
    const together = await write(model, sources, { decoderInputIds: begun, numBeams: 2 });
    for (const [index, source] of sources.entries()) {
      const [alone] = await write(model, [source], { decoderInputIds: [begun[index]], numBeams: 2 });
      expect(together[index].map(({ tokens }) => tokens)).toEqual(alone.map(({ tokens }) => tokens));
    }
  });
});

describe("what a model of Transformers.js says of its writing", () => {
  it("holds where a call says nothing else", () => {
    const { upstream } = loaded.translator;
    const { isEncoderDecoder, generationConfig } = fromTransformersJs(upstream, { Tensor });
    expect(isEncoderDecoder).toBe(true);
    expect(generationConfig).toEqual(loaded.translator.own.generationConfig);
    const talkative = Object.create(upstream as object, {
      config: { value: { ...upstream.config, num_beams: 6, max_length: 512, bad_words_ids: [[0]] } },
      generation_config: { value: { num_beams: 3, forced_eos_token_id: null } },
    }) as TransformersJsModel;
    expect(fromTransformersJs(talkative, { Tensor }).generationConfig).toMatchObject({
      numBeams: 3,
      maxLength: 512,
      badWordsIds: [[0]],
    });
  });
});

describe("what cannot write", () => {
  it("is refused by what is missing", async () => {
    const { upstream } = loaded.padded;
    const wrong = expect.objectContaining({ code: "wrong-option" });
    const pipe = await pipeline("text-generation", "padded", { dtype: "fp32" });
    expect(() => fromTransformersJs(pipe as never, { Tensor })).toThrow(wrong);
    expect(() => fromTransformersJs(undefined as never, { Tensor })).toThrow(wrong);
    expect(() => fromTransformersJs(upstream, {} as never)).toThrow(wrong);
    const forgetful = { can_generate: true, sessions: { model: { inputNames: ["input_ids"] } } };
    expect(() => fromTransformersJs(forgetful as never, { Tensor })).toThrow(wrong);
    expect(() => fromTransformersJs(pipe.model, { Tensor })).not.toThrow();
  });
});
