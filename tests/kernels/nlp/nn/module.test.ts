import * as tf from "@tensorflow/tfjs";
import { BagOfWordsClassifier, Dropout, Linear, Module, ReLU, Sequential } from "gongbu/nn";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";

class Tied extends Module {
  readonly first = new Linear(2, 2, { seed: 1 });
  readonly second: Linear = this.first;
  readonly scale: tf.Variable = tf.tidy(() => tf.variable(tf.scalar(2)));

  forward(input: tf.Tensor): tf.Tensor {
    return tf.tidy(() => tf.mul(this.second.forward(this.first.forward(input)), this.scale));
  }
}

onEveryBackend("Module", () => {
  it("finds parameters in its own properties, in inner modules, and shared ones once", () => {
    const model = new Tied();
    expect(model.namedParameters().map(([name]) => name)).toEqual([
      "scale",
      "first.weight",
      "first.bias",
      "second.weight",
      "second.bias",
    ]);
    expect(model.parameters()).toHaveLength(3);
    expect(model.parameterCount()).toBe(7);
    model.dispose();
  });

  it("saves a shared parameter once, and loads it from any of its names", () => {
    const [a, b, c] = [new Tied(), new Tied(), new Tied()];
    expect(Object.keys(a.stateDict())).toEqual(["scale", "first.weight", "first.bias"]);
    tf.tidy(() => a.scale.assign(tf.scalar(5)));
    b.loadStateDict(a.stateDict());
    expect(b.scale.dataSync()[0]).toBe(5);
    c.loadStateDict({ scale: a.scale, "second.weight": a.first.weight, "first.bias": a.second.bias! });
    expect(c.first.weight.arraySync()).toEqual(a.first.weight.arraySync());
    expect(() => c.loadStateDict({ scale: a.scale, "second.weight": a.first.weight })).toThrow(
      /Missing: first\.bias\./,
    );
    for (const model of [a, b, c]) model.dispose();
  });

  it("frees tensors that are not learnt with the rest, and neither lists nor saves them as parameters", () => {
    class Shifted extends Module {
      readonly shift = tf.keep(tf.tensor1d([1, 2]));
      readonly inner = new Linear(2, 2);

      forward(input: tf.Tensor): tf.Tensor {
        return tf.tidy(() => this.inner.forward(tf.add(input, this.shift)));
      }
    }
    const model = new Shifted();
    expect(Object.keys(model.stateDict())).toEqual(["inner.weight", "inner.bias"]);
    expect(model.buffers()).toEqual([model.shift]);
    model.dispose();
    expect(model.shift.isDisposed).toBe(true);
  });

  it("a module may take more than its input, and name its parts as it likes", () => {
    class Mixer extends Module<tf.Tensor, tf.Tensor, [other: tf.Tensor, options?: { share?: number }]> {
      readonly ownShare: tf.Variable = tf.tidy(() => tf.variable(tf.scalar(0.5)));

      override ownParameters(): [string, tf.Variable][] {
        return [["own_share", this.ownShare]];
      }

      forward(input: tf.Tensor, other: tf.Tensor, { share = 1 }: { share?: number } = {}): tf.Tensor {
        return tf.tidy(() => tf.add(tf.mul(input, this.ownShare), tf.mul(other, share)));
      }
    }
    const mixer = new Mixer();
    expect(Object.keys(mixer.stateDict())).toEqual(["own_share"]);
    expect(mixer.summary()).toContain("own_share");
    const mixed = tf.tidy(() => mixer.forward(tf.scalar(4), tf.scalar(3), { share: 2 }).dataSync()[0]);
    expect(mixed).toBe(8);
    mixer.dispose();
  });

  it("Sequential numbers its layers, runs them in order and passes train and eval on", () => {
    const dropout = new Dropout(0.5);
    const model = new Sequential(new Linear(3, 4), new ReLU(), dropout, new Linear(4, 2));
    expect(Object.keys(model.stateDict())).toEqual(["0.weight", "0.bias", "3.weight", "3.bias"]);
    expect(model.eval().training).toBe(false);
    expect(dropout.training).toBe(false);
    expect(tf.tidy(() => model.forward(tf.ones([5, 3])).shape)).toEqual([5, 2]);
    expect(model.train().training && dropout.training).toBe(true);
    model.dispose();
    expect(() => new Sequential()).toThrow(/Sequential: `layers` is empty/);
  });

  it("a state dict loaded into another model gives the same outputs, and later training does not reach across", () => {
    const options = { inputSize: 6, hiddenSize: 3, classes: 2 };
    const [a, b] = [1, 2].map((seed) => new BagOfWordsClassifier({ ...options, seed }).eval());
    const outputs = () => tf.tidy(() => [a, b].map((model) => model.forward(tf.ones([1, 6])).arraySync()));
    expect(outputs()[0]).not.toEqual(outputs()[1]);
    b.loadStateDict(a.stateDict());
    expect(outputs()[0]).toEqual(outputs()[1]);
    tf.tidy(() => a.output.bias?.assign(tf.tensor1d([9, 9])));
    expect(outputs()[0]).not.toEqual(outputs()[1]);
    a.loadStateDict(a.stateDict());
    expectClose(
      tf.tidy(() => a.output.bias?.arraySync()),
      [9, 9],
    );
    a.dispose();
    b.dispose();
  });

  it("refuses a state with missing, foreign or misshapen weights, and leaves the model as it was", () => {
    const layer = new Linear(2, 1, { seed: 4 });
    const before = layer.weight.arraySync();
    expect(() => layer.loadStateDict({ weight: [[1, 1]] })).toThrow(/Linear\.loadStateDict: Missing: bias\./);
    expect(() => layer.loadStateDict({ weight: [[1, 1]], bias: [0], gain: [1] })).toThrow(
      /Not known here: gain\./,
    );
    expect(() => layer.loadStateDict({ weight: [[1, 1]], bias: [0, 0] })).toThrow(
      /`bias` has the shape \[2\]/,
    );
    expect(layer.weight.arraySync()).toEqual(before);
    layer.loadStateDict({ bias: [7] }, { strict: false });
    expectClose(layer.bias?.arraySync(), [7]);
    layer.dispose();
  });

  it("the summary names every layer and parameter with shape and count", () => {
    const model = new BagOfWordsClassifier({ inputSize: 1000, hiddenSize: 8, classes: 4, dropout: 0.5 });
    const lines = model.summary().split("\n").map((line) => line.trim().replace(/ {2,}/g, " | ")); // prettier-ignore
    expect(lines).toEqual([
      "BagOfWordsClassifier",
      "hidden: Linear | 1000 → 8",
      "weight | [8, 1000] | 8,000",
      "bias | [8] | 8",
      "dropout: Dropout | p = 0.5",
      "output: Linear | 8 → 4",
      "weight | [4, 8] | 32",
      "bias | [4] | 4",
      "8,044 parameters",
    ]);
    model.dispose();
  });

  it("the bag-of-words classifier gives one logit a class, with and without hidden units, the same for the same seed", () => {
    for (const hiddenSize of [0, 5]) {
      const models = [3, 3, 4].map(
        (seed) => new BagOfWordsClassifier({ inputSize: 7, hiddenSize, classes: 4, seed }),
      );
      const logits = tf.tidy(() => models.map((model) => model.forward(tf.ones([2, 7])).arraySync()));
      expect(logits[0]).toEqual(logits[1]);
      expect(logits[0]).not.toEqual(logits[2]);
      expect((logits[0] as number[][]).map((row) => row.length)).toEqual([4, 4]);
      for (const model of models) model.dispose();
    }
    expect(() => new BagOfWordsClassifier({ inputSize: 7, classes: 1 })).toThrow(/`classes` is 1/);
  });
});
