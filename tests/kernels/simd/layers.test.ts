/** The layers' native functions beside the plain ones, which the cpu backend computes: values and gradients. */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { attendHeads } from "../../../kernels/nlp/nn/functional/head-attention.ts";
import { scaledDotProductAttention } from "../../../kernels/nlp/nn/functional/attention.ts";
import { dropout } from "../../../kernels/nlp/nn/functional/dropout.ts";
import { gelu } from "../../../kernels/nlp/nn/functional/gelu.ts";
import { layerNorm } from "../../../kernels/nlp/nn/functional/layer-norm.ts";
import { linear } from "../../../kernels/nlp/nn/functional/linear.ts";
import { nativeFor } from "../../../kernels/nlp/nn/functional/native.ts";
import { gruCell } from "../../../kernels/nlp/nn/functional/recurrent/gru.ts";
import { lstmCell } from "../../../kernels/nlp/nn/functional/recurrent/lstm.ts";
import { recurrence } from "../../../kernels/nlp/nn/functional/recurrent/recurrence.ts";
import { rnnReluCell, rnnTanhCell } from "../../../kernels/nlp/nn/functional/recurrent/rnn.ts";
import {
  crossEntropy,
  MultiheadAttention,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
} from "../../../kernels/nlp/nn/index.ts";
import { TokenEmbeddings } from "../../../kernels/nlp/nn/models/token-embeddings.ts";
import { Adam, AdamW } from "../../../kernels/nlp/train/index.ts";
import { computeOn, expectNumbers, expectSame, ids, numbers, startNativeBackend } from "./native-backend.ts";

beforeAll(() => startNativeBackend());

const size = fc.integer({ min: 1, max: 13 });

it("linear, with and without a bias, of inputs of any rank", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
      fc.record({ inputs: size, outputs: size, bias: fc.boolean() }),
      async (leading, { inputs, outputs, bias }) => {
        const operands = [
          numbers([...leading, inputs]),
          numbers([outputs, inputs], 2),
          numbers([outputs], 3),
        ];
        await expectSame({
          compute: (x, weight, bias) => linear(x, { weight, bias }),
          inputs: operands.slice(0, bias ? 3 : 2),
        });
      },
    ),
    { seed: 11, numRuns: 40 },
  );
});

it("layer norm, of rows of any length", async () => {
  for (const length of [1, 2, 3, 5, 8, 17, 64, 130]) {
    await expectSame({
      compute: (x, weight, bias) => layerNorm(x, { weight, bias }),
      inputs: [numbers([2, 3, length]), numbers([length], 2), numbers([length], 3)],
    });
  }
});

it.each(["none", "tanh"] as const)("GELU (approximate: %s)", async (approximate) => {
  const x = numbers([5, 7]);
  await expectSame({
    compute: (x) => gelu(x, { approximate }),
    inputs: [{ ...x, values: x.values.map((value) => value * 5) }],
  });
});

it("dropout drops the same numbers on every backend, and back", async () => {
  for (const probability of [0.1, 0.5, 0.9]) {
    await expectSame({
      compute: (x) => dropout(x, { probability, seed: 12345 }),
      inputs: [numbers([7, 13])],
    });
  }
});

