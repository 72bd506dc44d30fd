/** A decoder's step in one native call beside the operations, which the cpu backend computes. */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { generate } from "gongbu/decode";
import { CausalLanguageModel, RecurrentSeq2Seq, toDecoder, TransformerSeq2Seq } from "gongbu/nn";
import { beforeAll, expect, it } from "vitest";
import type { NextTokens } from "../../../kernels/nlp/decode/model.ts";
import { logSumExp } from "../../../kernels/nlp/decode/softmax.ts";
import { readNextTokenLogits } from "../../../kernels/simd/index.ts";
import { maybeNative } from "../../../kernels/simd/native.ts";
import { expectNumbers, numbers, startNativeBackend } from "./native-backend.ts";

beforeAll(() => startNativeBackend());

const tokens = { bosTokenId: 2, eosTokenId: 3, maxLength: 12, seed: 1 };
const models = {
  translator: (options: object) => new TransformerSeq2Seq({ vocabSize: 13, ...tokens, ...options }),
  storyteller: (options: object) => new CausalLanguageModel({ vocabSize: 13, ...tokens, ...options }),
};
type Name = keyof typeof models;

interface Case {
  readonly model: Name;
  readonly options: object;
  /** Of one length, or of several: then some are padded. */
  readonly inputs: readonly (readonly number[])[];
}

/** What a search would read of two inputs, over a start and two steps in which the rows change places. */
async function followOn(
  backend: "cpu" | "wasm",
  { model, options, inputs }: Case,
): Promise<NextTokens<unknown>[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const trained = models[model](options).eval();
  const decoder = toDecoder(trained as TransformerSeq2Seq);
  const prompts = model === "storyteller" ? inputs : inputs.map(() => [2]);
  const read: NextTokens<unknown>[] = [];
  let next = await decoder.start([...inputs], prompts);
  read.push(next);
  for (const [rows, written] of [
    [
      [1, 0, 1],
      [4, 5, 6],
    ],
    [
      [2, 0],
      [7, 1],
    ],
  ]) {
    const state = await decoder.reorder!(next.state, rows);
    next = await decoder.step(state, written);
    read.push(next);
  }
  decoder.dispose!(next.state);
  trained.dispose();
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  return read;
}

it("gives the logits of the operations, whatever the model, its sizes and its inputs", async () => {
  const cases = fc.record({
    model: fc.constantFrom<Name>("translator", "storyteller"),
    options: fc
      .record({
        size: fc.constantFrom(
          { hiddenSize: 6, numHeads: 1 },
          { hiddenSize: 8, numHeads: 2 },
          { hiddenSize: 12, numHeads: 3 },
        ),
        numLayers: fc.integer({ min: 1, max: 2 }),
        dimFeedforward: fc.integer({ min: 1, max: 9 }),
        normFirst: fc.boolean(),
        positions: fc.constantFrom("learned", "sinusoidal", "rotary", "none"),
      })
      .map(({ size, ...rest }) => ({ ...size, ...rest })),
    inputs: fc.constantFrom(
      [
        [4, 5],
        [6, 7],
      ],
      [[4, 5, 8], [6]],
      [[9], [4, 5, 5, 5]],
    ),
  });
  await fc.assert(
    fc.asyncProperty(cases, async (setting) => {
      const plain = await followOn("cpu", setting);
      const native = await followOn("wasm", setting);
      for (const [step, { logits, logSumExps }] of native.entries()) {
        const what = `step ${step}, logit`;
        expectNumbers(
          logits.flatMap((row) => [...(row as Float32Array)]),
          plain[step].logits.flatMap((row) => [...(row as Float32Array)]),
          { what, tolerance: 1e-4 },
        );
        expect(plain[step].logSumExps).toBeUndefined();
        expectNumbers(logSumExps!, logits.map(logSumExp), { what: `step ${step}, log-sum`, tolerance: 1e-6 });
      }
    }),
    { seed: 31, numRuns: 40 },
  );
});

