import * as tf from "@tensorflow/tfjs";
import { crossEntropy, l1, mse, smoothL1, type CrossEntropyOptions } from "gongbu/nn";
import { valueAndGradients } from "gongbu/train";
import { expect, it } from "vitest";
import reference from "../../../reference/losses.json";
import { expectClose, GRADIENT, onEveryBackend } from "../backends.ts";

interface CrossEntropyCase {
  loss: string;
  options: { weight?: number[]; label_smoothing?: number; reduction?: "sum" };
  logits: number[][];
  targets: number[];
  value: number;
  gradLogits: number[][];
}
interface RegressionCase {
  loss: "mse" | "l1" | "smoothL1";
  prediction: number[][];
  target: number[][];
  value: number;
  gradPrediction: number[][];
}
const cases = reference as unknown as (CrossEntropyCase | RegressionCase)[];
const crossEntropyCases = cases.filter((entry): entry is CrossEntropyCase => entry.loss === "crossEntropy");
const regressionCases = cases.filter((entry): entry is RegressionCase =>
  ["mse", "l1", "smoothL1"].includes(entry.loss),
);

/** The value and the gradient by `at` of a loss, as plain numbers. */
function measure(at: tf.TensorLike, loss: (x: tf.Tensor) => tf.Tensor): { value: number; gradient: unknown } {
  return tf.tidy(() => {
    const x = tf.tensor(at);
    const { value, gradients } = valueAndGradients(() => loss(x), [x]);
    return { value: value.dataSync()[0], gradient: gradients[0].arraySync() };
  });
}

onEveryBackend("losses", () => {
  it("crossEntropy gives PyTorch's values and gradients", () => {
    expect(crossEntropyCases).toHaveLength(11);
    for (const { options, logits, targets, value, gradLogits } of crossEntropyCases) {
      const ours: CrossEntropyOptions = {
        weight: options.weight,
        labelSmoothing: options.label_smoothing,
        reduction: options.reduction,
        axis: -1,
      };
      const measured = measure(logits, (x) => crossEntropy(x, targets, ours));
      expectClose(measured.value, value);
      expectClose(measured.gradient, gradLogits, GRADIENT);
    }
  });

  it("mse, l1 and smoothL1 give PyTorch's values and gradients", () => {
    expect(regressionCases).toHaveLength(3);
    for (const { loss, prediction, target, value, gradPrediction } of regressionCases) {
      const measured = measure(prediction, (x) => ({ mse, l1, smoothL1 })[loss](x, target));
      expectClose(measured.value, value);
      expectClose(measured.gradient, gradPrediction, GRADIENT);
    }
  });

  it("crossEntropy of even logits is the logarithm of the number of classes", () => {
    const loss = crossEntropy([[0, 0, 0, 0]], [2]);
    expectClose(loss.dataSync()[0], Math.log(4));
    loss.dispose();
  });

  it("crossEntropy finds the classes in dimension 1, or where `axis` says", () => {
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
    const last = measure(byTime, (x) => crossEntropy(x, [[2, 1]], { axis: -1 }));
    const first = measure(byClass, (x) => crossEntropy(x, [[2, 1]]));
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
          [0, 1],
          [0, 0],
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
