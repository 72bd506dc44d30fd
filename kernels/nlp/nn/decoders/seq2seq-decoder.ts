import * as tf from "@tensorflow/tfjs";
import type { NextTokenModel } from "../../decode/model.ts";
import { toSources, type SourceInput } from "../../decode/prompts.ts";
import type { KeyValues } from "../layers/multihead-attention.ts";
import type { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import { createEvaluation, padRows, readLast, takeRows } from "./decoder-state.ts";
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
  const { layers, norm } = model.decoder;

  /** Logits of the new positions, [rows, time, vocabulary], and the keys and values with them. */
  function extend(
    ids: tf.Tensor,
    { past, source }: Pick<State, "past" | "source">,
    offset: number,
  ): { logits: tf.Tensor; past: KeyValues[] } {
    const [logits, ...keyValues] = inEvaluation(() =>
      tf.tidy(() => {
        let hidden = model.embeddings.forward({ inputIds: ids }, { offset });
        const next = layers.map((layer, index): KeyValues => {
          const { output, key, value } = layer.extend(hidden, {
            past: past.layers.at(index),
            parents: past.layers.length > 0 ? past.parents : undefined,
            memory: source.keyValues[index],
            memoryKeyPaddingMask: source.mask,
          });
          hidden = output;
          return { key, value };
        });
        return [model.score(norm ? norm.forward(hidden) : hidden), ...next.flatMap(tensorsOf)];
      }),
    );
    return { logits, past: pairUp(keyValues) };
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
      const { ids } = padRows(prompts, { padId: padTokenId });
      const next = extend(ids, { past, source }, 0);
      tf.dispose([ids, memory]);
      return readLast(next.logits, { written: prompts, source, past: toPast(next.past, prompts.length) });
    },
    async step({ written: before, past, source }, tokens) {
      const written = before.map((row, index) => [...row, tokens[index]]);
      if (!cache) return readLast(computeWhole(written, source), { written, past, source });
      const ids = tf.tensor2d(Int32Array.from(tokens), [tokens.length, 1], "int32");
      const next = extend(ids, { past, source }, before[0].length);
      tf.dispose([ids, ...past.layers.flatMap(tensorsOf)]);
      return readLast(next.logits, { written, source, past: toPast(next.past, tokens.length) });
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
