import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { expectSame, numbers, startNativeBackend } from "./native-backend.ts";

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 19 }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 70 }) },
);
const transposes = { transposeA: fc.boolean(), transposeB: fc.boolean() };

describe.each([false, true])("matMul (with FMA: %s)", (relaxed) => {
  beforeAll(() => startNativeBackend({ relaxed }));

  it("is that of the cpu backend in all transposes and odd sizes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ m: size, n: size, k: size, ...transposes }),
        async ({ m, n, k, transposeA, transposeB }) => {
          await expectSame({
            compute: (a, b) => tf.matMul(a, b, transposeA, transposeB),
            inputs: [numbers(transposeA ? [k, m] : [m, k], 1), numbers(transposeB ? [n, k] : [k, n], 2)],
          });
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it.each([
    [300, 300, 600],
    [5, 520, 257],
    [130, 1030, 3],
    [8, 9, 512],
    [9, 8, 512],
  ])("is that of the cpu backend beyond one block: %i × %i over %i", async (m, n, k) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        await expectSame({
          compute: (a, b) => tf.matMul(a, b, transposeA, transposeB),
          inputs: [numbers(transposeA ? [k, m] : [m, k], 1), numbers(transposeB ? [n, k] : [k, n], 2)],
          gradients: m * n * k < 1e6,
        });
      }
    }
  });

  it("broadcasts batches of up to four dimensions", async () => {
    const dimension = fc.record({
      size: fc.integer({ min: 1, max: 3 }),
      ones: fc.constantFrom("a", "b", "neither"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          batch: fc.array(dimension, { maxLength: 4 }),
          droppedA: fc.nat(2),
          m: fc.integer({ min: 1, max: 6 }),
          ...transposes,
        }),
        async ({ batch, droppedA, m, transposeA, transposeB }) => {
          // Of a dimension at most one operand has 1; A may lack the first ones.
          const batchA = batch.map(({ size, ones }) => (ones === "a" ? 1 : size)).slice(droppedA);
          const batchB = batch.map(({ size, ones }) => (ones === "b" ? 1 : size));
          const whole = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
          await expectSame({
            // The cpu backend takes the wrong matrices for [2, 2] against [2, 1]: there they are repeated first.
            compute: (a, b) => {
              const repeat = (x: tf.Tensor) => tf.broadcastTo(x, [...whole, ...x.shape.slice(-2)]);
              const [left, right] = tf.getBackend() === "cpu" ? [repeat(a), repeat(b)] : [a, b];
              return tf.matMul(left, right, transposeA, transposeB);
            },
            inputs: [
              numbers([...batchA, ...(transposeA ? [5, m] : [m, 5])], 1),
              numbers([...batchB, ...(transposeB ? [9, 5] : [5, 9])], 2),
            ],
            // TensorFlow.js's own gradient does not sum over what was broadcast.
            gradients: false,
          });
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  it("carries NaN and infinities to the rows and columns that they belong to", async () => {
    const a = numbers([5, 6]);
    a.values[7] = NaN;
    a.values[20] = Infinity;
    await expectSame({ compute: (a, b) => tf.matMul(a, b), inputs: [a, numbers([6, 10])], gradients: false });
  });

  it.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const)(
    "adds a bias and then computes %s when fused",
    async (activation) => {
      for (const [bias, k] of [
        [[11], 7],
        [[], 7],
        [[1, 6, 11], 0],
      ] as const) {
        await expectSame({
          compute: (a, b, bias, alpha) =>
            tf.fused.matMul({ a, b, bias, activation, preluActivationWeights: alpha, leakyreluAlpha: 0.3 }),
          inputs: [numbers([6, k]), numbers([k, 11], 2), numbers(bias, 3), numbers([11], 4)],
          gradients: false,
        });
      }
    },
  );

  it("says what does not fit", async () => {
    await tf.setBackend("wasm");
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 2]))).toThrow(/inner shapes/);
  });
});