describe("attention", () => {
  const cases = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    heads: fc.integer({ min: 1, max: 3 }),
    queries: fc.integer({ min: 1, max: 11 }),
    more: fc.integer({ min: 0, max: 6 }),
    size: fc.integer({ min: 1, max: 9 }),
    padding: fc.boolean(),
    mask: fc.constantFrom("none", "shared", "each"),
    causal: fc.boolean(),
    probability: fc.constantFrom(0, 0.3),
    seed: fc.nat(1000),
  });

  it("with masks of all kinds, dropout, and queries that see nothing", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ batch, heads, queries, more, size, probability, seed, ...masks }) => {
        const keys = queries + more;
        const width = heads * size;
        const forbidden = (shape: number[], at: number) =>
          tf.tensor(
            Float32Array.from(numbers(shape, at + seed).values, (value) => (value > 0 ? 1 : 0)),
            shape,
          );
        await expectSame({
          compute(q, k, v) {
            const options = {
              causal: masks.causal,
              ...(masks.padding && { keyPaddingMask: forbidden([batch, keys], 7) }),
              ...(masks.mask !== "none" && {
                attnMask: forbidden(
                  masks.mask === "shared" ? [queries, keys] : [batch, heads, queries, keys],
                  8,
                ),
              }),
            };
            const native = nativeFor(q);
            const dropped = probability > 0 ? { probability, seed } : undefined;
            if (native) {
              return attendHeads(native, {
                ...options,
                tensors: { q, k, v },
                query: { of: "q", offset: 0 },
                key: { of: "k", offset: 0 },
                value: { of: "v", offset: 0 },
                heads,
                size,
                dropout: dropped,
              });
            }
            const split = (x: tf.Tensor) =>
              tf.transpose(tf.reshape(x, [batch, -1, heads, size]), [0, 2, 1, 3]);
            const { output } = scaledDotProductAttention(split(q), {
              ...options,
              key: split(k),
              value: split(v),
              dropoutMask: dropped && dropout(tf.ones([batch, heads, queries, keys]), dropped),
            });
            return tf.reshape(tf.transpose(output, [0, 2, 1, 3]), [batch, queries, width]);
          },
          inputs: [
            numbers([batch, queries, width], 1),
            numbers([batch, keys, width], 2),
            numbers([batch, keys, width], 3),
          ],
        });
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it.each(["itself", "another sequence", "two other sequences"])("as a layer, to %s", async (to) => {
    await tf.setBackend("cpu");
    const weights = [numbers([36, 12], 1), numbers([36], 2), numbers([12, 12], 3), numbers([12], 4)];
    await expectSame({
      compute(x, memory, values) {
        const layer = new MultiheadAttention(12, 3, { seed: 1 });
        const names = ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"];
        layer.loadStateDict(
          Object.fromEntries(
            weights.map(({ values, shape }, index) => [names[index], tf.tensor(values, shape)]),
          ),
        );
        const options =
          to === "itself" ? {} : to === "another sequence" ? { key: memory } : { key: memory, value: values };
        const { output } = layer.forward(x, options);
        const used = output.add(memory.sum().mul(0)).add(values.sum().mul(0));
        layer.dispose();
        return used;
      },
      inputs: [numbers([2, 5, 12], 5), numbers([2, 7, 12], 6), numbers([2, 7, 12], 7)],
    });
  });
});

describe("recurrence", () => {
  const cells = { LSTM: lstmCell, GRU: gruCell, "tanh RNN": rnnTanhCell, "relu RNN": rnnReluCell };

  it.each(Object.entries(cells))("%s, with padding anywhere, both ways", async (_, cell) => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          time: fc.integer({ min: 1, max: 6 }),
          batch: fc.integer({ min: 1, max: 5 }),
          hidden: size,
          masked: fc.boolean(),
          bias: fc.boolean(),
          reverse: fc.boolean(),
          seed: fc.nat(1000),
        }),
        async ({ time, batch, hidden, masked, bias, reverse, seed }) => {
          const width = cell.gates * hidden;
          await expectSame({
            compute(input, weight, b, ...initial) {
              const mask = tf.tensor(
                Float32Array.from(numbers([time * batch], seed).values, (value) => (value > 0 ? 1 : 0)),
                [time, batch, 1],
              );
              const { output, states } = recurrence(input, {
                cell,
                weight,
                bias: bias ? b : undefined,
                initial,
                mask: masked ? mask : undefined,
                reverse,
              });
              const all = tf.concat([output, ...states.map((state) => tf.expandDims(state, 0))]);
              return bias ? all : all.add(b.sum().mul(0));
            },
            inputs: [
              numbers([time, batch, width], 1),
              numbers([width, hidden], 2),
              numbers([width], 3),
              ...Array.from({ length: cell.states }, (_, index) => numbers([batch, hidden], 4 + index)),
            ],
          });
        },
      ),
      { seed: 13, numRuns: 25 },
    );
  });
});

describe("cross entropy", () => {
  it("with ignored targets, weights and smoothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rows: fc.integer({ min: 1, max: 9 }),
          classes: fc.integer({ min: 2, max: 19 }),
          weighted: fc.boolean(),
          labelSmoothing: fc.constantFrom(0, 0.1),
          reduction: fc.constantFrom("mean" as const, "sum" as const, "none" as const),
          ignoreIndex: fc.constantFrom(-100, 1),
        }),
        async ({ rows, classes, weighted, ...options }) => {
          const targets = ids([rows], { below: classes, seed: 3 });
          targets.values[0] = 0;
          await expectSame({
            compute: (logits, targets) =>
              crossEntropy(logits, targets, {
                ...options,
                weight: weighted
                  ? Array.from({ length: classes }, (_, index) => 0.5 + (index % 3) / 2)
                  : undefined,
              }),
            inputs: [numbers([rows, classes]), targets],
          });
        },
      ),
      { seed: 14, numRuns: 40 },
    );
  });

  it("of scores that are infinitely low, and of rows that count for nothing", async () => {
    const logits = numbers([3, 5]);
    logits.values[1] = -Infinity;
    logits.values[8] = -Infinity;
    const targets = { values: Int32Array.of(0, 2, -100), shape: [3] };
    await expectSame({
      compute: (logits, targets) => crossEntropy(logits, targets),
      inputs: [logits, targets],
    });
  });
});

