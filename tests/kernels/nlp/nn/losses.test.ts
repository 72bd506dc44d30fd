import * as tf from "@tensorflow/tfjs";
import { binaryCrossEntropyWithLogits, crossEntropy, infoNCE, l1, mse, smoothL1 } from "gongbu/nn";
import { valueAndGradients } from "gongbu/train";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";

/** The value and the gradient by `at` of a loss, as plain numbers. */
function measure(at: tf.TensorLike, loss: (x: tf.Tensor) => tf.Tensor): { value: number; gradient: unknown } {
  return tf.tidy(() => {
    const x = tf.tensor(at);
    const { value, gradients } = valueAndGradients(() => loss(x), [x]);
    return { value: value.dataSync()[0], gradient: gradients[0].arraySync() };
  });
}

onEveryBackend("losses", () => {
  it("crossEntropy of even logits is the logarithm of the number of classes", () => {
    const loss = crossEntropy([[0, 0, 0, 0]], [2]);
    expectClose(loss.dataSync()[0], Math.log(4));
    loss.dispose();
  });

  it("crossEntropy finds the classes in the last dimension, or where `axis` says", () => {
    const byTime = [
      [
        [0, 1, 2],
        [5, 3, 1],
      ],
    ]; // [batch 1, time 2, classes 3]
    const byClass = [
      [
        [0, 5],
        [1, 3],
        [2, 1],
      ],
    ]; // [batch 1, classes 3, time 2]
    const last = measure(byTime, (x) => crossEntropy(x, [[2, 1]]));
    const first = measure(byClass, (x) => crossEntropy(x, [[2, 1]], { axis: 1 }));
    expectClose(first.value, last.value);
    expectClose(
      tf.tidy(() => tf.transpose(tf.tensor(first.gradient as number[][][]), [0, 2, 1]).arraySync()),
      last.gradient,
    );
    expect(first.value).toBeGreaterThan(0.1);
  });

  it("crossEntropy stays finite for logits of ten thousand", () => {
    const logits = [
      [1e4, -1e4, 0],
      [-1e4, 1e4, 0],
    ];
    const right = measure(logits, (x) => crossEntropy(x, [0, 1]));
    expect(right.value).toBe(0);
    expectClose(right.gradient, [0, 0, 0, 0, 0, 0]);
    const wrong = measure(logits, (x) => crossEntropy(x, [1, 0]));
    expect(wrong.value).toBe(2e4);
    expectClose(wrong.gradient, [0.5, -0.5, 0, -0.5, 0.5, 0]);
    const smoothed = measure(logits, (x) => crossEntropy(x, [0, 1], { labelSmoothing: 0.3 }));
    expectClose(smoothed.value, 0.1 * (2e4 + 1e4), 0.01);
  });

  it("crossEntropy does not mind a class that is masked with minus infinity", () => {
    const measured = measure([[0, -Infinity, 0]], (x) => crossEntropy(x, [0]));
    expectClose(measured.value, Math.log(2));
    expectClose(measured.gradient, [-0.5, 0, 0.5]);
  });

  it("crossEntropy takes one-hot vectors and gives the same loss as for ids", () => {
    const logits = [
      [1, 2, 3],
      [0, 1, -1],
    ];
    const hot = [
      [1, 0, 0],
      [0, 0, 1],
    ];
    for (const options of [{}, { labelSmoothing: 0.2 }]) {
      const ids = measure(logits, (x) => crossEntropy(x, [0, 2], options));
      const vectors = measure(logits, (x) => crossEntropy(x, hot, options));
      expectClose(vectors.value, ids.value);
      expectClose(vectors.gradient, ids.gradient);
    }
  });

  it('reduction "none" keeps one loss a target, in the shape of the targets, and 0 where it is ignored', () => {
    const losses = crossEntropy(
      [
        [
          [0, 0],
          [0, 1],
        ],
      ],
      [[0, -100]],
      { reduction: "none" },
    );
    expect(losses.shape).toEqual([1, 2]);
    expectClose(losses.arraySync(), [Math.log(2), 0]);
    losses.dispose();
  });

  it("l1 and smoothL1 have no gradient where the prediction is right, and sign or line away from it", () => {
    expectClose(measure([1, 5, -5], (x) => l1(x, [1, 1, 1], { reduction: "sum" })).gradient, [0, 1, -1]);
    expectClose(
      measure([1, 1.5, -5], (x) => smoothL1(x, [1, 1, 1], { reduction: "sum" })).gradient,
      [0, 0.5, -1],
    );
    expectClose(measure([3, 1.5], (x) => smoothL1(x, [1, 1], { beta: 0, reduction: "sum" })).value, 2.5);
    expectClose(measure([1e4, -1e4], (x) => smoothL1(x, [0, 0])).value, 9999.5, 0.01);
  });

  it("crossEntropy does not mind an ignored row whose first class is masked away", () => {
    const logits = [
      [-Infinity, 0, 0],
      [0, 0, 0],
    ];
    for (const options of [{}, { weight: [1, 2, 1] }]) {
      const measured = measure(logits, (x) => crossEntropy(x, [-100, 1], options));
      expectClose(measured.value, Math.log(3));
      expectClose(measured.gradient, [0, 0, 0, 1 / 3, -2 / 3, 1 / 3]);
    }
  });

  it("crossEntropy keeps small losses exact where the logits are large", () => {
    const measured = measure([[1000, 995]], (x) => crossEntropy(x, [0]));
    expect(measured.value).toBeCloseTo(Math.log(1 + Math.exp(-5)), 6);
  });

  it("binaryCrossEntropyWithLogits weighs a missed 1 by posWeight and stays finite at the ends", () => {
    const coin = measure([[0, 0]], (x) => binaryCrossEntropyWithLogits(x, [[1, 0]], { posWeight: [3, 3] }));
    expectClose(coin.value, (3 * Math.log(2) + Math.log(2)) / 2);
    expectClose(coin.gradient, [-0.75, 0.25]);
    const ends = measure([[1e4, -1e4, 1e4, -1e4]], (x) =>
      binaryCrossEntropyWithLogits(x, [[1, 0, 0, 1]], { reduction: "sum" }),
    );
    expect(ends.value).toBe(2e4);
    expectClose(ends.gradient, [0, 0, 1, -1]);
    const each = binaryCrossEntropyWithLogits([[0, 0]], [[1, 0]], { reduction: "none" });
    expect(each.shape).toEqual([1, 2]);
    each.dispose();
  });

  it("infoNCE of two orthogonal pairs is log(1 + 1/e), and hard negatives make it harder", () => {
    const identity = [[1, 0], [0, 1]]; // prettier-ignore
    const plain = measure(identity, (x) => infoNCE(x, identity, { temperature: 1 }));
    expectClose(plain.value, Math.log(1 + Math.exp(-1)));
    const harder = measure(identity, (x) => infoNCE(x, identity, { temperature: 1, negatives: [[1, 1]] }));
    expectClose(harder.value, Math.log(1 + Math.exp(-1) + Math.exp(Math.SQRT1_2 - 1)));
    const scaled = measure([[5, 0], [0, 7]], (x) => infoNCE(x, identity, { temperature: 1 })); // prettier-ignore
    expectClose(scaled.value, plain.value); // lengths do not count
  });

  it("infoNCE of vectors of zeros is the logarithm of their number, without NaN", () => {
    const measured = measure([[0, 0], [0, 0]], (x) => infoNCE(x, [[0, 0], [0, 0]])); // prettier-ignore
    expectClose(measured.value, Math.log(2));
    expectClose(measured.gradient, [0, 0, 0, 0]);
  });

  it("every wrong argument is told by name, and leaves no tensor behind", () => {
    const thrown = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const wrong: [() => unknown, string, RegExp][] = [
      [
        () => crossEntropy([0.1, 0.2], [0]),
        "shape-mismatch",
        /crossEntropy: `logits` has the shape \[2\].*\[\[0\.2/,
      ],
      [
        () => crossEntropy([[0.1, 0.2]], [2]),
        "unknown-label",
        /Target 0 is 2\. With logits for 2 classes.*0 to 1/,
      ],
      [() => crossEntropy([[0.1, 0.2]], [0.5]), "unknown-label", /Target 0 is 0\.5/],
      [
        () => crossEntropy([[0.1, 0.2]], [0, 1]),
        "shape-mismatch",
        /`targets` has the shape \[2\], `logits` \[1, 2\]/,
      ],
      [() => crossEntropy([[0.1, 0.2]], [-100]), "empty-input", /All 1 targets are -100/],
      [
        () => crossEntropy([[0.1, 0.2]], [0], { weight: [1] }),
        "shape-mismatch",
        /`weight` has 1 numbers.*classWeights/,
      ],
      [() => crossEntropy([[0.1, 0.2]], [0], { labelSmoothing: 2 }), "out-of-range", /`labelSmoothing` is 2/],
      [
        () => crossEntropy([[0]], [0], { reduction: "max" as "mean" }),
        "wrong-option",
        /"max".*"none", "mean", "sum"/,
      ],
      [
        () => crossEntropy(tf.tidy(() => tf.zeros([0, 2]).arraySync()) as number[][], []),
        "shape-mismatch",
        /crossEntropy/,
      ],
      [
        () => mse([1, 2], [[1], [2]]),
        "shape-mismatch",
        /mse: The shapes are `prediction` \[2\], `target` \[2, 1\].*oneHot/,
      ],
      [() => mse([], []), "empty-input", /mse: `prediction` is empty/],
      [
        () => binaryCrossEntropyWithLogits([[1, 2]], [[1]]),
        "shape-mismatch",
        /The shapes are `logits` \[1, 2\], `targets` \[1, 1\]/,
      ],
      [
        () => binaryCrossEntropyWithLogits([[1, 2]], [[1, 0]], { posWeight: [1] }),
        "shape-mismatch",
        /`posWeight` has 1 numbers.*needs 2/,
      ],
      [() => infoNCE([[1, 2]], [[1, 2, 3]]), "shape-mismatch", /infoNCE: The shapes are `anchors` \[1, 2\]/],
      [() => infoNCE([1, 2], [1, 2]), "shape-mismatch", /infoNCE: `anchors` has the shape \[2\].*Pool/],
      [
        () => infoNCE([[1, 2]], [[1, 2]], { negatives: [[1]] }),
        "shape-mismatch",
        /`negatives` has the shape \[1, 1\].*\[n, 2\]/,
      ],
      [() => infoNCE([[1]], [[1]], { temperature: 0 }), "out-of-range", /`temperature` is 0/],
      [() => smoothL1([1], [1], { beta: -1 }), "out-of-range", /`beta` is -1/],
    ];
    for (const [call, code, message] of wrong) {
      const error = thrown(call);
      expect(error).toMatchObject({
        name: "LearnerError",
        code,
        message: expect.stringMatching(message) as string,
      });
      expect((error as { text: { ko: string } }).text.ko).toMatch(/[가-힣]/);
    }
  });
});
