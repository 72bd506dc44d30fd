import * as tf from "@tensorflow/tfjs";
import { createRandom } from "gongbu/data";
import { EncoderClassifier, SequenceLabeller } from "gongbu/nn";
import {
  AdamW,
  evaluate,
  fit,
  toSeq2SeqInput,
  toTokenInput,
  toTokenTargets,
  type FitOptions,
  type FitProgress,
  type TrainingState,
} from "gongbu/train";
import { afterEach, expect, it } from "vitest";
import { onEveryBackend } from "../backends.ts";

/** Sentences of 2 to 9 tokens; each token's label hangs on it and on its neighbour, the class on the first token. */
const sentences = (() => {
  const random = createRandom(4);
  return Array.from({ length: 48 }, () =>
    Array.from({ length: 2 + random.integer(8) }, () => 1 + random.integer(9)),
  );
})();
const labels = sentences.map((ids) => ids.map((id, place) => (id + (ids[place + 1] ?? 0)) % 3));
const classes = sentences.map(([first]) => first % 2);
const tagging = { inputs: sentences, targets: labels };
const sorting = { inputs: sentences, targets: classes };

/** Freed after each test. */
const made: { dispose(): void }[] = [];

function own<T extends { dispose(): void }>(thing: T): T {
  made.push(thing);
  return thing;
}

function createTagger(crf = false): SequenceLabeller {
  const sizes = { vocabSize: 10, embeddingSize: 8, hiddenSize: 12, classes: 3 };
  return own(new SequenceLabeller({ ...sizes, dropout: 0.2, crf, seed: 2 }));
}

function createSorter(): EncoderClassifier {
  const sizes = { vocabSize: 10, hiddenSize: 8, numHeads: 2, numLayers: 1, classes: 2 };
  return own(new EncoderClassifier({ ...sizes, dropout: 0.2, seed: 2 }));
}

type Sorter = EncoderClassifier;
type Options = FitOptions<readonly number[], number, Parameters<Sorter["forward"]>[0], Sorter, string>;

async function last<T>(stream: AsyncIterable<T>): Promise<T> {
  let latest: T | undefined;
  for await (const item of stream) latest = item;
  return latest as T;
}

const sort = (model: Sorter, options: Options = {}) =>
  fit(model, sorting, { toInput: toTokenInput, batchSize: 8, epochs: 3, seed: 5, ...options });
const weightsOf = (model: Sorter) => model.parameters().map((parameter) => Array.from(parameter.dataSync()));