it.each([
  ["Adam", Adam],
  ["AdamW", AdamW],
])("%s takes the plain path's steps", async (_, Optimizer) => {
  const run = async (backend: "cpu" | "wasm") => {
    await tf.setBackend(backend);
    const parameters = [[7], [3, 5], [1]].map((shape, index) => {
      const { values } = numbers(shape, index + 1);
      return tf.variable(tf.tensor(values, shape));
    });
    const optimizer = new Optimizer(parameters, { lr: 0.1, weightDecay: 0.1 });
    for (let step = 0; step < 5; step++) {
      tf.tidy(() => {
        optimizer.step(
          parameters.map(({ shape }, index) => tf.tensor(numbers(shape, 10 * step + index).values, shape)),
        );
      });
    }
    const values = parameters.flatMap((parameter) => [...parameter.dataSync()]);
    optimizer.dispose();
    tf.dispose(parameters);
    return values;
  };
  expectNumbers(await run("wasm"), await run("cpu"), { what: "parameter", tolerance: 1e-4 });
});

it("a gradient of what is no parameter is not computed", async () => {
  await tf.setBackend("wasm");
  const native = nativeFor()!;
  const { gemm } = native.run;
  let products = 0;
  const counted = Object.create(native.run, {
    gemm: { value: (...args: Parameters<typeof gemm>) => (products++, gemm(...args)) },
  });
  Object.assign(native, { run: counted });
  try {
    tf.tidy(() => {
      const x = tf.ones([4, 3]);
      tf.grad((weight: tf.Tensor) => linear(x, { weight }).sum())(tf.ones([2, 3]));
    });
  } finally {
    Object.assign(native, { run: Object.getPrototypeOf(counted) });
  }
  expect(products).toBe(2); // there, and back to the weight
});

it("values stay when the way back is never taken", async () => {
  const setting = {
    compute: (x: tf.Tensor) => layerNorm(x, { weight: tf.ones([4]), bias: tf.zeros([4]) }),
    inputs: [numbers([3, 4])],
    gradients: false,
  };
  const [plain] = await computeOn("cpu", setting);
  const [native] = await computeOn("wasm", setting);
  expectNumbers(native.values, plain.values, { what: "value", tolerance: 1e-5 });
});

