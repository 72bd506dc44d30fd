import * as tf from "@tensorflow/tfjs";
import { generate, type GenerateOptions, type NextTokenModel, type SourceInput } from "gongbu/decode";
import { createRandom } from "gongbu/data";
import {
  CausalLanguageModel,
  createModel,
  crossEntropy,
  RecurrentSeq2Seq,
  toDecoder,
  TransformerSeq2Seq,
  type Seq2SeqInput,
} from "gongbu/nn";
import { toSeq2SeqInput, toTokenInput, toTokenTargets } from "gongbu/train";
import { afterEach, expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { overfit } from "./overfit.ts";

const [BOS, EOS] = [2, 3];
const tokens = { vocabSize: 12, targetVocabSize: 11, bosTokenId: BOS, eosTokenId: EOS, seed: 4 };
const small = { hiddenSize: 16, numLayers: 2, numHeads: 2, dimFeedforward: 32, maxLength: 24 };
const recurrent = { embeddingSize: 8, hiddenSize: 12 };

/** The target is the source backwards. */
const pairs = (() => {
  const random = createRandom(9);
  return Array.from({ length: 12 }, () => {
    const source = Array.from({ length: 2 + random.integer(4) }, () => 4 + random.integer(6));
    return { source, target: [...source.toReversed(), EOS] };
  });
})();
const sources = pairs.map(({ source }) => source);

type Seq2Seq = TransformerSeq2Seq | RecurrentSeq2Seq;

/** Freed after each test. */
const made: { dispose(): void }[] = [];

const models: Record<string, (dropout: number) => Seq2Seq> = {
  Transformer: (dropout) => new TransformerSeq2Seq({ ...tokens, ...small, dropout }),
  "Transformer, post-norm, rotary": (dropout) =>
    new TransformerSeq2Seq({
      ...tokens,
      ...small,
      dropout,
      normFirst: false,
      positions: "rotary",
      activation: "gelu",
    }),
  RNN: (dropout) =>
    new RecurrentSeq2Seq({ ...tokens, ...recurrent, dropout, cell: "rnn", bidirectional: false }),
  "GRU with dot attention": (dropout) =>
    new RecurrentSeq2Seq({ ...tokens, ...recurrent, dropout, cell: "gru", attention: "dot" }),
  "LSTM with additive attention": (dropout) =>
    new RecurrentSeq2Seq({
      ...tokens,
      ...recurrent,
      dropout,
      cell: "lstm",
      numLayers: 2,
      attention: "additive",
    }),
};

function create(name: string, dropout = 0.2): Seq2Seq {
  const model = models[name](dropout);
  made.push(model);
  return model.eval();
}

function createCausal(options = {}): CausalLanguageModel {
  const { targetVocabSize: _, ...one } = tokens;
  const model = new CausalLanguageModel({ ...one, ...small, dropout: 0.2, ...options });
  made.push(model);
  return model.eval();
}

function logitsOf(model: Seq2Seq, of: typeof pairs): number[][][] {
  return tf.tidy(() => {
    const input = toSeq2SeqInput(of, { bosTokenId: BOS });
    return (model as { forward(input: Seq2SeqInput): tf.Tensor }).forward(input).arraySync() as number[][][];
  });
}

/** Tokens and score of each returned hypothesis, input by input. */
async function write(
  decoder: NextTokenModel<SourceInput>,
  inputs: readonly (readonly number[])[],
  options: GenerateOptions,
): Promise<{ tokens: (readonly number[])[]; scores: number[] }[]> {
  const { outputs } = await generate(decoder, inputs, options);
  return outputs.map(({ hypotheses }) => ({
    tokens: hypotheses.map(({ tokens }) => tokens),
    scores: hypotheses.map(({ score }) => score),
  }));
}

onEveryBackend("models that turn a sequence into another", () => {
  afterEach(() => made.splice(0).forEach((model) => model.dispose()));

  it.each(Object.keys(models))("%s: padding changes nothing", (name) => {
    const model = create(name);
    const [long, short] = [
      pairs.find(({ source }) => source.length === 5)!,
      pairs.find(({ source }) => source.length === 2)!,
    ];
    const [, padded] = logitsOf(model, [long, short]);
    expectClose(padded.slice(0, short.target.length), logitsOf(model, [short])[0]);
  });

  it.each(Object.keys(models))("%s: what comes later in the target changes nothing before", (name) => {
    const model = create(name);
    const [{ source, target }] = pairs;
    const [before] = logitsOf(model, [{ source, target }]);
    const changed = target.with(target.length - 2, (target.at(-2)! % 8) + 2);
    const [after] = logitsOf(model, [{ source, target: changed }]);
    expectClose(after.slice(0, -1), before.slice(0, -1));
    expect(after.at(-1)).not.toEqual(before.at(-1));
  });

  it.each(Object.keys(models))("%s: every parameter is learnt, and a small task by heart", (name) => {
    const model = create(name, 0);
    const start = model.parameters().map((parameter) => Array.from(parameter.dataSync()));
    const losses = overfit(
      model,
      () => {
        const input = toSeq2SeqInput(pairs, { bosTokenId: BOS });
        return crossEntropy(model.forward(input), toTokenTargets(pairs.map(({ target }) => target)));
      },
      { steps: 80, lr: 0.01 },
    );
    expect(losses.at(-1)!).toBeLessThan(losses[0] / 2);
    model.namedParameters().forEach(([parameterName, parameter], index) => {
      expect([parameterName, Array.from(parameter.dataSync())]).not.toEqual([parameterName, start[index]]);
    });
  });

  it.each(Object.keys(models))("%s: is made again from its config and weights", (name) => {
    const model = create(name);
    const copy = createModel(JSON.parse(JSON.stringify(model.config)) as typeof model.config);
    made.push(copy);
    copy.loadStateDict(model.stateDict());
    expectClose(logitsOf(copy.eval() as Seq2Seq, pairs), logitsOf(model, pairs), 1e-6);
  });

  it.each(Object.keys(models))("%s: decodes in a batch as alone", async (name) => {
    const model = create(name);
    const decoder = toDecoder(model);
    const options = { numBeams: 3, maxNewTokens: 7, lengthPenalty: 0.7 };
    const together = await write(decoder, sources.slice(0, 4), options);
    for (const [index, source] of sources.slice(0, 4).entries()) {
      const [alone] = await write(decoder, [source], options);
      expect(together[index].tokens).toEqual(alone.tokens);
      expectClose(together[index].scores, alone.scores);
    }
    expect(model.training).toBe(false);
  });

  it.each(["Transformer", "LSTM with additive attention"])(
    "%s: writes in evaluation mode and trains on",
    async (name) => {
      const model = create(name);
      const decoder = toDecoder(model);
      const options = { numBeams: 2, maxNewTokens: 6 };
      const [expected] = await write(decoder, [sources[0]], options);
      model.train();
      expect(await write(decoder, [sources[0]], options)).toEqual([expected]);
      expect(model.namedChildren().map(([, child]) => child.training)).not.toContain(false);
    },
  );

  it.each(["Transformer", "Transformer, post-norm, rotary"])("%s: a cache changes nothing", async (name) => {
    const model = create(name);
    const options = { numBeams: 3, maxNewTokens: 8, numReturnSequences: 3 };
    const [withCache, without] = await Promise.all(
      [true, false].map((cache) => write(toDecoder(model, { cache }), sources.slice(0, 5), options)),
    );
    withCache.forEach(({ tokens, scores }, index) => {
      expect(tokens).toEqual(without[index].tokens);
      expectClose(scores, without[index].scores);
    });
  });

  it("shows where it looks: rows of weights over the source that add up to 1", () => {
    for (const name of ["Transformer", "GRU with dot attention", "LSTM with additive attention"]) {
      const model = create(name);
      const crossAttentions: tf.Tensor[] = [];
      tf.tidy(() => void model.forward(toSeq2SeqInput(pairs, { bosTokenId: BOS }), { crossAttentions }));
      expect(crossAttentions).toHaveLength(name === "Transformer" ? 2 : 1);
      for (const weights of crossAttentions) {
        const [batch, , targetTime, sourceTime] = weights.shape;
        expect([batch, targetTime, sourceTime]).toEqual([pairs.length, 6, 5]);
        for (const sum of tf.tidy(() => tf.sum(weights, -1).dataSync())) expect(sum).toBeCloseTo(1, 4);
        weights.dispose();
      }
    }
  });
});

onEveryBackend("a causal language model", () => {
  afterEach(() => made.splice(0).forEach((model) => model.dispose()));

  it("sees nothing that comes later", () => {
    const model = createCausal();
    const logits = (row: number[]) =>
      tf.tidy(() => model.forward(toTokenInput([row])).arraySync() as number[][][]);
    const [before] = logits([2, 5, 6, 7, 8]);
    const [after] = logits([2, 5, 6, 7, 4]);
    expectClose(after.slice(0, -1), before.slice(0, -1));
    expect(after.at(-1)).not.toEqual(before.at(-1));
  });

  it("learns a sequence by heart and says it", async () => {
    const model = createCausal({ dropout: 0 });
    const text = [2, 5, 9, 5, 7, 10, 6, 3];
    overfit(
      model,
      () => crossEntropy(model.forward(toTokenInput([text.slice(0, -1)])), toTokenTargets([text.slice(1)])),
      { steps: 40 },
    );
    const [{ tokens }] = await write(toDecoder(model), [[2, 5]], { maxNewTokens: 10 });
    expect([2, 5, ...tokens[0], 3].slice(0, text.length)).toEqual(text);
  });

  it.each(["learned", "sinusoidal", "rotary"] as const)(
    "with %s positions: prompts of different lengths go on as they would alone, with a cache and without",
    async (positions) => {
      const model = createCausal({ positions });
      const prompts = [[2], [2, 5, 6, 9], [2, 8, 4]];
      const options = { numBeams: 2, maxNewTokens: 6 };
      for (const cache of [true, false]) {
        const decoder = toDecoder(model, { cache });
        const together = await write(decoder, prompts, options);
        for (const [index, prompt] of prompts.entries()) {
          const [alone] = await write(decoder, [prompt], options);
          expect(together[index].tokens).toEqual(alone.tokens);
          expectClose(together[index].scores, alone.scores);
        }
      }
    },
  );
});

onEveryBackend("a causal decoder whose longest row has ended", () => {
  afterEach(() => made.splice(0).forEach((model) => model.dispose()));

  it.each([true, false])("goes on as the other row would alone (cache %s)", async (cache) => {
    const decoder = toDecoder(createCausal(), { cache });
    const after = async (prompts: number[][], row: number) => {
      const { state } = await decoder.start(prompts, prompts);
      const left = prompts.length > 1 ? await decoder.reorder!(state, [row]) : state;
      const next = await decoder.step(left, [7]);
      const last = await decoder.step(next.state, [4]);
      decoder.dispose!(last.state);
      return last.logits.map((logits) => Array.from(logits));
    };
    expectClose(
      await after(
        [
          [2, 5, 6, 9],
          [2, 8],
        ],
        1,
      ),
      await after([[2, 8]], 0),
    );
  });
});

onEveryBackend("what has no decoder", () => {
  it("is refused by its name", () => {
    expect(() => toDecoder({} as never)).toThrow(expect.objectContaining({ code: "wrong-option" }));
    expect(() => new TransformerSeq2Seq({ ...tokens, eosTokenId: 99 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
