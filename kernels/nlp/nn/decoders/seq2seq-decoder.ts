import * as tf from "@tensorflow/tfjs";
import type { NextTokenModel } from "../../decode/model.ts";
import { toSources, type SourceInput } from "../../decode/prompts.ts";
import type { KeyValues } from "../layers/multihead-attention.ts";
import { maybeDecoderOperands, type DecoderExtendOptions } from "../layers/transformer-decoder-layer.ts";
import type { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import {
  createEvaluation,
  extendLayers,
  maybeExtendWhole,
  padRows,
  readLast,
  takeRows,
  type Extension,
} from "./decoder-state.ts";
import { pairUp, reorderPast, tensorsOf, toPast, type Past } from "./key-values.ts";

interface State {
  /** What has been written so far, row by row: the next step begins behind it. */
  readonly written: readonly (readonly number[])[];
  readonly source: Source;
  /** With a cache: what the layers know of what has been written. Without: nothing. */
  readonly past: Past;
}

/** What the encoder made of the source of each row. */
interface Source {
  /** For each row the number of its input. Beams of one input share what they look at: their order does not matter to it. */
  readonly inputs: readonly number[];
  /** With a cache: each layer's keys and values. Without: none. */
  readonly keyValues: readonly KeyValues[];
  /** Without a cache: the encoder's output. */
  readonly memory?: tf.Tensor;
  /** 1 on padding. Absent where there is none. */
  readonly mask?: tf.Tensor;
}

/** The source is read once; with `cache`, each step computes one position and looks back at stored keys and values. */
export function createSeq2SeqDecoder(
  model: TransformerSeq2Seq,
  { cache }: { readonly cache: boolean },
): NextTokenModel<SourceInput, State> {
  const { padTokenId } = model.config;
  const inEvaluation = createEvaluation(model);
  const { layers } = model.decoder;

  /** The logits of the new positions of each row, [rows][time], and the keys and values with them. */
  function extend(
    ids: readonly (readonly number[])[],
    { past, source }: Pick<State, "past" | "source">,
    offset: number,
  ): Extension {
    const lookedAt = layers.map((_, index): DecoderExtendOptions => ({
      past: past.layers.at(index),
      parents: past.layers.length > 0 ? past.parents : undefined,
      memory: source.keyValues[index],
      memoryKeyPaddingMask: source.mask,
    }));
    return inEvaluation(() => {
      const ofLayers = layers.map((layer, index) => maybeDecoderOperands(layer, lookedAt[index]));
      const native = maybeExtendWhole(model, { ids, offset, layers: ofLayers });
      if (native) return native;
      return extendLayers(
        model,
        () => model.embeddings.forward({ inputIds: padRows(ids, { padId: padTokenId }).ids }, { offset }),
        layers.map((layer, index) => (hidden) => layer.extend(hidden, lookedAt[index])),
      );
    });
  }

  function computeWhole(written: readonly (readonly number[])[], { memory, mask }: Source): tf.Tensor {
    return inEvaluation(() =>
      tf.tidy(() => {
        const { ids } = padRows(written, { padId: padTokenId });
        const target = model.embeddings.forward({ inputIds: ids });
        return model.score(model.decoder.forward(target, memory!, { memoryKeyPaddingMask: mask }));
      }),
    );
  }

  return {
    isEncoderDecoder: true,
    generationConfig: model.generationConfig,
    async start(inputs, prompts) {
      const { ids: inputIds, mask } = padRows(toSources(inputs, "toDecoder"), { padId: padTokenId });
      const memory = inEvaluation(() =>
        tf.tidy(() => model.encode({ inputIds, attentionMask: mask && tf.sub(1, mask) })),
      );
      inputIds.dispose();
      const ofInputs = { inputs: prompts.map((_, input) => input), ...(mask && { mask }) };
      const past = toPast([], prompts.length);
      if (!cache) {
        const source = { ...ofInputs, keyValues: [], memory };
        return readLast(computeWhole(prompts, source), { written: prompts, source, past });
      }
      const source = {
        ...ofInputs,
        keyValues: layers.map((layer) => layer.crossAttention.projectMemory(memory)),
      };
      const extended = extend(prompts, { past, source }, 0);
      memory.dispose();
      return readLast(extended.next, {
        written: prompts,
        source,
        past: toPast(extended.past, prompts.length),
      });
    },
    async step({ written: before, past, source }, tokens) {
      const written = before.map((row, index) => [...row, tokens[index]]);
      if (!cache) return readLast(computeWhole(written, source), { written, past, source });
      const ids = tokens.map((token) => [token]);
      const extended = extend(ids, { past, source }, before[0].length);
      tf.dispose(past.layers.flatMap(tensorsOf));
      return readLast(extended.next, { written, source, past: toPast(extended.past, tokens.length) });
    },
    reorder: ({ written, past, source }, rows) => ({
      written: rows.map((row) => written[row]),
      past: reorderPast(past, rows),
      source: reorderSource(source, rows),
    }),
    dispose({ past, source }) {
      tf.dispose([...past.layers.flatMap(tensorsOf), ...sourceTensors(source)]);
    },
  };
}

/** Each row's source for rows in another order: the tensors stay where each row looks at the same input as before. */
function reorderSource(source: Source, rows: readonly number[]): Source {
  const inputs = rows.map((row) => source.inputs[row]);
  const { length } = source.inputs;
  if (inputs.length === length && inputs.every((input, row) => input === source.inputs[row])) return source;
  const taken = takeRows(sourceTensors(source), rows);
  const pairs = source.keyValues.length;
  const rest = taken.slice(2 * pairs);
  return {
    inputs,
    keyValues: pairUp(taken.slice(0, 2 * pairs)),
    ...(source.memory && { memory: rest.shift() }),
    ...(source.mask && { mask: rest.shift() }),
  };
}

function sourceTensors({ keyValues, memory, mask }: Source): tf.Tensor[] {
  return [...keyValues.flatMap(tensorsOf), ...(memory ? [memory] : []), ...(mask ? [mask] : [])];
}