onEveryBackend("fit on sentences", () => {
  afterEach(() => made.splice(0).forEach((thing) => thing.dispose()));

  it("trains a label for each token, with padding that counts for nothing", async () => {
    const model = createTagger();
    const { history, validation, tokensPerSecond, remaining } = await last(
      fit(model, tagging, {
        toInput: toTokenInput,
        toTarget: toTokenTargets,
        lengthOf: ({ length }) => length,
        validation: tagging,
        epochs: 25,
        batchSize: 8,
        lr: 0.02,
      }),
    );
    expect(history.loss.at(-1)!).toBeLessThan(history.loss[0] / 2);
    expect(validation!.accuracy!).toBeGreaterThan(0.9);
    expect(tokensPerSecond!).toBeGreaterThan(0);
    expect(remaining).toBe(0);
    // One sentence alone has no padding: the mean over tokens must be the same however they are batched.
    const single = await evaluate(model, tagging, {
      toInput: toTokenInput,
      toTarget: toTokenTargets,
      batchSize: 1,
    });
    expect(single.accuracy!).toBeCloseTo(validation!.accuracy!, 6);
    expect(single.loss).toBeCloseTo(validation!.loss, 4);
  });

  it("trains a model with the loss that it brings", async () => {
    const model = createTagger(true);
    const batched = { toInput: toTokenInput, toTarget: toTokenTargets, validation: tagging };
    const { history } = await last(fit(model, tagging, { ...batched, epochs: 20, batchSize: 8, lr: 0.02 }));
    // −log of a whole sentence's probability is far above that of a token.
    expect(history.loss[0]).toBeGreaterThan(2 * Math.log(3));
    expect(history.validation.loss.at(-1)!).toBeLessThan(history.validation.loss[0] / 3);
  });

  it("averages the gradients of several batches as if they were one", async () => {
    const [whole, parts] = [createSorter(), createSorter()];
    const plain = { epochs: 2, validation: sorting };
    for (const model of [whole, parts]) model.dropout.eval();
    const noDropout = (model: Sorter) => Object.assign(model, { train: () => model.eval() });
    const a = await last(sort(noDropout(whole), { ...plain, batchSize: 16 }));
    const b = await last(sort(noDropout(parts), { ...plain, batchSize: 4, accumulate: 4 }));
    expect(b.totalSteps).toBe(a.totalSteps);
    a.history.loss.forEach((loss, index) => expect(b.history.loss[index]).toBeCloseTo(loss, 4));
    expect(b.validation!.loss).toBeCloseTo(a.validation!.loss, 4);
  });

  it("goes on from where it was left as if it had not been", async () => {
    const [unbroken, broken] = [createSorter(), createSorter()];
    const options = (model: Sorter): Options => ({
      optimizer: own(new AdamW(model.parameters(), { lr: 0.01 })),
      validation: sorting,
      restoreBest: true,
      epochs: 4,
    });
    const whole = await last(sort(unbroken, options(unbroken)));
    let state: TrainingState | undefined;
    for await (const progress of sort(broken, options(broken))) {
      // In the middle of the second epoch.
      if (progress.step < 9) continue;
      state = await progress.state();
      break;
    }
    const saved = structuredClone(state!);
    const other = createSorter();
    const rest = await last(sort(other, { ...options(other), resumeFrom: saved }));
    expect(rest.history).toEqual(whole.history);
    expect(rest.validation).toEqual(whole.validation);
    expect(weightsOf(other)).toEqual(weightsOf(unbroken));
  });

  it("refuses a state of another model or seed", async () => {
    let state: TrainingState | undefined;
    for await (const progress of sort(createSorter())) {
      state = await progress.state();
      break;
    }
    const tagger = createTagger();
    const asTagging = { ...tagging, targets: classes.map((label) => [label]) };
    await expect(
      last(
        fit(tagger, asTagging, {
          toInput: toTokenInput,
          toTarget: toTokenTargets,
          seed: 5,
          resumeFrom: state,
        }),
      ),
    ).rejects.toMatchObject({ code: "shape-mismatch" });
    await expect(last(sort(createSorter(), { seed: 6, resumeFrom: state }))).rejects.toMatchObject({
      code: "wrong-option",
    });
  });

  it("keeps the weights of every epoch, from before the first, and takes the model back", async () => {
    const model = createSorter();
    const before = weightsOf(model);
    const { snapshots } = await last(sort(model, { snapshots: true, lr: 0.01 }));
    const after = weightsOf(model);
    expect(snapshots!.list.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 6],
      [2, 12],
      [3, 18],
    ]);
    expect(snapshots!.restore(0).epoch).toBe(0);
    expect(weightsOf(model)).toEqual(before);
    snapshots!.restore(3);
    expect(weightsOf(model)).toEqual(after);
    expect(() => snapshots!.restore(4)).toThrow(expect.objectContaining({ code: "out-of-range" }));
  });

  it("keeps few of many, evenly spread, with the first and the last", async () => {
    const { snapshots } = await last(
      sort(createSorter(), { epochs: 11, batchSize: 48, snapshots: { max: 5 } }),
    );
    expect(snapshots!.list.map(({ epoch }) => epoch)).toEqual([0, 4, 8, 11]);
  });

  it("computes metrics and examples after each epoch, and can judge by them", async () => {
    const model = createSorter();
    const scores = [0.2, 0.9, 0.5];
    const modes: boolean[] = [];
    const after: number[][][] = [];
    const progress = await last(
      sort(model, {
        metrics: ({ training }) => {
          modes.push(training);
          after.push(weightsOf(model));
          return { score: scores[modes.length - 1] };
        },
        examples: async () => `epoch ${modes.length}`,
        monitor: "score",
        restoreBest: true,
      }),
    );
    expect(modes).toEqual([false, false, false]);
    expect(progress).toMatchObject({ metrics: { score: 0.5 }, examples: "epoch 3" });
    expect(progress.history.validation).toMatchObject({ step: [6, 12, 18], score: scores, loss: [] });
    expect(weightsOf(model)).toEqual(after[1]);
    await expect(
      last(sort(model, { metrics: () => ({ f1: 1 }), monitor: "bleu", patience: 1 })),
    ).rejects.toMatchObject({
      code: "wrong-option",
    });
  });

  it("frees all that it makes, wherever it is left", async () => {
    const model = createSorter();
    const all: Options = { snapshots: true, restoreBest: true, validation: sorting, accumulate: 2 };
    await last(sort(model, all));
    const before = tf.memory().numTensors;
    const run = async (stop: (progress: FitProgress<Sorter, string>) => boolean) => {
      for await (const progress of sort(model, all)) {
        await progress.state();
        if (stop(progress)) break;
      }
    };
    await run(({ step }) => step > 4);
    await run(() => false);
    expect(tf.memory().numTensors).toBe(before);
  });
});

onEveryBackend("batches of tokens", () => {
  it("are padded to the longest, with masks", () => {
    tf.tidy(() => {
      const { inputIds, attentionMask, tokenTypeIds } = toTokenInput([[4, 5, 6], [7]]);
      expect(inputIds.arraySync()).toEqual([
        [4, 5, 6],
        [7, 0, 0],
      ]);
      expect(attentionMask!.arraySync()).toEqual([
        [1, 1, 1],
        [1, 0, 0],
      ]);
      expect(tokenTypeIds).toBeUndefined();
      const encoded = toTokenInput([{ ids: [1], attentionMask: [1], tokenTypeIds: [1] }], { padTokenId: 3 });
      expect(encoded.tokenTypeIds!.arraySync()).toEqual([[1]]);
      expect(toTokenTargets([[1, 2], [0]]).arraySync()).toEqual([
        [1, 2],
        [0, -100],
      ]);
    });
  });

  it("move the target one place on, for a decoder", () => {
    tf.tidy(() => {
      const { inputIds, decoderInputIds, decoderAttentionMask } = toSeq2SeqInput(
        [
          { source: [5, 6], target: [7, 8, 3] },
          { source: [5], target: [3] },
        ],
        { bosTokenId: 2 },
      );
      expect(inputIds.arraySync()).toEqual([
        [5, 6],
        [5, 0],
      ]);
      expect(decoderInputIds.arraySync()).toEqual([
        [2, 7, 8],
        [2, 0, 0],
      ]);
      expect(decoderAttentionMask!.arraySync()).toEqual([
        [1, 1, 1],
        [1, 0, 0],
      ]);
    });
  });

  it("need encoded texts", () => {
    expect(() => toTokenInput([])).toThrow(expect.objectContaining({ code: "empty-input" }));
    expect(() => toTokenInput(["text" as never])).toThrow(expect.objectContaining({ code: "wrong-option" }));
    expect(() => toTokenInput([{ ids: [1, 2], attentionMask: [1] }])).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});
