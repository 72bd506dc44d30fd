import * as tf from "@tensorflow/tfjs";
import type * as ort from "onnxruntime-node";
import { Tensor, type InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { CausalLanguageModel, TransformerSeq2Seq } from "../../../../kernels/nlp/nn/index.ts";
import { causalGraph } from "../../../../kernels/nlp/onnx/causal-graph.ts";
import type { Graph } from "../../../../kernels/nlp/onnx/graph.ts";
import { readWeights } from "../../../../kernels/nlp/onnx/read-weights.ts";
import { seq2seqDecoderGraph, seq2seqEncoderGraph } from "../../../../kernels/nlp/onnx/seq2seq-graphs.ts";
import { enliven } from "./lively.ts";
import { openSession, toIds } from "./sessions.ts";

await tf.setBackend("cpu");

const sizes = {
  vocabSize: 13,
  hiddenSize: 16,
  numLayers: 2,
  numHeads: 4,
  maxLength: 12,
  dropout: 0.3,
  seed: 3,
};
const shapes = [
  { positions: "learned" },
  { positions: "sinusoidal", normFirst: false },
  { positions: "rotary", activation: "gelu", numLayers: 1 },
  { positions: "none" },
] as const;

type Feeds = Record<string, ort.Tensor>;

function numbersOf(tensor: ort.Tensor): number[] {
  return Array.from(tensor.data as Float32Array);
}

function expectClose(theirs: readonly number[], ours: readonly number[], bound = 1e-4): void {
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...ours.map((value, index) => Math.abs(value - theirs[index])))).toBeLessThan(bound);
  expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(1);
}

/** The numbers of each row of a batch. */
function rowsOf(tensor: ort.Tensor): number[][] {
  const numbers = numbersOf(tensor);
  const length = numbers.length / tensor.dims[0];
  return Array.from({ length: tensor.dims[0] }, (_, row) => numbers.slice(row * length, (row + 1) * length));
}

/** A cache of no positions, in the shapes that the graph declares. */
function emptyCache(session: InferenceSession, batch: number): Feeds {
  const inputs = session.inputMetadata.flatMap((input) => (input.isTensor ? [input] : []));
  const cached = inputs.filter(({ name }) => name.startsWith("past_key_values."));
  const empty = (shape: readonly (number | string)[]) => {
    const dims = shape.map((size) => (typeof size === "number" ? size : size === "batch_size" ? batch : 0));
    return new Tensor("float32", new Float32Array(0), dims);
  };
  return Object.fromEntries(cached.map(({ name, shape }) => [name, empty(shape)]));
}

/** What a run returned, as the next one's cache. */
function nextCache(outputs: Feeds): Feeds {
  const presents = Object.entries(outputs).filter(([name]) => name.startsWith("present."));
  return Object.fromEntries(
    presents.map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]),
  );
}

const cut = (rows: number[][], from: number, to: number) => rows.map((row) => row.slice(from, to));

