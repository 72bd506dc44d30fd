import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { registerPlainKernels } from "../../../kernels/simd/plain/index.ts";
import { onEveryBackend } from "../nlp/backends.ts";

/** A shape of one to five dimensions, a piece within it, and an axis. */
const cuts = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 4 }), from: fc.nat(), to: fc.nat() }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((dimensions) =>
    fc.record({ dimensions: fc.constant(dimensions), axis: fc.nat(dimensions.length - 1) }),
  );

/** What a tensor holds, worked out number by number from its place in the whole. */
function numberAt(shape: readonly number[], place: readonly number[]): number {
  return place.reduce((sum, index, dimension) => sum * shape[dimension] + index, 0);
}

function places(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (found, length) => found.flatMap((place) => Array.from({ length }, (_, index) => [...place, index])),
    [[]],
  );
}

onEveryBackend("pieces of tensors", () => {
  it("a slice holds the numbers of its places, whatever the shape", () => {
    fc.assert(
      fc.property(cuts, ({ dimensions }) => {
        const shape = dimensions.map(({ length }) => length);
        const begin = dimensions.map(({ length, from }) => from % length);
        const size = dimensions.map(({ length, to }, index) => 1 + (to % (length - begin[index])));
        tf.tidy(() => {
          const whole = tf.range(0, tf.util.sizeFromShape(shape)).reshape(shape);
          const expected = places(size).map((place) =>
            numberAt(
              shape,
              place.map((index, dimension) => begin[dimension] + index),
            ),
          );
          expect([...tf.slice(whole, begin, size).dataSync()]).toEqual(expected);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("unstack and split come apart so that stack and concat put them together again", () => {
    fc.assert(
      fc.property(cuts, ({ dimensions, axis }) => {
        const shape = dimensions.map(({ length }) => length);
        tf.tidy(() => {
          const whole = tf.range(0, tf.util.sizeFromShape(shape)).reshape(shape);
          const expected = [...whole.dataSync()];
          const single = tf.unstack(whole, axis);
          expect(single.map((piece) => piece.shape)).toEqual(
            single.map(() => shape.filter((_, at) => at !== axis)),
          );
          expect([...tf.stack(single, axis).dataSync()]).toEqual(expected);
          const parts = tf.split(whole, shape[axis] === 1 ? [1] : [1, shape[axis] - 1], axis);
          expect([...tf.concat(parts, axis).dataSync()]).toEqual(expected);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("slices keep the type of what is cut: whole numbers, truth values, words; nothing", () => {
    tf.tidy(() => {
      const whole = tf.slice(tf.tensor2d([[1, 2], [3, 4]], [2, 2], "int32"), [1, 0], [1, 2]); // prettier-ignore
      expect([whole.dtype, [...whole.dataSync()]]).toEqual(["int32", [3, 4]]);
      const truths = tf.slice(tf.tensor1d([true, false, true], "bool"), [1], [2]);
      expect([truths.dtype, [...truths.dataSync()]]).toEqual(["bool", [0, 1]]);
      const words = tf.slice(tf.tensor2d([["a", "나"], ["c", "라"]]), [0, 1], [2, 1]); // prettier-ignore
      expect([words.dtype, words.dataSync<"string">()]).toEqual(["string", ["나", "라"]]);
      expect(tf.slice(tf.zeros([3, 2]), [1, 0], [0, 2]).shape).toEqual([0, 2]);
    });
  });

  it("the segment sum adds rows up by their id and leaves ids out that are none", () => {
    tf.tidy(() => {
      const rows = tf.tensor2d([[1, 2], [10, 20], [100, 200], [5, 5]]); // prettier-ignore
      const sums = tf.unsortedSegmentSum(rows, tf.tensor1d([2, 0, 2, -1], "int32"), 4);
      expect(sums.arraySync()).toEqual([[10, 20], [0, 0], [101, 202], [0, 0]]); // prettier-ignore
      const whole = tf.unsortedSegmentSum(
        tf.tensor1d([1, 2, 3], "int32"),
        tf.tensor1d([1, 1, 0], "int32"),
        2,
      );
      expect([...whole.dataSync()]).toEqual([3, 3]);
    });
  });

  it("the gradient of gather is computed, along any axis", () => {
    tf.tidy(() => {
      const ids = tf.tensor1d([1, 1, 0], "int32");
      const rows = tf.grad((x) => tf.sum(tf.gather(x, ids)))(tf.zeros([3, 2]));
      expect(rows.arraySync()).toEqual([[1, 1], [2, 2], [0, 0]]); // prettier-ignore
      const columns = tf.grad((x) => tf.sum(tf.gather(x, ids, 1)))(tf.zeros([2, 3]));
      expect(columns.arraySync()).toEqual([[1, 2, 0], [1, 2, 0]]); // prettier-ignore
    });
  });

  it("registering the kernels again changes nothing", () => {
    registerPlainKernels();
    const before = tf.getKernel("Slice", "wasm");
    registerPlainKernels();
    expect(tf.getKernel("Slice", "wasm")).toBe(before);
  });
});
