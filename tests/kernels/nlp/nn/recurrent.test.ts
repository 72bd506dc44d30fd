import * as tf from "@tensorflow/tfjs";
import { GRU, LSTM, RNN } from "gongbu/nn";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { expectTrueGradients, randomTensor } from "./finite-differences.ts";

const KINDS = [
  ["RNN", RNN],
  ["GRU", GRU],
  ["LSTM", LSTM],
] as const;
const DEEP = { numLayers: 2, bidirectional: true, seed: 5 };

onEveryBackend("recurrent layers", () => {
  it("an RNN of one unit is tanh of a weighted sum, step after step", () => {
    const rnn = new RNN(1, 1).loadStateDict({
      weight_ih_l0: [[1]],
      weight_hh_l0: [[2]],
      bias_ih_l0: [0.1],
      bias_hh_l0: [0.2],
    });
    tf.tidy(() => {
      const { output, hidden } = rnn.forward(tf.tensor3d([[[0.5], [-1]]]));
      const first = Math.tanh(0.5 + 0.3);
      const second = Math.tanh(-1 + 2 * first + 0.3);
      expectClose(output.arraySync(), [first, second]);
      expectClose(hidden.arraySync(), [second]);
    });
    rnn.dispose();
  });

  it("an RNN with relu lets only positive sums pass", () => {
    const rnn = new RNN(1, 1, { nonlinearity: "relu", bias: false }).loadStateDict({
      weight_ih_l0: [[1]],
      weight_hh_l0: [[1]],
    });
    tf.tidy(() => expectClose(rnn.forward(tf.tensor3d([[[2], [3], [-9]]])).output.arraySync(), [2, 5, 0]));
    expectTrueGradients(
      () => tf.sum(tf.square(rnn.forward(tf.tensor3d([[[2], [3], [1]]])).output)),
      rnn.parameters(),
    );
    rnn.dispose();
  });

  it.each(KINDS)(
    "%s: the gradients of all its weights are true, with layers, directions and padding",
    (_, Kind) => {
      const layer = new Kind(3, 2, DEEP);
      const input = randomTensor([2, 4, 3], 1);
      const weight = randomTensor([2, 4, 4], 2);
      expectTrueGradients(() => {
        const { output, hidden } = layer.forward(input, { lengths: [4, 2] });
        return tf.add(tf.sum(tf.mul(output, weight)), tf.sum(tf.square(hidden)));
      }, layer.parameters());
      layer.dispose();
      tf.dispose([input, weight]);
    },
  );

  it("LSTM: the gradients by its first states and through its last cell states are true", () => {
    const layer = new LSTM(3, 2, { seed: 2 });
    const input = randomTensor([2, 3, 3], 1);
    const starts = [3, 4].map((seed) => tf.tidy(() => tf.variable(randomTensor([1, 2, 2], seed))));
    expectTrueGradients(() => {
      const { hidden, cell } = layer.forward(input, { hidden: starts[0], cell: starts[1], lengths: [3, 1] });
      return tf.add(tf.sum(hidden), tf.sum(tf.square(cell)));
    }, starts);
    layer.dispose();
    tf.dispose([input, ...starts]);
  });

  it.each(KINDS)(
    "%s: a padded batch gives what each example gives alone, and zeros on the padding",
    (_, Kind) => {
      const layer = new Kind(3, 4, DEEP);
      tf.tidy(() => {
        const input = randomTensor([2, 5, 3], 7);
        const short = tf.slice(input, [1, 0, 0], [1, 3, 3]);
        const both = layer.forward(input, { lengths: [5, 3] });
        const alone = layer.forward(short);
        expectClose(tf.slice(both.output, [1, 0, 0], [1, 3, 8]).arraySync(), alone.output.arraySync());
        expectClose(tf.slice(both.output, [1, 3, 0], [1, 2, 8]).arraySync(), Array(16).fill(0));
        expectClose(tf.slice(both.hidden, [0, 1, 0], [4, 1, 4]).arraySync(), alone.hidden.arraySync());
        const mask = tf.tensor2d([[0, 0, 0, 0, 0], [0, 0, 0, 1, 1]]); // prettier-ignore
        const masked = layer.forward(input, { paddingMask: mask });
        expectClose(masked.output.arraySync(), both.output.arraySync());
      });
      layer.dispose();
    },
  );

  it("padding on the left is skipped like padding on the right", () => {
    const layer = new LSTM(2, 3, { bidirectional: true, seed: 1 });
    tf.tidy(() => {
      const words = randomTensor([1, 2, 2], 3);
      const padded = tf.concat([tf.ones([1, 2, 2]), words], 1);
      const { output } = layer.forward(padded, { paddingMask: tf.tensor2d([[1, 1, 0, 0]]) });
      expectClose(
        tf.slice(output, [0, 2, 0], [1, 2, 6]).arraySync(),
        layer.forward(words).output.arraySync(),
      );
    });
    layer.dispose();
  });

  it.each(KINDS)(
    "%s: one step at a time, its states handed on, gives the same as all at once",
    (kind, Kind) => {
      const layer = new Kind(3, 4, { numLayers: 2, seed: 3 });
      tf.tidy(() => {
        const input = randomTensor([2, 3, 3], 8);
        const whole = layer.forward(input);
        let states: object = {};
        const steps = tf.unstack(input, 1).map((step) => {
          const { output, ...rest } = layer.forward(tf.expandDims(step, 1), states);
          states = rest;
          return output;
        });
        expectClose(tf.concat(steps, 1).arraySync(), whole.output.arraySync());
        expect(Object.keys(states)).toEqual(kind === "LSTM" ? ["hidden", "cell"] : ["hidden"]);
      });
      layer.dispose();
    },
  );

  it("an example of nothing but padding keeps its first state and gives zeros, not NaN", () => {
    const layer = new GRU(2, 3, { bidirectional: true, seed: 1 });
    tf.tidy(() => {
      const start = tf.ones([2, 2, 3]);
      const { output, hidden } = layer.forward(randomTensor([2, 4, 2], 1), {
        lengths: [4, 0],
        hidden: start,
      });
      expectClose(tf.slice(output, [1, 0, 0], [1, 4, 6]).arraySync(), Array(24).fill(0));
      expectClose(tf.slice(hidden, [0, 1, 0], [2, 1, 3]).arraySync(), Array(6).fill(1));
    });
    layer.dispose();
  });

  it("inputs of ten thousand saturate the gates and stay finite", () => {
    const layer = new LSTM(2, 3, { seed: 1 });
    const input = tf.tidy(() => tf.mul(randomTensor([1, 3, 2], 1), 1e4));
    tf.tidy(() => {
      const gradient = tf.grad((x) => tf.sum(layer.forward(x).output))(input);
      expect([...layer.forward(input).output.dataSync(), ...gradient.dataSync()].every(Number.isFinite)).toBe(
        true,
      );
    });
    tf.dispose(input);
    layer.dispose();
  });

  it("names, order, sizes and first numbers of the weights are PyTorch's", () => {
    const layer = new GRU(3, 4, DEEP);
    expect(layer.namedParameters().map(([name, { shape }]) => `${name} ${shape.join("×")}`)).toEqual([
      "weight_ih_l0 12×3",
      "weight_hh_l0 12×4",
      "bias_ih_l0 12",
      "bias_hh_l0 12",
      "weight_ih_l0_reverse 12×3",
      "weight_hh_l0_reverse 12×4",
      "bias_ih_l0_reverse 12",
      "bias_hh_l0_reverse 12",
      "weight_ih_l1 12×8",
      "weight_hh_l1 12×4",
      "bias_ih_l1 12",
      "bias_hh_l1 12",
      "weight_ih_l1_reverse 12×8",
      "weight_hh_l1_reverse 12×4",
      "bias_ih_l1_reverse 12",
      "bias_hh_l1_reverse 12",
    ]);
    const values = layer.parameters().flatMap((parameter) => [...parameter.dataSync()]);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.48);
    const again = new GRU(3, 4, DEEP);
    expect(again.parameters().flatMap((parameter) => [...parameter.dataSync()])).toEqual(values);
    layer.dispose();
    again.dispose();
  });

  it("dropout between layers acts while training and not in evaluation", () => {
    const layer = new RNN(2, 8, { numLayers: 2, dropout: 0.5, seed: 1 });
    tf.tidy(() => {
      const input = randomTensor([1, 3, 2], 1);
      const run = () => layer.forward(input).output.arraySync();
      expect(run()).not.toEqual(run());
      layer.eval();
      expect(run()).toEqual(run());
      layer.train().reseed(9);
      const first = run();
      expect(layer.reseed(9) && run()).toEqual(first);
    });
    layer.dispose();
  });

  it("a wrong input, state or length is told by name", () => {
    const layer = new LSTM(3, 2);
    const run = (shape: number[], options = {}) =>
      tf.tidy(() => layer.forward(tf.zeros(shape), options).output);
    expect(() => run([2, 3])).toThrow(/LSTM: `input` has the shape \[2, 3\]\. \[batch, time, 3\]/);
    expect(() => run([2, 0, 3])).toThrow(/LSTM: `input` is empty/);
    expect(() => run([2, 4, 3], { lengths: [1] })).toThrow(/`lengths` is \[1\]\..*2 examples and 4 steps/);
    expect(() => run([2, 4, 3], { lengths: [5, 1] })).toThrow(/from 0 to 4/);
    expect(() => tf.tidy(() => run([2, 4, 3], { hidden: tf.zeros([2, 2]) }))).toThrow(/must be \[1, 2, 2\]/);
    expect(() => tf.tidy(() => run([2, 4, 3], { paddingMask: tf.zeros([2, 3]) }))).toThrow(
      /`paddingMask`.*\[2, 4\]/,
    );
    expect(() => new GRU(3, 0)).toThrow(/GRU: `hiddenSize` is 0/);
    expect(() => new RNN(3, 2, { nonlinearity: "gelu" as "tanh" })).toThrow(/"gelu".*"tanh", "relu"/);
    layer.dispose();
  });
});
