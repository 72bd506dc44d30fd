import * as tf from "@tensorflow/tfjs";
import type { NextTokenModel } from "../../decode/model.ts";
import type { SourceInput } from "../../decode/prompts.ts";
import { maybeEncoderOperands, type ExtendOptions } from "../layers/transformer-encoder-layer.ts";
import type { CausalLanguageModel } from "../models/causal-language-model.ts";
import {
  createEvaluation,
  extendLayers,
  maybeExtendWhole,
  padRows,
  readLast,
  type Extension,
} from "./decoder-state.ts";
import { reorderPast, tensorsOf, toPast, type Past } from "./key-values.ts";

interface State {
  readonly written: readonly (readonly number[])[];
  /** With a cache: what the layers know of what has been written. Without: nothing. */
  readonly past: Past;
  /** Padding before each row: prompts of different lengths end at the same place. */
  readonly padding: readonly number[];
}

/** Prompts are padded in front, so that the next token of every row stands at the same place. */
export function createCausalDecoder(
  model: CausalLanguageModel,
  { cache }: { readonly cache: boolean },
): NextTokenModel<SourceInput, State> {
  const { padTokenId } = model.config;
  const inEvaluation = createEvaluation(model);
  const { layers } = model.decoder;

  /** The logits of the last `time` tokens of each row, and the keys and values of all. */
  function extend({ written, past, padding }: State, time: number): Extension {
    // Not the longest row's length: where that row has ended, the cache still has its columns.
    const total = written[0].length + padding[0];
    const isPadded = padding.some((before) => before > 0);
    const lastOnes = written.map((row) => row.slice(-time));
    const keyPaddingMask = isPadded ? maskOf(padding, total) : undefined;
    const lookedAt = layers.map((_, index): ExtendOptions => ({
      past: past.layers.at(index),
      parents: past.layers.length > 0 ? past.parents : undefined,
      keyPaddingMask,
    }));
    try {
      return inEvaluation(() => {
        if (!isPadded) {
          const ofLayers = layers.map((layer, index) =>
            maybeEncoderOperands(layer, { ...lookedAt[index], causal: true }),
          );
          const native = maybeExtendWhole(model, { ids: lastOnes, offset: total - time, layers: ofLayers });
          if (native) return native;
        }
        return extendLayers(
          model,
          () => {
            const { ids: inputIds } = padRows(lastOnes, { padId: padTokenId, left: true, width: time });
            const where = isPadded
              ? { places: placesOf(padding, { total, time }) }
              : { offset: total - time };
            return model.embeddings.forward({ inputIds }, where);
          },
          layers.map((layer, index) => (hidden) => layer.extend(hidden, lookedAt[index])),
        );
      });
    } finally {
      keyPaddingMask?.dispose();
    }
  }

  return {
    generationConfig: model.generationConfig,
    async start(_, prompts) {
      const width = Math.max(...prompts.map(({ length }) => length));
      const state: State = {
        written: prompts,
        past: toPast([], prompts.length),
        padding: prompts.map(({ length }) => width - length),
      };
      return finish(extend(state, width), state);
    },
    async step(state, tokens) {
      const written = state.written.map((row, index) => [...row, tokens[index]]);
      const { padding } = state;
      const next = extend({ ...state, written }, cache ? 1 : written[0].length + padding[0]);
      tf.dispose(state.past.layers.flatMap(tensorsOf));
      return finish(next, { ...state, written });
    },
    reorder: ({ written, past, padding }, rows) => ({
      written: rows.map((row) => written[row]),
      padding: rows.map((row) => padding[row]),
      past: reorderPast(past, rows),
    }),
    dispose({ past }) {
      tf.dispose(past.layers.flatMap(tensorsOf));
    },
  };

  function finish({ next, past }: Extension, state: State) {
    const rows = state.written.length;
    if (cache) return readLast(next, { ...state, past: toPast(past, rows) });
    tf.dispose(past.flatMap(tensorsOf));
    return readLast(next, { ...state, past: toPast([], rows) });
  }
}

/** 1 on the padding before each row, [rows, total]. */
function maskOf(padding: readonly number[], total: number): tf.Tensor2D {
  const flags = padding.map((before) => Array.from({ length: total }, (_, place) => Number(place < before)));
  return tf.tensor2d(flags, [padding.length, total], "float32");
}

/** Where each of the last tokens stands in its own row, [rows, time]; padding before the row counts as 0. */
function placesOf(padding: readonly number[], { total, time }: { total: number; time: number }): tf.Tensor2D {
  const rows = padding.map((before) =>
    Array.from({ length: time }, (_, index) => Math.max(0, total - time + index - before)),
  );
  return tf.tensor2d(rows, [padding.length, time], "int32");
}
