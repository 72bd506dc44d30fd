import * as tf from "@tensorflow/tfjs";
import {
  BagOfWordsClassifier,
  createModel,
  crossEntropy,
  EmbeddingClassifier,
  EncoderClassifier,
  EncoderModel,
  MaskedLanguageModel,
  poolTokens,
  RecurrentEncoder,
  SequenceLabeller,
  TokenEmbeddings,
  type AnyModel,
  type ModelConfig,
  type TransitionConstraints,
} from "gongbu/nn";
import { expect, it } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";
import { randomTensor } from "./finite-differences.ts";
import { overfit } from "./overfit.ts";

const ENCODER = {
  vocabSize: 12,
  hiddenSize: 8,
  numLayers: 1,
  numHeads: 2,
  maxLength: 6,
  dropout: 0,
  seed: 1,
};
const RECURRENT = { vocabSize: 12, embeddingSize: 8, hiddenSize: 8, dropout: 0, seed: 1 };
const IDS = [[2, 5, 6, 7], [2, 7, 6, 5], [2, 8, 0, 0], [2, 9, 10, 0]]; // prettier-ignore
const MASK = [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0]]; // prettier-ignore
const TAGS = [[-100, 0, 1, 2], [-100, 2, 1, 0], [-100, 0, -100, -100], [-100, 1, 1, -100]]; // prettier-ignore

/** The batch above; what it is made of is freed by the test's `tidy`. */
function toInput(ids = IDS, mask: number[][] | null = MASK) {
  return {
    inputIds: tf.tensor2d(ids, undefined, "int32"),
    ...(mask && { attentionMask: tf.tensor2d(mask, undefined, "int32") }),
  };
}

