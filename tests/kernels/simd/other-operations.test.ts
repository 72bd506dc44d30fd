/** TensorFlow.js's own operations on wasm that the library uses: one with a wrong value would be ours to replace. */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, it } from "vitest";
import { expectSame, ids, numbers, startNativeBackend, type Computation } from "./native-backend.ts";

beforeAll(() => startNativeBackend());

const shape = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  .filter((sizes) => sizes.reduce((product, size) => product * size, 1) <= 2000);

const UNARY: Record<string, Computation> = {
  abs: tf.abs,
  neg: tf.neg,
  square: tf.square,
  sqrt: (x) => tf.sqrt(tf.add(tf.abs(x), 0.1)),
  rsqrt: (x) => tf.rsqrt(tf.add(tf.abs(x), 0.1)),
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  logSigmoid: tf.logSigmoid,
  elu: tf.elu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  clipByValue: (x) => tf.clipByValue(x, -0.5, 0.5),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, -1),
  "cumsum along the last axis": (x) => tf.cumsum(x, x.rank - 1),
  "cumsum along the first axis": (x) => tf.cumsum(x, 0, true, true),
  pad: (x) =>
    tf.pad(
      x,
      x.shape.map((_, axis) => [axis % 2, 1] as [number, number]),
    ),
  transpose: (x) => tf.transpose(x),
  "transpose of neighbours": (x) =>
    tf.transpose(
      x,
      x.shape.map((_, axis) => ((axis ^ 1) < x.rank ? axis ^ 1 : axis)),
    ),
  expandDims: (x) => tf.expandDims(x, 1 % (x.rank + 1)),
  prod: (x) => tf.prod(x, x.rank - 1),
};

/** Whose gradients TensorFlow.js does not sum over what was broadcast: of equal shapes. */
const EQUAL: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  where: (a, b) =>
    tf.where(
      tf.tensor(
        Uint8Array.from({ length: a.size }, (_, index) => Number(index % 3 === 0)),
        a.shape,
        "bool",
      ),
      a,
      b,
    ),
};

/** Without a gradient. */
const PLAIN: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
  less: tf.less,
  equal: (a, b) => tf.equal(tf.round(tf.mul(a, 2)), tf.round(tf.mul(b, 2))),
  notEqual: (a, b) => tf.notEqual(tf.round(tf.mul(a, 2)), tf.round(tf.mul(b, 2))),
  logicalNot: (a) => tf.logicalNot(tf.greater(a, 0)),
  argMax: (a) => tf.argMax(a, -1),
  topk: (a) => tf.topk(a, Math.min(2, a.shape[a.rank - 1])).values,
  step: (a) => tf.step(a),
  round: (a) => tf.round(tf.mul(a, 10)),
  floor: (a) => tf.floor(tf.mul(a, 10)),
  toInt: (a) => tf.cast(tf.mul(a, 10), "int32"),
  isNaN: (a) => tf.isNaN(a),
};

describe("operations of the library that are not replaced", () => {
  it.each(Object.entries(UNARY))("%s, and its gradient", async (_, compute) => {
    await fc.assert(
      fc.asyncProperty(shape, async (sizes) => {
        await expectSame({ compute, inputs: [numbers(sizes)] });
      }),
      { seed: 21, numRuns: 12 },
    );
  });

  it.each(Object.entries(EQUAL))("%s, and its gradients", async (_, compute) => {
    await fc.assert(
      fc.asyncProperty(shape, async (sizes) => {
        await expectSame({ compute, inputs: [numbers(sizes, 1), numbers(sizes, 2)] });
      }),
      { seed: 25, numRuns: 12 },
    );
  });

  it.each(Object.entries(PLAIN))("%s", async (_, compute) => {
    await fc.assert(
      fc.asyncProperty(shape, async (sizes) => {
        await expectSame({
          compute: (a, b) => tf.cast(compute(a, b), "float32"),
          inputs: [numbers(sizes, 1), numbers(sizes, 2)],
          gradients: false,
        });
      }),
      { seed: 23, numRuns: 12 },
    );
  });

  it("oneHot and gatherND", async () => {
    await expectSame({
      compute: (rows) => tf.cast(tf.oneHot(rows, 7), "float32"),
      inputs: [ids([3, 5], { below: 7 })],
      gradients: false,
    });
    await expectSame({
      compute: (x, places) => tf.gatherND(x, places),
      inputs: [numbers([4, 5, 3]), ids([6, 2], { below: 4 })],
      gradients: false,
    });
  });

  it("carry NaN and infinities", async () => {
    const values = Float32Array.of(NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38, 1e-40);
    const x = { values, shape: [9] };
    const y = { values: values.slice().reverse(), shape: [9] };
    for (const [name, compute] of Object.entries({ ...UNARY, ...EQUAL, ...PLAIN })) {
      // Which of NaN and a number is the larger is different on each backend, and so is what follows from it.
      if (/max|min|clip|soft|log|top|toInt|round/i.test(name)) continue;
      await expectSame({
        compute: (a, b) => tf.cast(compute(a, b), "float32"),
        inputs: [x, y],
        gradients: false,
      }).catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`);
      });
    }
  });
});