describe("a causal language model in ONNX Runtime", () => {
  const IDS = [
    [5, 9, 7, 3, 11, 4, 8],
    [0, 0, 2, 11, 4, 3, 6],
  ];
  const MASK = IDS.map((row) => row.map((id) => Number(id !== 0)));
  const PLACES = MASK.map((row) => row.map((_, at) => Math.max(0, at - row.indexOf(1))));

  function whole(model: CausalLanguageModel): number[] {
    return tf.tidy(() => {
      const [inputIds, attentionMask, places] = [IDS, MASK, PLACES].map((rows) =>
        tf.tensor2d(rows, undefined, "int32"),
      );
      return Array.from(model.forward({ inputIds, attentionMask }, { places }).dataSync());
    });
  }

  async function create(options: object): Promise<{ model: CausalLanguageModel; session: InferenceSession }> {
    const model = enliven(new CausalLanguageModel({ ...sizes, ...options }));
    const graph = causalGraph(model, { weights: await readWeights(model.stateDict()) });
    return { model, session: await openSession(graph) };
  }

  /** The columns `from` to before `to`; a model without positions asks for none. */
  function feeds(session: InferenceSession, [from, to]: readonly [number, number]): Feeds {
    return {
      input_ids: toIds(cut(IDS, from, to)),
      attention_mask: toIds(cut(MASK, 0, to)),
      ...(session.inputNames.includes("position_ids") && { position_ids: toIds(cut(PLACES, from, to)) }),
    };
  }

  /** The tokens' logits, padding left out, when the text is read in pieces that end at the given columns. */
  async function inPieces(session: InferenceSession, ends: readonly number[]): Promise<number[]> {
    const rows: number[][] = IDS.map(() => []);
    let cache = emptyCache(session, IDS.length);
    let from = 0;
    for (const to of ends) {
      const outputs = await session.run({ ...feeds(session, [from, to]), ...cache });
      expect(outputs["present.0.key"].dims).toEqual([IDS.length, 4, to, 4]);
      rowsOf(outputs.logits).forEach((row, at) => rows[at].push(...row));
      cache = nextCache(outputs);
      from = to;
    }
    return withoutPadding(rows.flat());
  }

  function withoutPadding(logits: readonly number[]): number[] {
    return logits.filter((_, place) => MASK.flat()[Math.floor(place / sizes.vocabSize)] === 1);
  }

  it.each(shapes)("has the library's logits with %j, at once and with a cache", async (shape) => {
    const { model, session } = await create(shape);
    const ours = withoutPadding(whole(model));
    expectClose(await inPieces(session, [7]), ours);
    expectClose(await inPieces(session, [4, 5, 7]), ours);
    expectClose(await inPieces(session, [1, 2, 3, 4, 5, 6, 7]), ours);
  });
});

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

  function whole(model: TransformerSeq2Seq): number[] {
    return tf.tidy(() => {
      const [inputIds, attentionMask, decoderInputIds] = [SOURCE, MASK, TARGET].map((rows) =>
        tf.tensor2d(rows, undefined, "int32"),
      );
      return Array.from(model.forward({ inputIds, attentionMask, decoderInputIds }).dataSync());
    });
  }

  async function create(shape: object, quantize = false) {
    const model = enliven(new TransformerSeq2Seq({ ...sizes, ...options, ...shape }));
    const weights = await readWeights(model.stateDict());
    const graphs: Graph[] = [seq2seqEncoderGraph, seq2seqDecoderGraph].map((build) =>
      build(model, { weights, quantize }),
    );
    const [encoder, decoder] = await Promise.all(graphs.map(openSession));
    return { model, encoder, decoder, graphs };
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
        encoder_attention_mask: toIds(MASK),
        use_cache_branch: new Tensor("bool", [from > 0], [1]),
        ...cache,
      });
      expect(outputs["present.0.decoder.value"].dims.toSpliced(3)).toEqual([2, 4, to]);
      expect(outputs["present.0.encoder.value"].dims.toSpliced(3)).toEqual([2, 4, 5]);
      rowsOf(outputs.logits).forEach((row, at) => rows[at].push(...row));
      cache = nextCache(outputs);
      // From now on the source is in the cache: what the encoder said must not matter any more.
      memory = new Tensor("float32", new Float32Array(memory.size), memory.dims);
      from = to;
    }
    return rows.flat();
  }

  it.each(shapes)("has the library's logits with %j, at once and with a cache", async (shape) => {
    const { model, ...sessions } = await create(shape);
    const ours = whole(model);
    expectClose(await inPieces(sessions, [6]), ours);
    expectClose(await inPieces(sessions, [1, 2, 3, 4, 5, 6]), ours);
    expectClose(await inPieces(sessions, [2, 5, 6]), ours);
  });

  it("is hardly different with int8 weights, on both sides of the cache", async () => {
    const large = { hiddenSize: 64, vocabSize: 200, targetVocabSize: 180 };
    const [whole, small] = [await create(large), await create(large, true)];
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
