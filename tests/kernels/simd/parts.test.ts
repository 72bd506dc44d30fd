/** A Transformer's layers in training, whose parts are one native function each, beside the operations on the cpu backend. */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { TransformerDecoderLayer, TransformerEncoderLayer } from "gongbu/nn";
import { beforeAll, describe, expect, it } from "vitest";
import {
  maybeAttentionPart,
  maybeFeedForwardPart,
} from "../../../kernels/nlp/nn/functional/transformer-parts.ts";
import { expectNumbers, numbers, startNativeBackend } from "./native-backend.ts";

beforeAll(() => startNativeBackend());

const cases = fc.record({
  kind: fc.constantFrom("encoder" as const, "decoder" as const),
  batch: fc.integer({ min: 1, max: 3 }),
  time: fc.integer({ min: 1, max: 6 }),
  memoryTime: fc.integer({ min: 1, max: 6 }),
  numHeads: fc.integer({ min: 1, max: 3 }),
  /** Of one or two numbers a layer norm leaves hardly anything to differentiate. */
  headSize: fc.integer({ min: 3, max: 7 }),
  dimFeedforward: fc.integer({ min: 1, max: 9 }),
  normFirst: fc.boolean(),
  activation: fc.constantFrom("relu" as const, "gelu" as const),
  dropout: fc.constantFrom(0, 0.3),
  padding: fc.boolean(),
  mask: fc.constantFrom("none" as const, "shared" as const, "each" as const),
  causal: fc.boolean(),
  training: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** What comes out, and the gradients by what goes in and by each parameter, by their names. */
async function computeOn(backend: "cpu" | "wasm", setting: Case): Promise<Record<string, Float32Array>> {
  await tf.setBackend(backend);
  const { kind, batch, time, memoryTime, numHeads, headSize, training, ...options } = setting;
  const size = numHeads * headSize;
  const before = tf.memory().numTensors;
  const Layer = kind === "encoder" ? TransformerEncoderLayer : TransformerDecoderLayer;
  const layer = new Layer(size, numHeads, { ...options, seed: 3 });
  if (training) layer.train();
  else layer.eval();
  const make = (shape: number[], seed: number) => tf.tensor(numbers(shape, seed).values, shape);
  const flags = (shape: number[], seed: number) =>
    tf.tensor(
      Float32Array.from(numbers(shape, seed).values, (value) => Number(value > 0.3)),
      shape,
    );
  const [x, memory] = tf.tidy(() => [
    tf.variable(make([batch, time, size], 1)),
    tf.variable(make([batch, memoryTime, size], 2)),
  ]);
  const { value, grads } = tf.variableGrads(() =>
    tf.tidy(() => {
      const masks = {
        ...(options.padding && { keyPaddingMask: flags([batch, time], 3) }),
        ...(options.mask === "shared" && { attnMask: flags([time, time], 4) }),
        ...(options.mask === "each" && { attnMask: flags([batch, numHeads, time, time], 4) }),
        causal: options.causal,
      };
      const y =
        layer instanceof TransformerDecoderLayer
          ? layer.forward(x, memory, {
              ...masks,
              ...(options.padding && { memoryKeyPaddingMask: flags([batch, memoryTime], 5) }),
            })
          : layer.forward(x, masks);
      const pattern = tf.sin(tf.range(1, y.size + 1)).reshape(y.shape);
      return tf.sum(tf.mul(y, pattern)).asScalar();
    }),
  );
  const named: [string, tf.Variable][] = [["x", x], ["memory", memory], ...layer.namedParameters()];
  const read = Object.fromEntries(
    named.flatMap(([name, variable]) => {
      const gradient = grads[variable.name];
      return gradient ? [[name, gradient.dataSync().slice() as Float32Array]] : [];
    }),
  );
  const all = { value: value.dataSync().slice() as Float32Array, ...read };
  tf.dispose([value, ...Object.values(grads), x, memory]);
  layer.dispose();
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  return all;
}

describe("a layer in training", () => {
  it("gives the values and gradients of the operations, with masks of all kinds, and drops the same numbers", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (setting) => {
        const plain = await computeOn("cpu", setting);
        const native = await computeOn("wasm", setting);
        expect(Object.keys(native).sort()).toEqual(Object.keys(plain).sort());
        for (const [name, expected] of Object.entries(plain)) {
          expectNumbers(native[name], expected, { what: name, tolerance: 1e-4 });
        }
      }),
      { seed: 41, numRuns: 150 },
    );
  });

  it("is two operations for an encoder's layer and three for a decoder's", async () => {
    await tf.setBackend("wasm");
    const x = tf.tensor3d(numbers([2, 3, 8]).values, [2, 3, 8]);
    const memory = tf.tensor3d(numbers([2, 4, 8], 2).values, [2, 4, 8]);
    const count = async (compute: (x: tf.Tensor) => tf.Tensor) => {
      const { kernels } = await tf.profile(() => tf.tidy(() => tf.grad((x: tf.Tensor) => compute(x))(x)));
      return kernels.filter(({ name }) => !["Identity", "OnesLike", "Fill"].includes(name)).length;
    };
    const encoder = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16, seed: 3 });
    const decoder = new TransformerDecoderLayer(8, 2, { dimFeedforward: 16, seed: 3 });
    const ofEncoder = await count((x) => encoder.forward(x));
    const ofDecoder = await count((x) => decoder.forward(x, memory));
    expect([ofEncoder, ofDecoder]).toEqual([2, 3]);
    for (const layer of [encoder, decoder]) layer.dispose();
    tf.dispose([x, memory]);
  });

  it("leaves weights that do not fit together to the operations, which say so", async () => {
    await tf.setBackend("wasm");
    const [x, norm] = [tf.zeros([2, 3, 4]), { weight: tf.ones([4]), bias: tf.zeros([4]), eps: 1e-5 }];
    const around = { x, norm, normFirst: true, drawInside: () => undefined, draw: () => undefined };
    const feed = (inner: number, outer: number) =>
      maybeFeedForwardPart({
        ...{ ...around, activation: "relu" },
        linear1: { weight: tf.zeros([inner, 4]), bias: tf.zeros([inner]) },
        linear2: { weight: tf.zeros([4, outer]), bias: tf.zeros([4]) },
      });
    const attend = (rows: number, bias: number) =>
      maybeAttentionPart({
        ...{ ...around, heads: 2 },
        inProjection: { weight: tf.zeros([rows, 4]), bias: tf.zeros([bias]) },
        outProjection: { weight: tf.zeros([4, 4]) },
      });
    expect([feed(5, 5)?.shape, attend(12, 12)?.shape]).toEqual([x.shape, x.shape]);
    expect([feed(5, 6), attend(8, 8), attend(12, 8)]).toEqual([undefined, undefined, undefined]);
  });

  it("refuses a mask that does not fit, as the operations do", async () => {
    await tf.setBackend("wasm");
    const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16, seed: 3 });
    const x = tf.zeros([2, 3, 8]);
    expect(() => layer.forward(x, { keyPaddingMask: tf.zeros([2, 4]) })).toThrow(/keyPaddingMask.*\[2, 4\]/s);
    expect(() => layer.forward(x, { attnMask: tf.zeros([3, 4]) })).toThrow(/attnMask.*\[3, 4\]/s);
    expect(() => layer.forward(tf.zeros([2, 3, 7]))).toThrow(/7/);
    layer.dispose();
  });
});
