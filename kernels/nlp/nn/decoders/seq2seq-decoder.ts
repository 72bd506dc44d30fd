import * as tf from "@tensorflow/tfjs";
import type { NextTokenModel } from "../../decode/model.ts";
import { toSources, type SourceInput } from "../../decode/prompts.ts";
import type { KeyValues } from "../layers/multihead-attention.ts";
import type { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import { padRows, readLast, takeRows } from "./decoder-state.ts";
import { pairUp, takeKeyValues, tensorsOf } from "./key-values.ts";

interface State {
  /** What has been written so far, row by row: the next step begins behind it. */
  readonly written: readonly (readonly number[])[];
  /** With a cache: of each layer the keys and values of what has been written. Without: empty. */
  readonly past: readonly KeyValues[];
  /** With a cache: of each layer those of the source. Without: empty. */
  readonly sources: readonly KeyValues[];
  readonly memory: tf.Tensor;
  readonly mask?: tf.Tensor;
}

/** The source is read once; with `cache`, each step computes one position and looks back at stored keys and values. */
export function createSeq2SeqDecoder(
  model: TransformerSeq2Seq,
  { cache }: { readonly cache: boolean },
): NextTokenModel<SourceInput, State> {
  const { padTokenId } = model.config;
  const { layers, norm } = model.decoder;

  /** Logits of the new positions, [rows, time, vocabulary], and the keys and values with them. */
  function extend(
    ids: tf.Tensor,
    { past, sources, mask }: State,
    offset: number,
  ): { logits: tf.Tensor; past: KeyValues[] } {
    const [logits, ...keyValues] = model.inEvaluation(() =>
      tf.tidy(() => {
        let hidden = model.embeddings.forward({ inputIds: ids }, { offset });
        const next = layers.map((layer, index): KeyValues => {
          const { output, key, value } = layer.extend(hidden, {
            past: past.at(index),
            memory: sources[index],
            memoryKeyPaddingMask: mask,
          });
          hidden = output;
          return { key, value };
        });
        return [model.score(norm ? norm.forward(hidden) : hidden), ...next.flatMap(tensorsOf)];
      }),
    );
    return { logits, past: pairUp(keyValues) };
  }

  function computeWhole({ written, memory, mask }: State): tf.Tensor {
    return model.inEvaluation(() =>
      tf.tidy(() => {
        const { ids } = padRows(written, { padId: padTokenId });
        const target = model.embeddings.forward({ inputIds: ids });
        return model.score(model.decoder.forward(target, memory, { memoryKeyPaddingMask: mask }));
      }),
    );
  }

  return {
    isEncoderDecoder: true,
    generationConfig: model.generationConfig,
    async start(inputs, prompts) {
      const { ids: inputIds, mask } = padRows(toSources(inputs, "toDecoder"), { padId: padTokenId });
      const memory = model.inEvaluation(() =>
        tf.tidy(() => model.encode({ inputIds, attentionMask: mask && tf.sub(1, mask) })),
      );
      inputIds.dispose();
      const sources = cache ? layers.map((layer) => layer.crossAttention.projectMemory(memory)) : [];
      const state: State = { written: prompts, past: [], sources, memory, ...(mask && { mask }) };
      if (!cache) return readLast(computeWhole(state), state);
      const { ids } = padRows(prompts, { padId: padTokenId });
      const next = extend(ids, state, 0);
      ids.dispose();
      return readLast(next.logits, { ...state, past: next.past });
    },
    async step(state, tokens) {
      const written = state.written.map((row, index) => [...row, tokens[index]]);
      if (!cache) return readLast(computeWhole({ ...state, written }), { ...state, written });
      const ids = tf.tensor2d([...tokens], [tokens.length, 1], "int32");
      const next = extend(ids, state, state.written[0].length);
      tf.dispose([ids, ...state.past.flatMap(tensorsOf)]);
      return readLast(next.logits, { ...state, written, past: next.past });
    },
    reorder(state, rows) {
      const { memory, mask } = state;
      const [ownMemory, ownMask] = takeRows(mask ? [memory, mask] : [memory], rows);
      return {
        written: rows.map((row) => state.written[row]),
        past: state.past.map((layer) => takeKeyValues(layer, rows)),
        sources: state.sources.map((layer) => takeKeyValues(layer, rows)),
        memory: ownMemory,
        ...(ownMask && { mask: ownMask }),
      };
    },
    dispose({ past, sources, memory, mask }) {
      tf.dispose([
        ...past.flatMap(tensorsOf),
        ...sources.flatMap(tensorsOf),
        memory,
        ...(mask ? [mask] : []),
      ]);
    },
  };
}
