import * as tf from "@tensorflow/tfjs";
import {
  AdditiveAttention,
  causalMask,
  DotProductAttention,
  MultiheadAttention,
  rotatePositions,
  scaledDotProductAttention,
} from "gongbu/nn";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { expectTrueGradients, randomTensor } from "./finite-differences.ts";

onEveryBackend("attention", () => {
  it("a query takes the values whose keys are like it, by softmax(q · k / √size)", () => {
    tf.tidy(() => {
      const query = tf.tensor4d([1, 0], [1, 1, 1, 2]);
      const key = tf.tensor4d([Math.SQRT2 * Math.log(3), 0, 0, 5], [1, 1, 2, 2]);
      const value = tf.tensor4d([4, 8], [1, 1, 2, 1]);
      const { output, weights } = scaledDotProductAttention(query, { key, value });
      expectClose(weights.arraySync(), [0.75, 0.25]);
      expectClose(output.arraySync(), [5]);
    });
  });

  it("causalMask forbids what comes after a query's own place, the last query standing at the last key", () => {
    tf.tidy(() => {
      expect(causalMask(3).arraySync()).toEqual([[0, 1, 1], [0, 0, 1], [0, 0, 0]]); // prettier-ignore
      expect(causalMask(2, 4).arraySync()).toEqual([[0, 0, 0, 1], [0, 0, 0, 0]]); // prettier-ignore
      expect(causalMask(1, 2).arraySync()).toEqual([[0, 0]]);
      expect(causalMask(3, 2).arraySync()).toEqual([[1, 1], [0, 1], [0, 0]]); // prettier-ignore
    });
  });

  it("a query whose keys are all masked takes nothing, without NaN, and hands back no gradient", () => {
    tf.tidy(() => {
      const [query, key, value] = [1, 2, 3].map((seed) => randomTensor([2, 1, 2, 4], seed));
      const keyPaddingMask = tf.tensor2d([[1, 1], [0, 1]]); // prettier-ignore
      const run = (q: tf.Tensor) => scaledDotProductAttention(q, { key, value, keyPaddingMask });
      const { output, weights } = run(query);
      expectClose(weights.arraySync(), [0, 0, 0, 0, 1, 0, 1, 0]);
      expectClose(tf.slice(output, [0], [1]).arraySync(), Array(8).fill(0));
      const gradient = tf.grad((q) => tf.sum(tf.square(run(q).output)))(query);
      expectClose(gradient.arraySync(), Array(16).fill(0));
    });
  });

  it("scores of ten thousand choose one key and stay finite", () => {
    tf.tidy(() => {
      const query = tf.tensor4d([1e4, -1e4], [1, 1, 2, 1]);
      const key = tf.tensor4d([1, -1, 0.5], [1, 1, 3, 1]);
      const { weights } = scaledDotProductAttention(query, { key, value: key, causal: true });
      expectClose(weights.arraySync(), [1, 0, 0, 0, 1, 0]);
    });
  });

  it("masks of several kinds hold together", () => {
    tf.tidy(() => {
      const x = randomTensor([1, 1, 3, 2], 1);
      const masks = { causal: true, keyPaddingMask: tf.tensor2d([[1, 0, 0]]), attnMask: tf.tensor2d([[0, 0, 0], [0, 0, 0], [0, 0, 1]]) }; // prettier-ignore
      const { weights } = scaledDotProductAttention(x, { key: x, value: x, ...masks });
      expectClose(weights.arraySync(), [0, 0, 0, 0, 1, 0, 0, 1, 0]);
    });
  });

  it("the gradients of all of MultiheadAttention's weights are true, for one's own keys and for another's", () => {
    const attention = new MultiheadAttention(4, 2, { seed: 1 });
    const [x, memory, weight] = [[2, 3, 4], [2, 2, 4], [2, 3, 4]].map((shape, seed) => randomTensor(shape, seed)); // prettier-ignore
    const mask = tf.tensor2d([[0, 0, 1], [0, 0, 0]]); // prettier-ignore
    const other = randomTensor([2, 2, 4], 9);
    for (const options of [
      { keyPaddingMask: mask, causal: true },
      { key: memory },
      { key: memory, value: other },
    ])
      // prettier-ignore
      expectTrueGradients(
        () => tf.sum(tf.mul(attention.forward(x, options).output, weight)),
        attention.parameters(),
      );
    attention.dispose();
    tf.dispose([x, memory, other, weight, mask]);
  });

  it("MultiheadAttention returns weights and keys only when asked to", () => {
    const attention = new MultiheadAttention(4, 2, { seed: 1 });
    tf.tidy(() => {
      const x = randomTensor([1, 3, 4], 1);
      expect(Object.keys(attention.forward(x))).toEqual(["output"]);
      const { weights, keyValues } = attention.forward(x, { needWeights: true, useCache: true });
      expect(weights?.shape).toEqual([1, 2, 3, 3]);
      expect([keyValues?.key.shape, keyValues?.value.shape]).toEqual([[1, 2, 3, 2], [1, 2, 3, 2]]); // prettier-ignore
    });
    attention.dispose();
  });

  for (const rotary of [false, true]) {
    it(`with a cache each step gives what the whole sequence gives, ${rotary ? "with" : "without"} rotary positions`, () => {
      const attention = new MultiheadAttention(8, 2, { rotary, seed: 1 });
      tf.tidy(() => {
        const x = randomTensor([2, 4, 8], 2);
        const whole = attention.forward(x, { causal: true }).output;
        let past = undefined as ReturnType<MultiheadAttention["forward"]>["keyValues"];
        const steps = tf.unstack(x, 1).map((step) => {
          const { output, keyValues } = attention.forward(tf.expandDims(step, 1), { past, useCache: true });
          past = keyValues;
          return output;
        });
        expectClose(tf.concat(steps, 1).arraySync(), whole.arraySync());
      });
      attention.dispose();
    });
  }

  it("a memory projected beforehand gives what its keys and values give", () => {
    const attention = new MultiheadAttention(4, 2, { seed: 1 });
    tf.tidy(() => {
      const [x, memory] = [randomTensor([1, 2, 4], 1), randomTensor([1, 3, 4], 2)];
      const direct = attention.forward(x, { key: memory }).output;
      const projected = attention.forward(x, { memory: attention.projectMemory(memory) }).output;
      expectClose(projected.arraySync(), direct.arraySync());
    });
    attention.dispose();
  });

  it("MultiheadAttention starts with Xavier's draw and biases of zero, and drops weights only while training", () => {
    const attention = new MultiheadAttention(8, 2, { dropout: 0.5, seed: 1 });
    const bound = Math.sqrt(6 / (8 + 24));
    const largest = Math.max(...attention.inProjWeight.dataSync().map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.95 * bound);
    const { in_proj_bias: inBias, "out_proj.bias": outBias } = attention.stateDict();
    expectClose([inBias.arraySync(), outBias.arraySync()], Array(32).fill(0));
    tf.tidy(() => {
      const x = randomTensor([1, 4, 8], 1);
      const run = () => attention.forward(x).output.arraySync();
      expect(run()).not.toEqual(run());
      attention.eval();
      expect(run()).toEqual(run());
    });
    attention.dispose();
    const bare = new MultiheadAttention(8, 2, { bias: false });
    expect(Object.keys(bare.stateDict())).toEqual(["in_proj_weight", "out_proj.weight"]);
    bare.dispose();
  });

  it("rotated queries and keys are compared by how far apart they stand", () => {
    tf.tidy(() => {
      const [q, k] = [randomTensor([1, 6], 1), randomTensor([1, 6], 2)];
      const product = (m: number, n: number) =>
        tf.sum(tf.mul(rotatePositions(q, { offset: m }), rotatePositions(k, { offset: n }))).dataSync()[0];
      expect(product(7, 4)).toBeCloseTo(product(3, 0), 4);
      expect(product(7, 4)).not.toBeCloseTo(product(4, 4), 2);
      expectClose(rotatePositions(q).arraySync(), q.arraySync()); // position 0 is not turned
      expectClose(rotatePositions(tf.tensor2d([[1, 0]]), { offset: 1 }).arraySync(), [
        Math.cos(1),
        Math.sin(1),
      ]);
    });
    expect(() => tf.tidy(() => rotatePositions(tf.zeros([2, 3])))).toThrow(
      /rotatePositions: `size \/ 2` is 1\.5/,
    );
  });

  it("AdditiveAttention scores by v · tanh(W·q + U·k)", () => {
    const attention = new AdditiveAttention(1, 1).loadStateDict({
      "query.weight": [[1]],
      "key.weight": [[1]],
      "score.weight": [[2]],
    });
    tf.tidy(() => {
      const { output, weights } = attention.forward(tf.tensor3d([[[0.5]]]), tf.tensor3d([[[0], [1]]]));
      const [a, b] = [Math.exp(2 * Math.tanh(0.5)), Math.exp(2 * Math.tanh(1.5))];
      expectClose(weights.arraySync(), [a / (a + b), b / (a + b)]);
      expectClose(output.arraySync(), [b / (a + b)]);
    });
    attention.dispose();
  });

  it("DotProductAttention scores by q · k, scaled or through a weight", () => {
    tf.tidy(() => {
      const query = tf.tensor3d([[[1, 0]]]);
      const memory = tf.tensor3d([[[Math.log(4), 7], [0, 3]]]); // prettier-ignore
      const dot = new DotProductAttention(2, 2).forward(query, memory);
      expectClose(dot.weights.arraySync(), [0.8, 0.2]);
      expectClose(dot.output.arraySync(), [0.8 * Math.log(4), 0.8 * 7 + 0.2 * 3]);
      const scaled = new DotProductAttention(2, 2, { score: "scaled" }).forward(query, memory);
      const part = 4 ** Math.SQRT1_2;
      expectClose(scaled.weights.arraySync(), [part / (part + 1), 1 / (part + 1)]);
    });
    const general = new DotProductAttention(1, 2, { score: "general" }).loadStateDict({
      "key.weight": [[0, 0]],
    });
    tf.tidy(() => {
      const { weights } = general.forward(tf.tensor3d([[[9]]]), tf.ones([1, 2, 2]));
      expectClose(weights.arraySync(), [0.5, 0.5]);
    });
    general.dispose();
  });

  it("both have true gradients, and give no weight to padding and zeros to nothing but padding", () => {
    const layers = [new AdditiveAttention(3, 2, { seed: 1 }), new DotProductAttention(3, 2, { score: "general", seed: 1 })]; // prettier-ignore
    const [query, memory] = [randomTensor([2, 2, 3], 1), randomTensor([2, 3, 2], 2)];
    const keyPaddingMask = tf.tensor2d([[0, 1, 0], [1, 1, 1]]); // prettier-ignore
    for (const layer of layers) {
      const run = () => layer.forward(query, memory, { keyPaddingMask });
      expectTrueGradients(() => tf.sum(tf.square(run().output)), layer.parameters());
      tf.tidy(() => {
        const weights = run().weights.arraySync() as number[][][];
        for (const row of weights[0]) expectClose([row[1], row[0] + row[2]], [0, 1]);
        expectClose(weights[1], Array(6).fill(0));
      });
      layer.dispose();
    }
    tf.dispose([query, memory, keyPaddingMask]);
  });

  it("wrong sizes and masks are told by name", () => {
    const attention = new MultiheadAttention(4, 2);
    const run = (shape: number[], options: () => object = () => ({})) =>
      tf.tidy(() => attention.forward(tf.zeros(shape), options()).output);
    expect(() => run([2, 4])).toThrow(
      /MultiheadAttention: `query` has the shape \[2, 4\].*\[batch, time, 4\]/,
    );
    expect(() => run([1, 2, 4], () => ({ key: tf.zeros([1, 2, 3]) }))).toThrow(
      /`key` has the shape \[1, 2, 3\]/,
    );
    expect(() => run([1, 2, 4], () => ({ keyPaddingMask: tf.zeros([1, 3]) }))).toThrow(
      /attention: `keyPaddingMask` has the shape \[1, 3\]\. It must be \[1, 2\]\..*opposite/,
    );
    expect(() => run([1, 2, 4], () => ({ attnMask: tf.zeros([2, 3]) }))).toThrow(
      /`attnMask`.*must be \[2, 2\]/,
    );
    expect(() => new MultiheadAttention(5, 2)).toThrow(/`embedDim` is 5, `numHeads` 2\..*multiple/);
    expect(() => new MultiheadAttention(6, 2, { rotary: true })).toThrow(
      /`embedDim \/ numHeads \/ 2` is 1\.5/,
    );
    expect(() => new DotProductAttention(2, 3)).toThrow(/DotProductAttention: `keySize` is 3/);
    expect(() => new DotProductAttention(2, 2, { score: "cosine" as "dot" })).toThrow(/"cosine"/);
    const additive = new AdditiveAttention(2, 3);
    expect(() => tf.tidy(() => additive.forward(tf.zeros([1, 1, 2]), tf.zeros([1, 1, 2])).output)).toThrow(
      /`memory`.*time, 3/,
    );
    additive.dispose();
    attention.dispose();
  });
});
