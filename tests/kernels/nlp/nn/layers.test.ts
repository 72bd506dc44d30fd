import * as tf from "@tensorflow/tfjs";
import { Dropout, GELU, Linear, linear, ReLU, Tanh, softmax, logSoftmax, type Module } from "gongbu/nn";
import { valueAndGradients } from "gongbu/train";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";

function run(layer: Module, input: tf.TensorLike): unknown {
  return tf.tidy(() => layer.forward(tf.tensor(input)).arraySync());
}

onEveryBackend("layers", () => {
  it("Linear is x · Wᵀ + b, also on inputs of three dimensions", () => {
    const layer = new Linear(2, 3).loadStateDict({
      weight: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      bias: [10, 20, 30],
    });
    expect(run(layer, [[1, -1]])).toEqual([[9, 19, 29]]);
    expect(run(layer, [[[1, 0], [0, 1]]])).toEqual([[[11, 23, 35], [12, 24, 36]]]); // prettier-ignore
    layer.dispose();
  });

  it("the gradients of linear are those of a plain matrix product", () => {
    tf.tidy(() => {
      const [x, w, b] = [
        tf.randomNormal([4, 3, 5], 0, 1, "float32", 1),
        tf.randomNormal([2, 5]),
        tf.randomNormal([2]),
      ];
      const weighted = (y: tf.Tensor) => tf.sum(tf.mul(y, tf.range(0, y.size).reshape(y.shape)));
      const ours = valueAndGradients(() => weighted(linear(x, { weight: w, bias: b })), [x, w, b]);
      const plain = valueAndGradients(
        () =>
          weighted(
            tf
              .matMul(x.reshape([12, 5]), w, false, true)
              .add(b)
              .reshape([4, 3, 2]),
          ),
        [x, w, b],
      );
      expectClose(ours.value.arraySync(), plain.value.arraySync(), 1e-3);
      ours.gradients.forEach((gradient, index) => {
        expect(gradient.shape).toEqual(plain.gradients[index].shape);
        expectClose(gradient.arraySync(), plain.gradients[index].arraySync(), 1e-3);
      });
    });
  });

  it("Linear starts in ±1/√in, the same for the same seed, another for another", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => new Linear(100, 50, { seed }));
    const values = [a, b, c].map((layer) => [...layer.weight.dataSync()]);
    expect(values[0]).toEqual(values[1]);
    expect(values[0]).not.toEqual(values[2]);
    const largest = values[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(0.1);
    expect(largest).toBeGreaterThan(0.099);
    expect(a.weight.shape).toEqual([50, 100]);
    for (const layer of [a, b, c]) layer.dispose();
  });

  it("Linear without a bias has one parameter", () => {
    const layer = new Linear(2, 2, { bias: false });
    expect(layer.namedParameters().map(([name]) => name)).toEqual(["weight"]);
    layer.dispose();
  });

  it("GELU, Tanh and ReLU go to 0, ±1 and the input itself at the ends", () => {
    expectClose(run(new GELU(), [-1e4, 1e4]), [0, 1e4], 0.01);
    expectClose(run(new GELU({ approximate: "tanh" }), [-1e3, 1e3]), [0, 1e3], 0.01);
    expectClose(run(new Tanh(), [-1e4, 0, 1e4]), [-1, 0, 1]);
    expect(run(new ReLU(), [-1e4, 0, 1e4])).toEqual([0, 0, 1e4]);
  });

  it("Dropout drops about its share and keeps the mean while training, and nothing in evaluation", () => {
    const dropped = run(new Dropout(0.25, { seed: 1 }), Array<number>(4000).fill(3)) as number[];
    const zeros = dropped.filter((value) => value === 0).length;
    expect(zeros / 4000).toBeCloseTo(0.25, 1);
    expectClose([...new Set(dropped)].sort(), [0, 4]);
    expect(run(new Dropout(0.25).eval(), [1, 2])).toEqual([1, 2]);
  });

  it("Dropout draws anew at each call, and the same again from the same seed", () => {
    const ones = Array<number>(64).fill(1);
    const [a, b] = [new Dropout(0.5, { seed: 3 }), new Dropout(0.5, { seed: 3 })];
    const first = run(a, ones);
    expect(run(b, ones)).toEqual(first);
    expect(run(a, ones)).not.toEqual(first);
  });

  it("softmax sums to 1 along any axis and stays finite for logits of ten thousand", () => {
    const rows = softmax([[0, Math.log(3)]]);
    expectClose(rows.arraySync(), [0.25, 0.75]);
    const columns = softmax([[1e4, 0], [-1e4, 0]], { axis: 0 }); // prettier-ignore
    expectClose(columns.arraySync(), [1, 0.5, 0, 0.5]);
    const logarithms = logSoftmax([[1e4, -1e4]]);
    expectClose(logarithms.arraySync(), [0, -2e4]);
    const middle = softmax(Array.from({ length: 2 }, () => [[1, 1], [1, 1], [1, 1]]), { axis: 1 }); // prettier-ignore
    expect(middle.shape).toEqual([2, 3, 2]);
    expectClose(middle.arraySync(), Array(12).fill(1 / 3));
    tf.dispose([rows, columns, logarithms, middle]);
    expect(() => softmax([[1, 2]], { axis: 2 })).toThrow(/softmax: `axis` is 2.*-2…1/);
  });

  it("a layer says which size it wanted, and when it has been disposed", () => {
    const layer = new Linear(3, 2);
    expect(() => run(layer, [[1, 2]])).toThrow(
      /linear: `input` has the shape \[1, 2\].*last dimension must be 3/,
    );
    layer.dispose();
    expect(() => run(layer, [[1, 2, 3]])).toThrow(/`weight` has been disposed.*Run the cell/);
    expect(() => new Linear(0, 2)).toThrow(/Linear: `inputSize` is 0/);
    expect(() => new Linear(2, 1.5)).toThrow(/`outputSize` is 1.5/);
    expect(() => new Dropout(1)).toThrow(/`probability` is 1/);
    expect(() => new GELU({ approximate: "sigmoid" as "tanh" })).toThrow(/"sigmoid"/);
  });
});