it.each([
  ["translator", (options: object) => models.translator(options)],
  ["storyteller", (options: object) => models.storyteller(options)],
] as const)("a step of the %s is one call, in evaluation only", async (name, create) => {
  await tf.setBackend("wasm");
  const model = create({ hiddenSize: 8, numHeads: 2, numLayers: 2 }).eval();
  const decoder = toDecoder(model as TransformerSeq2Seq);
  const { state } = await decoder.start([[4, 5]], [name === "storyteller" ? [4, 5] : [2]]);
  let next: NextTokens<unknown> | undefined;
  const { kernels } = await tf.profile(async () => {
    next = await decoder.step(state, [6]);
    return [];
  });
  expect(kernels.map(({ name }) => name)).toEqual([]);
  decoder.dispose!(next!.state as never);
  model.dispose();
});

it("a token that does not exist is refused by its number", async () => {
  await tf.setBackend("wasm");
  const model = models.translator({ hiddenSize: 8, numHeads: 2, numLayers: 1 }).eval();
  const decoder = toDecoder(model);
  const { state } = await decoder.start([[4, 5]], [[2]]);
  await expect(decoder.step(state, [13])).rejects.toThrow(/13/);
  decoder.dispose!(state);
  model.dispose();
});

it("a recurrent decoder knows the sums of its logits, too", async () => {
  await tf.setBackend("wasm");
  const model = new RecurrentSeq2Seq({ vocabSize: 13, hiddenSize: 5, ...tokens }).eval();
  const decoder = toDecoder(model);
  const { logits, logSumExps, state } = await decoder.start([[4, 5], [6]], [[2], [2]]);
  expectNumbers(logSumExps!, logits.map(logSumExp), { what: "log-sum", tolerance: 1e-6 });
  decoder.dispose!(state);
  model.dispose();
});

it("log Σ e^x of rows of any length, of large numbers, and of those that are none", async () => {
  await tf.setBackend("wasm");
  const read = (values: ArrayLike<number>, rows: number) => {
    const logits = tf.tensor2d(Float32Array.from(values), [rows, values.length / rows]);
    const { logSumExps, logits: numbers } = readNextTokenLogits(maybeNative()!, logits);
    logits.dispose();
    expect(numbers).toEqual(Float32Array.from(values));
    return [...logSumExps];
  };
  for (const length of [1, 2, 3, 4, 5, 7, 8, 9, 800, 50_003]) {
    const values = numbers([2, length], length).values.map((value) => 40 * value);
    const expected = [0, 1].map((row) => logSumExp(values.subarray(row * length, (row + 1) * length)));
    expectNumbers(read(values, 2), expected, { what: `log-sum of ${length}`, tolerance: 1e-6 });
  }
  expectNumbers(read([1e30, 1, -1e30, -1e30], 2), [1e30, -1e30 + Math.LN2], {
    what: "log-sum",
    tolerance: 1e-6,
  });
  expect(read([0, -Infinity, -Infinity, -Infinity, -Infinity], 1)).toEqual([0]);
  expect(read(Array(5).fill(-Infinity), 1)).toEqual([-Infinity]);
  for (const none of [NaN, Infinity]) {
    for (let place = 0; place < 6; place++) {
      const values = Array<number>(6).fill(1);
      values[place] = none;
      expect(read(values, 1)[0]).not.toBeLessThan(Infinity);
    }
  }
});

it("a search says which of the model's numbers is none", async () => {
  await tf.setBackend("wasm");
  const model = models.storyteller({ hiddenSize: 8, numHeads: 2, numLayers: 1 }).eval();
  const broken = new Float32Array(13);
  broken[7] = NaN;
  model.bias.assign(tf.tensor1d(broken));
  await expect(generate(toDecoder(model), [[4, 5]], { numBeams: 2 })).rejects.toThrow(
    /score of token 7 in row 0 is NaN/,
  );
  model.dispose();
});
