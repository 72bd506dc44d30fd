import * as tf from "@tensorflow/tfjs";
import {
  LearnedPositionalEncoding,
  SinusoidalPositionalEncoding,
  sinusoidalPositions,
  TransformerDecoder,
  TransformerEncoder,
  TransformerEncoderLayer,
} from "gongbu/nn";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { expectTrueGradients, randomTensor } from "./finite-differences.ts";

const SMALL = { numLayers: 2, dimFeedforward: 8, seed: 1 };

onEveryBackend("Transformer", () => {
  it("what stands on masked positions changes nothing elsewhere", () => {
    const encoder = new TransformerEncoder(4, 2, SMALL).eval();
    tf.tidy(() => {
      const words = randomTensor([1, 2, 4], 1);
      const keyPaddingMask = tf.tensor2d([[0, 0, 1]]);
      const [a, b] = [2, 3].map((seed) => {
        const padded = tf.concat([words, randomTensor([1, 1, 4], seed)], 1);
        return tf.slice(encoder.forward(padded, { keyPaddingMask }), [0, 0, 0], [1, 2, 4]).arraySync();
      });
      expectClose(a, b);
      expectClose(a, encoder.forward(words).arraySync());
    });
    encoder.dispose();
  });

  it("a causal decoder gives at each step what it gives when the later steps are not there yet", () => {
    const decoder = new TransformerDecoder(4, 2, { ...SMALL, normFirst: true }).eval();
    tf.tidy(() => {
      const [target, memory] = [randomTensor([2, 4, 4], 1), randomTensor([2, 3, 4], 2)];
      const memoryKeyPaddingMask = tf.tensor2d([[0, 0, 1], [0, 0, 0]]); // prettier-ignore
      const whole = decoder.forward(target, memory, { memoryKeyPaddingMask });
      for (let time = 1; time <= 4; time++) {
        const prefix = decoder.forward(tf.slice(target, [0, 0, 0], [2, time, 4]), memory, {
          memoryKeyPaddingMask,
        });
        expectClose(
          tf.slice(prefix, [0, time - 1, 0], [2, 1, 4]).arraySync(),
          tf.slice(whole, [0, time - 1, 0], [2, 1, 4]).arraySync(),
        );
      }
      const open = decoder.forward(target, memory, { memoryKeyPaddingMask, causal: false });
      expect(tf.max(tf.abs(tf.sub(open, whole))).dataSync()[0]).toBeGreaterThan(0.1);
    });
    decoder.dispose();
  });

  it("an example of nothing but padding gives no NaN, neither there nor back", () => {
    const encoder = new TransformerEncoder(4, 2, SMALL).eval();
    tf.tidy(() => {
      const input = randomTensor([2, 3, 4], 1);
      const keyPaddingMask = tf.tensor2d([[1, 1, 1], [0, 0, 1]]); // prettier-ignore
      const run = (x: tf.Tensor) => encoder.forward(x, { keyPaddingMask });
      const gradient = tf.grad((x) => tf.sum(tf.square(run(x))))(input);
      expect([...run(input).dataSync(), ...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    });
    encoder.dispose();
  });

  it("the gradients of all weights of encoder and decoder are true", () => {
    const options = { ...SMALL, activation: "gelu", dropout: 0 } as const;
    const [encoder, decoder] = [new TransformerEncoder(4, 2, options), new TransformerDecoder(4, 2, options)];
    const [source, target, weight] = [1, 2, 3].map((seed) => randomTensor([2, 3, 4], seed));
    const compute = () => tf.sum(tf.mul(decoder.forward(target, encoder.forward(source)), weight));
    expectTrueGradients(compute, [...encoder.parameters(), ...decoder.parameters()].filter((_, index) => index % 3 === 0)); // prettier-ignore
    encoder.dispose();
    decoder.dispose();
    tf.dispose([source, target, weight]);
  });

  it("every layer's attention weights can be asked for, and are the caller's", () => {
    const [encoder, decoder] = [new TransformerEncoder(4, 2, SMALL), new TransformerDecoder(4, 2, SMALL)];
    const attentions: tf.Tensor[] = [];
    const [own, crossAttentions]: tf.Tensor[][] = [[], []];
    tf.tidy(() => {
      const memory = encoder.forward(randomTensor([2, 5, 4], 1), { attentions });
      decoder.forward(randomTensor([2, 3, 4], 2), memory, { attentions: own, crossAttentions });
    });
    expect(attentions.map(({ shape }) => shape)).toEqual([[2, 2, 5, 5], [2, 2, 5, 5]]); // prettier-ignore
    expect(own.map(({ shape }) => shape)).toEqual([[2, 2, 3, 3], [2, 2, 3, 3]]); // prettier-ignore
    expect(crossAttentions.map(({ shape }) => shape)).toEqual([[2, 2, 3, 5], [2, 2, 3, 5]]); // prettier-ignore
    expectClose(
      tf.tidy(() => tf.sum(attentions[1], -1).arraySync()),
      Array(20).fill(1),
    );
    tf.dispose([attentions, own, crossAttentions]);
    encoder.dispose();
    decoder.dispose();
  });

  it("names in the state dict are PyTorch's, with a last norm where the layers normalise first", () => {
    const encoder = new TransformerEncoder(4, 2, { ...SMALL, numLayers: 1, normFirst: true });
    expect(Object.keys(encoder.stateDict())).toEqual([
      "layers.0.self_attn.in_proj_weight",
      "layers.0.self_attn.in_proj_bias",
      "layers.0.self_attn.out_proj.weight",
      "layers.0.self_attn.out_proj.bias",
      "layers.0.linear1.weight",
      "layers.0.linear1.bias",
      "layers.0.linear2.weight",
      "layers.0.linear2.bias",
      "layers.0.norm1.weight",
      "layers.0.norm1.bias",
      "layers.0.norm2.weight",
      "layers.0.norm2.bias",
      "norm.weight",
      "norm.bias",
    ]);
    const decoder = new TransformerDecoder(4, 2, SMALL);
    expect(Object.keys(decoder.stateDict())).toContain("layers.1.multihead_attn.in_proj_weight");
    expect(Object.keys(decoder.stateDict())).not.toContain("norm.weight");
    encoder.dispose();
    decoder.dispose();
  });

  it("the same seed gives the same weights, in every layer others, and the same masks after reseed", () => {
    const [a, b] = [1, 1].map(() => new TransformerEncoder(4, 2, { ...SMALL, dropout: 0.5 }));
    const values = (encoder: TransformerEncoder) =>
      encoder.parameters().map((parameter) => [...parameter.dataSync()]);
    expect(values(a)).toEqual(values(b));
    const [first, second] = a.layers.map((layer) => [...layer.linear1.weight.dataSync()]);
    expect(first).not.toEqual(second);
    tf.tidy(() => {
      const x = randomTensor([1, 3, 4], 1);
      const run = (encoder: TransformerEncoder) => encoder.forward(x).arraySync();
      a.reseed(5);
      b.reseed(5);
      const [one, other] = [run(a), run(b)];
      expect(one).toEqual(other);
      expect(run(a)).not.toEqual(one);
    });
    a.dispose();
    b.dispose();
  });

  it("sinusoidal positions are sines and cosines of falling frequency, added from an offset on", () => {
    const encoding = new SinusoidalPositionalEncoding(4, { maxLength: 6 });
    tf.tidy(() => {
      expectClose(sinusoidalPositions(2, 4).arraySync(), [
        [0, 1, 0, 1],
        [Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)],
      ]);
      expectClose(encoding.forward(tf.zeros([1, 2, 4])).arraySync(), sinusoidalPositions(2, 4).arraySync());
      const later = encoding.forward(tf.ones([1, 1, 4]), { offset: 3 }).arraySync() as number[][][];
      expectClose(later, tf.add(1, tf.slice(sinusoidalPositions(4, 4), [3, 0], [1, 4])).arraySync());
    });
    expect(encoding.parameters()).toEqual([]);
    expect(encoding.buffers()).toHaveLength(1);
    encoding.dispose();
  });

  it("learned positions are a weight, and a sequence may not be longer than they reach", () => {
    const encoding = new LearnedPositionalEncoding(4, { maxLength: 3, seed: 1 });
    tf.tidy(() => {
      expectClose(
        encoding.forward(tf.zeros([1, 2, 4])).arraySync(),
        tf.slice(encoding.weight, [0, 0], [2, 4]).arraySync(),
      );
    });
    expect(Object.keys(encoding.stateDict())).toEqual(["weight"]);
    const run = (shape: number[], options = {}) => tf.tidy(() => encoding.forward(tf.zeros(shape), options));
    expect(() => run([1, 4, 4])).toThrow(
      /LearnedPositionalEncoding: `input`.*no further than 3 positions.*maxLength/,
    );
    expect(() => run([1, 1, 4], { offset: 3 })).toThrow(/from position 3 on/);
    encoding.dispose();
  });

  it("wrong options are told by name", () => {
    expect(() => new TransformerEncoderLayer(4, 2, { activation: "silu" as "relu" })).toThrow(
      /TransformerEncoderLayer: `activation` is "silu".*"relu", "gelu"/,
    );
    expect(() => new TransformerEncoder(4, 2, { numLayers: 0 })).toThrow(
      /TransformerEncoder: `numLayers` is 0/,
    );
    expect(() => new TransformerDecoder(4, 2, { dimFeedforward: 1.5 })).toThrow(/`dimFeedforward` is 1\.5/);
  });
});
