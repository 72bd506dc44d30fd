import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  EncoderClassifier,
  MaskedLanguageModel,
  SequenceLabeller,
  type TokenInput,
} from "../../../../kernels/nlp/nn/index.ts";
import { classifierGraph, labellerGraph, maskedGraph } from "../../../../kernels/nlp/onnx/encoder-graphs.ts";
import type { Graph } from "../../../../kernels/nlp/onnx/graph.ts";
import { readWeights } from "../../../../kernels/nlp/onnx/read-weights.ts";
import { openSession, toIds } from "./sessions.ts";
import { sizes } from "./sizes.ts";

await tf.setBackend("cpu");

const IDS = [
  [2, 5, 9, 7, 3, 0, 0],
  [2, 11, 4, 3, 6, 8, 3],
];
const MASK = IDS.map((row) => row.map((id) => Number(id !== 0)));
const TYPES = IDS.map((row) => row.map((_, index) => Number(index > 3)));

/** The library's logits and ONNX Runtime's, flat, where no padding stands. */
async function bothLogits(
  model: { forward(input: TokenInput): tf.Tensor; eval(): unknown },
  graph: Graph,
  { ids = IDS, mask = MASK, types = TYPES } = {},
): Promise<[number[], number[]]> {
  model.eval();
  const ours = tf.tidy(() => {
    const [inputIds, attentionMask, tokenTypeIds] = [ids, mask, types].map((rows) =>
      tf.tensor2d(rows, undefined, "int32"),
    );
    return Array.from(model.forward({ inputIds, attentionMask, tokenTypeIds }).dataSync());
  });
  const session = await openSession(graph);
  const feeds = { input_ids: toIds(ids), attention_mask: toIds(mask), token_type_ids: toIds(types) };
  const known = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)),
  );
  const { logits } = await session.run(known);
  const width = logits.dims.at(-1) as number;
  const kept =
    logits.dims.length === 2 ? () => true : (place: number) => mask.flat()[Math.floor(place / width)] === 1;
  return [ours, Array.from(logits.data as Float32Array)].map((list) =>
    list.filter((_, place) => kept(place)),
  ) as [number[], number[]];
}

function expectClose([ours, theirs]: readonly [number[], number[]], bound = 1e-4): void {
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...ours.map((value, index) => Math.abs(value - theirs[index])))).toBeLessThan(bound);
  expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(1e-3);
}

describe("an encoder in ONNX Runtime", () => {
  const positions = ["learned", "sinusoidal", "rotary", "none"] as const;
  it.each(positions)("has the library's logits with %s positions", async (positions) => {
    const model = new EncoderClassifier({ ...sizes, positions, classes: 4 });
    expectClose(
      await bothLogits(model, classifierGraph(model, { weights: await readWeights(model.stateDict()) })),
    );
  });

  const shapes = [
    { pooling: "cls", normFirst: false, activation: "gelu" },
    { pooling: "max", typeVocabSize: 0 },
    { pooling: "mean", normFirst: false, numLayers: 1, numHeads: 1 },
  ] as const;
  it.each(shapes)("has them with %j", async (shape) => {
    const model = new EncoderClassifier({ ...sizes, ...shape, classes: 3 });
    expectClose(
      await bothLogits(model, classifierGraph(model, { weights: await readWeights(model.stateDict()) })),
    );
  });

  it("has them for any number of texts and tokens", async () => {
    const model = new EncoderClassifier({ ...sizes, classes: 2 });
    const graph = classifierGraph(model, { weights: await readWeights(model.stateDict()) });
    const ids = [[2], [3], [4]];
    const [mask, types] = [ids.map(() => [1]), ids.map(() => [0])];
    expectClose(await bothLogits(model, graph, { ids, mask, types }));
  });

  it("fills a mask as the library does", async () => {
    const model = new MaskedLanguageModel({ ...sizes, nextSentence: true });
    expectClose(
      await bothLogits(model, maskedGraph(model, { weights: await readWeights(model.stateDict()) })),
    );
  });
});

describe("a labeller in ONNX Runtime", () => {
  const encoders = [
    { encoder: "transformer" },
    { encoder: "lstm", bidirectional: true, numLayers: 2 },
    { encoder: "gru", bidirectional: true },
    { encoder: "rnn", bidirectional: false },
    { encoder: "lstm", bidirectional: false, crf: true },
  ] as const;
  it.each(encoders)("has the library's logits with %j", async (encoder) => {
    const model = new SequenceLabeller({ ...sizes, ...encoder, classes: 5 });
    expectClose(
      await bothLogits(model, labellerGraph(model, { weights: await readWeights(model.stateDict()) })),
    );
  });
});

describe("int8 weights", () => {
  it("make the file less than half as large and the logits hardly different", async () => {
    const model = new EncoderClassifier({ ...sizes, vocabSize: 200, hiddenSize: 64, classes: 4 });
    const weights = await readWeights(model.stateDict());
    const [whole, small] = [false, true].map((quantize) => classifierGraph(model, { weights, quantize }));
    const size = (graph: Graph) =>
      graph.spec().initializers.reduce((bytes, { data }) => bytes + data.length, 0);
    expect(size(small)).toBeLessThan(size(whole) / 2);
    expectClose(await bothLogits(model, small), 0.05);
  });
});

describe("a model that cannot be exported", () => {
  it("is refused by the weight's name", async () => {
    const model = new EncoderClassifier({ ...sizes, classes: 2 });
    model.classifier.weight.assign(tf.fill([2, 16], NaN));
    await expect(readWeights(model.stateDict())).rejects.toMatchObject({ code: "not-finite" });
    model.dispose();
    await expect(readWeights(model.stateDict())).rejects.toMatchObject({ code: "disposed" });
  });
});
