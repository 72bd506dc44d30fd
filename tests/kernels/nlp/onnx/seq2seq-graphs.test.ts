import * as tf from "@tensorflow/tfjs";
import { Tensor, type InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { RecurrentSeq2Seq, TransformerSeq2Seq } from "../../../../kernels/nlp/nn/index.ts";
import type { Graph } from "../../../../kernels/nlp/onnx/graph.ts";
import { readWeights } from "../../../../kernels/nlp/onnx/read-weights.ts";
import {
  recurrentDecoderGraph,
  recurrentEncoderGraph,
} from "../../../../kernels/nlp/onnx/recurrent-seq2seq-graphs.ts";
import { seq2seqDecoderGraph, seq2seqEncoderGraph } from "../../../../kernels/nlp/onnx/seq2seq-graphs.ts";
import { enliven } from "./lively.ts";
import { cut, emptyCache, expectClose, nextCache, openSession, rowsOf, toIds } from "./sessions.ts";
import { sizes } from "./sizes.ts";

await tf.setBackend("cpu");

type Seq2Seq = TransformerSeq2Seq | RecurrentSeq2Seq;

describe("an encoder–decoder in ONNX Runtime", () => {
  const SOURCE = [
    [5, 9, 7, 3, 2],
    [2, 11, 4, 0, 0],
  ];
  const MASK = SOURCE.map((row) => row.map((id) => Number(id !== 0)));
  const TARGET = [
    [2, 8, 4, 4, 1, 6],
    [2, 10, 3, 7, 7, 5],
  ];
  const options = { targetVocabSize: 11, bosTokenId: 2, eosTokenId: 3 };

  function whole(model: Seq2Seq): number[] {
    return tf.tidy(() => {
      const [inputIds, attentionMask, decoderInputIds] = [SOURCE, MASK, TARGET].map((rows) =>
        tf.tensor2d(rows, undefined, "int32"),
      );
      return Array.from(model.forward({ inputIds, attentionMask, decoderInputIds }).dataSync());
    });
  }

  async function open(model: Seq2Seq, quantize = false) {
    const weights = await readWeights(enliven(model).stateDict());
    const graphs =
      model instanceof TransformerSeq2Seq
        ? [seq2seqEncoderGraph, seq2seqDecoderGraph].map((build) => build(model, { weights, quantize }))
        : [recurrentEncoderGraph, recurrentDecoderGraph].map((build) => build(model, { weights, quantize }));
    const [encoder, decoder] = await Promise.all(graphs.map(openSession));
    return { encoder, decoder, graphs };
  }

  async function inPieces(
    { encoder, decoder }: { encoder: InferenceSession; decoder: InferenceSession },
    ends: readonly number[],
  ): Promise<number[]> {
    const read = await encoder.run({ input_ids: toIds(SOURCE), attention_mask: toIds(MASK) });
    let memory = read.last_hidden_state;
    let cache = emptyCache(decoder, SOURCE.length);
    let from = 0;
    const rows: number[][] = TARGET.map(() => []);
    for (const to of ends) {
      const outputs = await decoder.run({
        input_ids: toIds(cut(TARGET, from, to)),
        encoder_hidden_states: memory,
        ...(decoder.inputNames.includes("encoder_attention_mask") && { encoder_attention_mask: toIds(MASK) }),
        use_cache_branch: new Tensor("bool", [from > 0], [1]),
        ...cache,
      });
      rowsOf(outputs.logits).forEach((row, at) => rows[at].push(...row));
      cache = nextCache(outputs);
      if ("present.0.encoder.key" in outputs) {
        expect(outputs["present.0.decoder.key"].dims.slice(0, 3)).toEqual([2, 4, to]);
        expect(outputs["present.0.encoder.key"].dims.slice(0, 3)).toEqual([2, 4, 5]);
        // From now on the source is in the cache: what the encoder said must not matter any more.
        memory = new Tensor("float32", new Float32Array(memory.size), memory.dims);
      }
      from = to;
    }
    return rows.flat();
  }

  const transformers = [
    { positions: "learned" },
    { positions: "sinusoidal", normFirst: false },
    { positions: "rotary", activation: "gelu", numLayers: 1 },
    { positions: "none" },
  ] as const;
  it.each(transformers)("has a Transformer's logits with %j, at once and with a cache", async (shape) => {
    await expectSame(new TransformerSeq2Seq({ ...sizes, ...options, ...shape }));
  });

  const recurrent = [
    { cell: "rnn", bidirectional: false, attention: "none" },
    { cell: "gru", bidirectional: true, attention: "none", numLayers: 2 },
    { cell: "gru", bidirectional: false, attention: "dot" },
    { cell: "lstm", bidirectional: true, attention: "dot", numLayers: 2 },
    { cell: "lstm", bidirectional: true, attention: "additive" },
  ] as const;
  it.each(recurrent)("has a recurrent one's logits with %j, at once and by its states", async (shape) => {
    const { vocabSize, hiddenSize, dropout, seed } = sizes;
    const config = { vocabSize, hiddenSize, dropout, seed, embeddingSize: 9 };
    await expectSame(new RecurrentSeq2Seq({ ...config, ...options, ...shape }));
  });

  async function expectSame(model: Seq2Seq): Promise<void> {
    const sessions = await open(model);
    const ours = whole(model);
    for (const ends of [[6], [1, 2, 3, 4, 5, 6], [2, 5, 6]])
      expectClose(await inPieces(sessions, ends), ours);
  }

  it("is hardly different with int8 weights, on both sides of the cache", async () => {
    const large = { ...sizes, ...options, hiddenSize: 64, vocabSize: 200, targetVocabSize: 180 };
    const model = new TransformerSeq2Seq(large);
    const [whole, small] = [await open(model), await open(model, true)];
    const size = ({ graphs }: { graphs: Graph[] }) =>
      graphs
        .flatMap((graph) => graph.spec().initializers)
        .reduce((bytes, { data }) => bytes + data.length, 0);
    expect(size(small)).toBeLessThan(size(whole) / 2);
    const [exact, near] = [await inPieces(whole, [1, 6]), await inPieces(small, [1, 6])];
    expectClose(near, exact, 0.05 * Math.max(...exact.map(Math.abs)));
    expect(near).not.toEqual(exact);
  });
});
