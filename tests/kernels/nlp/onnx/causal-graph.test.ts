import * as tf from "@tensorflow/tfjs";
import type { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { CausalLanguageModel } from "../../../../kernels/nlp/nn/index.ts";
import { causalGraph } from "../../../../kernels/nlp/onnx/causal-graph.ts";
import { readWeights } from "../../../../kernels/nlp/onnx/read-weights.ts";
import { enliven } from "./lively.ts";
import {
  cut,
  emptyCache,
  expectClose,
  nextCache,
  openSession,
  rowsOf,
  toIds,
  type Feeds,
} from "./sessions.ts";
import { sizes } from "./sizes.ts";

await tf.setBackend("cpu");

const shapes = [
  { positions: "learned" },
  { positions: "sinusoidal", normFirst: false },
  { positions: "rotary", activation: "gelu", numLayers: 1 },
  { positions: "none" },
] as const;

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
