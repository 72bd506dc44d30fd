import * as tf from "@tensorflow/tfjs";
import {
  Dropout,
  Embedding,
  GELU,
  LayerNorm,
  Linear,
  linear,
  logSoftmax,
  matMul,
  ReLU,
  softmax,
  Tanh,
  type Module,
} from "gongbu/nn";
import { valueAndGradients } from "gongbu/train";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { expectTrueGradients, randomTensor } from "./finite-differences.ts";

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

  it("Dropout's masks come again from the same reseed, and neighbours are independent", () => {
    const ones = Array<number>(2000).fill(1);
    const layer = new Dropout(0.5, { seed: 3 });
    const first = run(layer.reseed(7), ones) as number[];
    expect(run(layer.reseed(7), ones)).toEqual(first);
    expect(run(layer.reseed(8), ones)).not.toEqual(first);
    const same = first.filter((value, index) => value === first[index - 1]).length;
    expect(same / 2000).toBeCloseTo(0.5, 1);
  });

  it("Embedding looks vectors up, learns each from all its places, and leaves padding alone", () => {
    const layer = new Embedding(4, 2, { paddingIdx: 3, seed: 1 });
    const rows = layer.weight.arraySync() as number[][];
    expectClose(rows[3], [0, 0]);
    tf.tidy(() => {
      const ids = tf.tensor2d([[1, 1, 3]], [1, 3], "int32");
      expectClose(layer.forward(ids).arraySync(), [rows[1], rows[1], [0, 0]]);
      const upstream = tf.tensor3d([[[1, 2], [10, 20], [5, 5]]]); // prettier-ignore
      const { gradients } = valueAndGradients(
        () => tf.sum(tf.mul(layer.forward(ids), upstream)),
        [layer.weight],
      );
      expectClose(gradients[0].arraySync(), [[0, 0], [11, 22], [0, 0], [0, 0]]); // prettier-ignore
      expectClose(layer.forward(tf.tensor1d([0, 2])).arraySync(), [rows[0], rows[2]]);
    });
    layer.dispose();
  });

  it("Embedding starts from the normal distribution, or a narrower one", () => {
    for (const std of [1, 0.02]) {
      const layer = new Embedding(100, 50, { std, seed: 1 });
      const deviation = tf.tidy(() => tf.moments(layer.weight).variance.sqrt().dataSync()[0]);
      expect(deviation / std).toBeCloseTo(1, 1);
      layer.dispose();
    }
  });

  it("Embedding refuses ids that are out of range or no whole numbers", () => {
    const layer = new Embedding(4, 2);
    const look = (ids: number[]) => tf.tidy(() => layer.forward(tf.tensor1d(ids)));
    expect(() => look([0, 4])).toThrow(/embedding: Id 1 is 4\. There are 4 vectors.*0 to 3.*vocabSize/);
    expect(() => look([-1])).toThrow(/Id 0 is -1/);
    expect(() => look([0.5])).toThrow(/Id 0 is 0\.5/);
    expect(() => new Embedding(4, 2, { paddingIdx: 4 })).toThrow(/Embedding: `paddingIdx` is 4.*0…3/);
    layer.dispose();
  });

  it("LayerNorm brings each vector to mean 0 and variance 1, then to what it has learnt", () => {
    const layer = new LayerNorm(2, { eps: 0 }).loadStateDict({ weight: [2, 3], bias: [10, 20] });
    expectClose(run(layer, [[1, 3], [-5, 5]]), [[8, 23], [8, 23]]); // prettier-ignore
    layer.dispose();
    const fresh = new LayerNorm(3);
    expectClose(run(fresh, [4, 4, 4]), [0, 0, 0]);
    expectClose(run(fresh, [1e4, 0, -1e4]), [Math.sqrt(1.5), 0, -Math.sqrt(1.5)]);
    expect(() => run(fresh, [[1, 2]])).toThrow(/layerNorm: `input` has the shape \[1, 2\]\..*must be 3/);
    fresh.dispose();
  });

  it("the gradients of LayerNorm's weights are true", () => {
    const layer = new LayerNorm(3);
    const [input, weight] = [randomTensor([2, 2, 3], 1), randomTensor([2, 2, 3], 2)];
    expectTrueGradients(() => tf.sum(tf.mul(tf.square(layer.forward(input)), weight)), layer.parameters());
    layer.dispose();
    tf.dispose([input, weight]);
  });

  it("matMul has the gradients of TensorFlow.js's own product, batch by batch, transposed or not", () => {
    tf.tidy(() => {
      const [a, b, c] = [[2, 3, 4], [2, 4, 5], [2, 5, 4]].map((shape, seed) => randomTensor(shape, seed)); // prettier-ignore
      for (const [right, transposeB] of [
        [b, false],
        [c, true],
      ] as const) {
        const ours = valueAndGradients(() => tf.sum(tf.square(matMul(a, right, { transposeB }))), [a, right]);
        const plain = valueAndGradients(
          () => tf.sum(tf.square(tf.matMul(a, right, false, transposeB))),
          [a, right],
        );
        expectClose(ours.value.arraySync(), plain.value.arraySync(), 1e-3);
        ours.gradients.forEach((gradient, index) =>
          expectClose(gradient.arraySync(), plain.gradients[index].arraySync(), 1e-3),
        );
      }
    });
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