describe("a Transformer's layer, step by step", () => {
  const cases = fc.record({
    rows: fc.integer({ min: 1, max: 5 }),
    time: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 5 }),
    heads: fc.integer({ min: 1, max: 3 }),
    headSize: fc.integer({ min: 1, max: 6 }),
    inner: fc.integer({ min: 1, max: 9 }),
    memoryTime: fc.integer({ min: 0, max: 4 }),
    normFirst: fc.boolean(),
    activation: fc.constantFrom("relu", "gelu"),
    parents: fc.boolean(),
    padding: fc.boolean(),
  });

  /** The first of each row's keys is padding, if there is a second. */
  const paddingOf = (rows: number, keys: number) =>
    tf.tensor2d(
      Array.from({ length: rows }, () =>
        Array.from({ length: keys }, (_, key) => Number(key === 0 && keys > 1)),
      ),
      [rows, keys],
    );

  it("of an encoder and a decoder, with a past in any order, padding and a memory", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (setting) => {
        const { rows, time, before, heads, headSize, inner, memoryTime, padding, ...options } = setting;
        const size = heads * headSize;
        const Layer = memoryTime > 0 ? TransformerDecoderLayer : TransformerEncoderLayer;
        const [rowsBefore, parents] = options.parents
          ? [rows + 1, Array.from({ length: rows }, (_, row) => rows - row)]
          : [rows, undefined];
        await expectSame({
          compute(x, key, value, memoryKey, memoryValue) {
            const layer = new Layer(size, heads, { ...options, dimFeedforward: inner, seed: 3 }).eval();
            const past = before > 0 ? { key, value } : undefined;
            const extended =
              layer instanceof TransformerDecoderLayer
                ? layer.extend(x, {
                    ...{ past, parents, memory: { key: memoryKey, value: memoryValue } },
                    ...(padding && { memoryKeyPaddingMask: paddingOf(rows, memoryTime) }),
                  })
                : layer.extend(x, {
                    ...{ past, parents },
                    ...(padding && { keyPaddingMask: paddingOf(rows, before + time) }),
                  });
            layer.dispose();
            return tf.concat(
              [extended.output, extended.key, extended.value].map((part) => tf.reshape(part, [-1])),
            );
          },
          inputs: [
            numbers([rows, time, size]),
            ...[2, 3].map((seed) => numbers([rowsBefore, heads, Math.max(before, 1), headSize], seed)),
            ...[4, 5].map((seed) => numbers([rows, heads, Math.max(memoryTime, 1), headSize], seed)),
          ],
          gradients: false,
        });
      }),
      { seed: 21, numRuns: 80 },
    );
  });

  it("of an encoder, a whole text at once, with padding and without, to both sides and to one", async () => {
    for (const causal of [false, true]) {
      for (const padding of [false, true]) {
        await expectSame({
          compute(x) {
            const layer = new TransformerEncoderLayer(12, 3, { dimFeedforward: 7, seed: 3 }).eval();
            const y = layer.forward(x, { causal, ...(padding && { keyPaddingMask: paddingOf(3, 5) }) });
            layer.dispose();
            return y;
          },
          inputs: [numbers([3, 5, 12])],
        });
      }
    }
  });

  it("is one call, and has a gradient all the same where one is asked for", async () => {
    await tf.setBackend("wasm");
    const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16, normFirst: true, seed: 3 }).eval();
    const x = tf.tensor3d(numbers([2, 1, 8]).values, [2, 1, 8]);
    const count = async (compute: () => tf.TensorContainer) =>
      (await tf.profile(() => tf.tidy(compute) as tf.TensorContainer)).kernels.length;
    expect(await count(() => ({ ...layer.extend(x, {}) }))).toBe(0);
    expect(await count(() => layer.forward(x))).toBe(0);
    expect(await count(() => tf.grad((x) => layer.train().forward(x))(x))).toBeGreaterThan(5);
    layer.eval();
    const slope = tf.tidy(() =>
      tf
        .grad((x) => tf.sum(tf.square(layer.extend(x, {}).output)))(x)
        .dataSync(),
    );
    expect(Math.max(...slope.map(Math.abs))).toBeGreaterThan(0.01);
    tf.dispose(x);
    layer.dispose();
  });
});

describe("the vectors of tokens, in evaluation", () => {
  it("are those of the operations, whatever the sizes, places and kinds of position", async () => {
    const kinds = fc.constantFrom("learned" as const, "sinusoidal" as const, "none" as const);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ rows: size, time: size, width: size, offset: fc.nat(5), positions: kinds }),
        async ({ rows, time, width, offset, positions }) => {
          const options = { vocabSize: 20, hiddenSize: width, maxLength: 18, typeVocabSize: 0, positions };
          await expectSame({
            compute: (inputIds) => {
              const layer = new TokenEmbeddings({ ...options, seed: 3 }).eval();
              const y = layer.forward({ inputIds }, { offset });
              layer.dispose();
              return y;
            },
            inputs: [ids([rows, time], { below: 20 })],
          });
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });

  it("are one call, which is not made where gradients are wanted or an id has no vector", async () => {
    await tf.setBackend("wasm");
    const layer = new TokenEmbeddings({
      vocabSize: 9,
      hiddenSize: 8,
      maxLength: 4,
      typeVocabSize: 0,
      seed: 3,
    });
    layer.eval();
    const inputIds = tf.tensor2d([[1, 8, 3]], undefined, "int32");
    const count = async (compute: () => tf.Tensor) =>
      (await tf.profile(() => tf.tidy(compute))).kernels.length;
    expect(await count(() => layer.forward({ inputIds }))).toBe(0);
    expect(await count(() => layer.train().forward({ inputIds }))).toBeGreaterThan(2);
    layer.eval();
    const { grads, value } = tf.variableGrads(() =>
      tf.sum(tf.square(layer.forward({ inputIds }))).asScalar(),
    );
    expect(Object.keys(grads).length).toBeGreaterThan(2);
    const wrong = tf.tensor2d([[1, 9, 3]], undefined, "int32");
    expect(() => layer.forward({ inputIds: wrong })).toThrow(/Id 1 is 9/);
    expect(() => layer.forward({ inputIds }, { offset: 2 })).toThrow(/LearnedPositionalEncoding/);
    tf.dispose([grads, value, inputIds, wrong]);
    layer.dispose();
  });
});