onEveryBackend("models", () => {
  it("a mean, a largest and a first vector are pooled over the tokens alone", () => {
    tf.tidy(() => {
      const tokens = tf.tensor3d([[[1, 4], [3, 2], [99, 99]], [[5, 5], [6, 6], [7, 7]]]); // prettier-ignore
      const attentionMask = tf.tensor2d([[1, 1, 0], [0, 0, 0]]); // prettier-ignore
      expectClose(poolTokens(tokens, { attentionMask }).arraySync(), [[2, 3], [0, 0]]); // prettier-ignore
      expectClose(poolTokens(tokens, { attentionMask, pooling: "max" }).arraySync(), [[3, 4], [0, 0]]); // prettier-ignore
      expectClose(poolTokens(tokens, { pooling: "cls" }).arraySync(), [[1, 4], [5, 5]]); // prettier-ignore
      expectClose(poolTokens(tokens).arraySync(), [[103 / 3, 35], [6, 6]]); // prettier-ignore
      expect(() => poolTokens(tf.zeros([2, 3]))).toThrow(/poolTokens: `tokens` has the shape \[2, 3\]/);
      expect(() => poolTokens(tokens, { pooling: "sum" as "max" })).toThrow(/"sum".*"cls", "mean", "max"/);
    });
  });

  it("an embedding classifier learns four texts by heart, and word order means nothing to it", () => {
    const model = new EmbeddingClassifier({ vocabSize: 12, classes: 2, hiddenSize: 8, dropout: 0, seed: 1 });
    const losses = overfit(model, () => crossEntropy(model.forward(toInput()), [0, 0, 1, 1]));
    expect(losses[0]).toBeGreaterThan(0.6);
    expect(losses.at(-1)).toBeLessThan(0.1);
    tf.tidy(() => {
      const [first, second] = model.forward(toInput()).arraySync() as number[][];
      expectClose(first, second);
    });
    model.dispose();
  });

  for (const pooling of ["cls", "mean", "max"] as const) {
    it(`an encoder classifier that pools by ${pooling} learns four texts by heart, two of them the same words in another order`, () => {
      const model = new EncoderClassifier({ ...ENCODER, classes: 2, pooling });
      const losses = overfit(model, () => crossEntropy(model.forward(toInput()), [0, 1, 0, 1]), {
        steps: 40,
      });
      expect(losses[0]).toBeGreaterThan(0.4);
      expect(losses.at(-1)).toBeLessThan(0.1);
      model.dispose();
    });
  }

  it.each(["learned", "sinusoidal", "rotary", "none"] as const)(
    "positions: with %s an encoder sees order or does not",
    (positions) => {
      const model = new EncoderModel({ ...ENCODER, positions }).eval();
      tf.tidy(() => {
        const hidden = model.forward(toInput([[2, 5, 6], [2, 6, 5]], null)); // prettier-ignore
        const pooled = poolTokens(tf.mul(hidden, randomTensor([8], 3)), {}).arraySync() as number[][];
        const difference = Math.max(...pooled[0].map((value, index) => Math.abs(value - pooled[1][index])));
        if (positions === "none") expect(difference).toBeLessThan(1e-4);
        else expect(difference).toBeGreaterThan(1e-3);
      });
      model.dispose();
    },
  );

  it("padding changes no answer when the mask tells of it, and changes it when it does not", () => {
    const models = [
      new EmbeddingClassifier({ vocabSize: 12, classes: 2, seed: 1 }),
      new EncoderClassifier({ ...ENCODER, classes: 2 }),
    ];
    for (const model of models) {
      tf.tidy(() => {
        model.eval();
        const bare = model.forward(toInput([[2, 8]], [[1, 1]])).arraySync();
        expectClose(model.forward(toInput([[2, 8, 0, 0]], [[1, 1, 0, 0]])).arraySync(), bare);
        const unmasked = model.forward(toInput([[2, 8, 0, 0]], null));
        expect(tf.max(tf.abs(tf.sub(unmasked, bare as number[][]))).dataSync()[0]).toBeGreaterThan(1e-3);
      });
      model.dispose();
    }
  });

  it("segments tell the two sentences of a pair apart, and no tokenTypeIds means the first", () => {
    const model = new EncoderClassifier({ ...ENCODER, classes: 1 }).eval();
    tf.tidy(() => {
      const typed = (types: number[]) =>
        model.forward({
          ...toInput([IDS[0]], null),
          tokenTypeIds: tf.tensor2d([types], [1, 4], "int32"),
        });
      expectClose(typed([0, 0, 0, 0]).arraySync(), model.forward(toInput([IDS[0]], null)).arraySync());
      expect(Math.abs(tf.sub(typed([0, 0, 1, 1]), typed([0, 0, 0, 0])).dataSync()[0])).toBeGreaterThan(1e-5);
    });
    model.dispose();
  });

  it("a text of nothing but padding gives finite logits", () => {
    for (const pooling of ["mean", "max"] as const) {
      const model = new EncoderClassifier({ ...ENCODER, classes: 2, pooling }).eval();
      tf.tidy(() => {
        const logits = model.forward(toInput([[0, 0], [2, 5]], [[0, 0], [1, 1]])); // prettier-ignore
        expect([...logits.dataSync()].every(Number.isFinite)).toBe(true);
      });
      model.dispose();
    }
  });

  it("attention weights of every layer can be asked for, and vectors given in place of tokens", () => {
    const model = new EncoderClassifier({ ...ENCODER, numLayers: 2, classes: 2 }).eval();
    const attentions: tf.Tensor[] = [];
    tf.tidy(() => {
      const input = toInput();
      const inputsEmbeds = model.encoder.embeddings.token.forward(input.inputIds);
      expectClose(
        model.forward(input, { inputsEmbeds, attentions }).arraySync(),
        model.forward(input).arraySync(),
      );
      const gradient = tf.grad((x) => tf.sum(model.forward(input, { inputsEmbeds: x })))(inputsEmbeds);
      expect(gradient.shape).toEqual([4, 4, 8]);
    });
    expect(attentions.map(({ shape }) => shape)).toEqual([[4, 2, 4, 4], [4, 2, 4, 4]]); // prettier-ignore
    const rows = attentions[0].arraySync() as number[][][][];
    expectClose(rows[2][0][0].slice(2), [0, 0]);
    tf.dispose(attentions);
    model.dispose();
  });

  for (const encoder of ["rnn", "gru", "lstm", "transformer"] as const) {
    for (const crf of [false, true]) {
      it(`a labeller with ${encoder}${crf ? " and a CRF" : ""} learns the labels of four texts by heart`, () => {
        const options =
          encoder === "transformer"
            ? { encoder, ...ENCODER, classes: 3, crf }
            : { encoder, ...RECURRENT, classes: 3, crf };
        const model = new SequenceLabeller(options);
        const losses = overfit(model, () => model.loss(model.forward(toInput()), TAGS), { steps: 50 });
        expect(losses.at(-1)).toBeLessThan(losses[0] / 4);
        const labelMask = TAGS.map((row) => row.map((label) => (label === -100 ? 0 : 1)));
        expect(tf.tidy(() => model.predict(toInput(), { labelMask }))).toEqual(TAGS);
        tf.tidy(() => {
          const sums = tf.sum(model.probabilities(toInput(), { labelMask }), -1).arraySync() as number[][];
          labelMask.forEach((row, example) =>
            row.forEach((flag, step) => flag === 1 && expect(sums[example][step]).toBeCloseTo(1, 4)),
          );
        });
        model.dispose();
      });
    }
  }

  it("predict holds to the constraints, with and without a CRF, and gives −100 on padding", () => {
    const onlyUp: TransitionConstraints = {
      transitions: [[false, true, false], [false, false, true], [true, false, false]], // prettier-ignore
      start: [true, false, false],
    };
    for (const crf of [false, true]) {
      const model = new SequenceLabeller({ ...RECURRENT, classes: 3, crf, constraints: onlyUp });
      expect(tf.tidy(() => model.predict(toInput()))).toEqual([[0, 1, 2, 0], [0, 1, 2, 0], [0, 1, -100, -100], [0, 1, 2, -100]]); // prettier-ignore
      const freely = { transitions: onlyUp.transitions.map((row) => row.map(() => true)) };
      const logits = [[[0, 9, 0], [0, 9, 0]]]; // prettier-ignore
      expect(tf.tidy(() => model.decode(tf.tensor3d(logits), { constraints: freely }))).toEqual([[1, 1]]);
      expect(tf.tidy(() => model.decode(tf.tensor3d(logits)))).toEqual([[0, 1]]);
      model.dispose();
    }
  });

  it("predict and probabilities leave a model in the mode in which they found it", () => {
    const model = new SequenceLabeller({ ...RECURRENT, classes: 3, dropout: 0.5 });
    const [a, b] = [0, 1].map(() => tf.tidy(() => model.probabilities(toInput()).arraySync()));
    expect(a).toEqual(b);
    expect(model.training && model.encoder.training).toBe(true);
    model.eval();
    tf.tidy(() => model.predict(toInput()));
    expect(model.training).toBe(false);
    model.dispose();
  });

  it("a masked language model learns what was hidden, and whether a sentence follows", () => {
    const model = new MaskedLanguageModel({ ...ENCODER, nextSentence: true });
    const labels = [[-100, 5, -100, -100], [-100, -100, 6, -100], [-100, 8, -100, -100], [-100, -100, 10, -100]]; // prettier-ignore
    const hidden = IDS.map((row, text) => row.map((id, step) => (labels[text][step] === -100 ? id : 4)));
    const losses = overfit(
      model,
      () => {
        const { tokens, nextSentence } = model.forwardBoth(toInput(hidden));
        return tf.add(crossEntropy(tokens, labels), crossEntropy(nextSentence, [0, 1, 0, 1]));
      },
      { steps: 50 },
    );
    expect(losses[0]).toBeGreaterThan(2.5);
    expect(losses.at(-1)).toBeLessThan(0.3);
    tf.tidy(() => {
      const best = tf.argMax(model.forward(toInput(hidden)), -1).arraySync() as number[][];
      expect(best.map((row, text) => row.filter((_, step) => labels[text][step] !== -100))).toEqual([[5], [6], [8], [10]]); // prettier-ignore
    });
    expect(Object.keys(model.stateDict()).filter((name) => /token|bias$/.test(name))).toContain("encoder.embeddings.token.weight"); // prettier-ignore
    model.dispose();
    const single = new MaskedLanguageModel(ENCODER);
    expect(() => tf.tidy(() => single.forwardBoth(toInput()).tokens)).toThrow(
      /forwardBoth: .*without `nextSentence`/,
    );
    single.dispose();
  });

  it("every model is made again from its config, which is plain JSON, and from its state", () => {
    const models: AnyModel[] = [
      new BagOfWordsClassifier({ inputSize: 5, hiddenSize: 3, classes: 2, seed: 1 }),
      new EmbeddingClassifier({ vocabSize: 12, classes: 2, seed: 1 }),
      new EncoderModel({ ...ENCODER, positions: "sinusoidal" }),
      new EncoderClassifier({ ...ENCODER, classes: 2, pooling: "cls" }),
      new RecurrentEncoder({ ...RECURRENT, cell: "gru", bidirectional: false }),
      new SequenceLabeller({ ...RECURRENT, classes: 2, crf: true, constraints: { transitions: [[true, false], [true, true]] } }), // prettier-ignore
      new SequenceLabeller({ ...ENCODER, encoder: "transformer", classes: 2 }),
      new MaskedLanguageModel({ ...ENCODER, nextSentence: true }),
    ];
    for (const model of models) {
      const config = JSON.parse(JSON.stringify(model.config)) as ModelConfig;
      const copy = createModel(config, { seed: 9 });
      expect(copy.constructor).toBe(model.constructor);
      expect(copy.config).toEqual(model.config);
      copy.loadStateDict(model.stateDict());
      const values = (module: AnyModel) => module.parameters().map((parameter) => [...parameter.dataSync()]);
      expect(values(copy)).toEqual(values(model));
      model.dispose();
      copy.dispose();
    }
    expect(() => createModel({ modelType: "bert" as "encoder" })).toThrow(/createModel: `modelType` is "bert".*"encoder-classifier"/); // prettier-ignore
  });

  it("a pretrained encoder can be put into another model", () => {
    const [pretrained, classifier] = [new MaskedLanguageModel(ENCODER), new EncoderClassifier({ ...ENCODER, seed: 2, classes: 2 })]; // prettier-ignore
    classifier.encoder.loadStateDict(pretrained.encoder.stateDict());
    tf.tidy(() => {
      const [a, b] = [pretrained, classifier].map((model) =>
        model.eval().encoder.forward(toInput()).arraySync(),
      );
      expectClose(a, b);
    });
    pretrained.dispose();
    classifier.dispose();
  });

  it("a model tells what it was given and what it wanted", () => {
    const model = new EncoderClassifier({ ...ENCODER, classes: 2 });
    const run = (input: () => Parameters<typeof model.forward>[0]) => tf.tidy(() => model.forward(input()));
    expect(() => run(() => ({ inputIds: tf.tensor1d([1, 2], "int32") }))).toThrow(/`inputIds` has the shape \[2\].*\[batch, time\]/); // prettier-ignore
    expect(() => run(() => toInput([[12]], null))).toThrow(/embedding: Id 0 is 12\. There are 12 vectors/);
    expect(() => run(() => toInput([[1, 2]], [[1]]))).toThrow(/`attentionMask` has the shape \[1, 1\], `inputIds` \[1, 2\]/); // prettier-ignore
    expect(() => run(() => toInput([[1, 1, 1, 1, 1, 1, 1]], null))).toThrow(/no further than 6 positions/);
    expect(() => new EncoderClassifier({ ...ENCODER, classes: 0 })).toThrow(
      /EncoderClassifier: `classes` is 0/,
    );
    expect(() => new EncoderClassifier({ ...ENCODER, classes: 2, numHeads: 3 })).toThrow(
      /`numHeads` 3\..*multiple/,
    );
    expect(() => new TokenEmbeddings({ vocabSize: 4, padTokenId: 4 })).toThrow(/`padTokenId` is 4/);
    expect(() => new SequenceLabeller({ ...RECURRENT, classes: 1 })).toThrow(
      /SequenceLabeller: `classes` is 1/,
    );
    expect(() => new SequenceLabeller({ ...RECURRENT, encoder: "cnn" as "rnn", classes: 2 })).toThrow(/"cnn".*"transformer"/); // prettier-ignore
    expect(() => new RecurrentEncoder({ ...RECURRENT, cell: "cnn" as "rnn" })).toThrow(/"cnn"/);
    model.dispose();
    const labeller = new SequenceLabeller({ ...RECURRENT, classes: 2 });
    expect(() => tf.tidy(() => labeller.predict(toInput(), { labelMask: [[1]] }))).toThrow(/SequenceLabeller: `labelMask` has the shape \[1, 1\]/); // prettier-ignore
    labeller.dispose();
  });
});
