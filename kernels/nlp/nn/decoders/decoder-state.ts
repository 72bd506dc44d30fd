/** What the decoders of all models need: tensors that belong to a state, and rows taken in another order. */
import * as tf from "@tensorflow/tfjs";
import { toRows, type NextTokens } from "../../decode/model.ts";
import {
  readNextTokenLogits,
  type DecoderOperands,
  type LayerOperands,
  type NextTokenLogits,
} from "../../../simd/index.ts";
import { maybeExtendDecoderNatively } from "../functional/extend-natively.ts";
import type { LinearParameters } from "../functional/linear.ts";
import { nativeFor } from "../functional/native.ts";
import type { LayerNorm } from "../layers/layer-norm.ts";
import type { KeyValues } from "../layers/multihead-attention.ts";
import type { Extended } from "../layers/transformer-encoder-layer.ts";
import { maybeEmbedWeights, type TokenEmbeddings } from "../models/token-embeddings.ts";
import type { AnyModule } from "../module.ts";
import { pairUp, tensorsOf } from "./key-values.ts";

/**
 * `model.inEvaluation` for something that is computed again and again, at each step of a search: the modules are found once,
 * and asked each time whether one of them is in training.
 */
export function createEvaluation(model: AnyModule): <T>(compute: () => T) => T {
  const modules = findModules(model);
  return (compute) => (modules.some(({ training }) => training) ? model.inEvaluation(compute) : compute());
}

function findModules(module: AnyModule): AnyModule[] {
  return [module, ...module.namedChildren().flatMap(([, child]) => findModules(child))];
}

/** What stands around a decoder's layers. */
interface Surroundings {
  readonly embeddings: TokenEmbeddings;
  readonly decoder: { readonly norm?: LayerNorm };
  readonly head: LinearParameters;
  score(hidden: tf.Tensor): tf.Tensor;
}

/**
 * The logits after the next tokens of each row, and the layers' keys and values, in as good as one native call. Undefined where
 * that cannot be.
 */
export function maybeExtendWhole(
  { embeddings, decoder, head }: Surroundings,
  {
    ids,
    offset,
    layers,
  }: Pick<DecoderOperands, "ids" | "offset"> & { readonly layers: readonly (LayerOperands | undefined)[] },
): Extension | undefined {
  const ofTokens = maybeEmbedWeights(embeddings);
  const ofLayers = layers.filter((operands) => operands !== undefined);
  if (!ofTokens || ofLayers.length < layers.length) return undefined;
  let next: NextTokenLogits | undefined;
  const keyValues = tf.tidy(() => {
    const operands = { ids, offset, embeddings: ofTokens, layers: ofLayers, norm: decoder.norm, head };
    const extended = maybeExtendDecoderNatively(operands);
    next = extended?.next;
    return extended?.keyValues.flatMap(tensorsOf) ?? [];
  });
  return next && { next, past: pairUp(keyValues) };
}

/** The same operation by operation, or layer by layer: `embed` gives what goes into the first of `layers`. */
export function extendLayers(
  model: Surroundings,
  embed: () => tf.Tensor,
  layers: readonly ((hidden: tf.Tensor) => Extended)[],
): Extension {
  const { norm } = model.decoder;
  const [next, ...keyValues] = tf.tidy(() => {
    let hidden = embed();
    const ofPositions = layers.flatMap((extend) => {
      const { output, key, value } = extend(hidden);
      hidden = output;
      return [key, value];
    });
    return [model.score(norm ? norm.forward(hidden) : hidden), ...ofPositions];
  });
  return { next, past: pairUp(keyValues) };
}

export interface Extension {
  /** Read already, or a tensor [rows, time, vocabulary]. */
  readonly next: NextTokenLogits | tf.Tensor;
  /** Keys and values of all positions so far, a pair a layer. */
  readonly past: KeyValues[];
}

/** The last position of logits [rows, time, vocabulary], read out of the backend; the tensor is freed. */
export async function readLast<State>(
  logits: NextTokenLogits | tf.Tensor,
  state: State,
): Promise<NextTokens<State>> {
  if (!(logits instanceof tf.Tensor)) return toNextTokens(logits, state);
  const [rows, time, vocabulary] = logits.shape as [number, number, number];
  // Of one position, as at each step with a cache, there is nothing to cut out.
  const last = time === 1 ? logits : tf.slice(logits, [0, time - 1, 0], [rows, 1, vocabulary]);
  if (last !== logits) logits.dispose();
  try {
    const native = nativeFor(last);
    if (native) return toNextTokens(readNextTokenLogits(native, last), state);
    return { logits: toRows((await last.data()) as Float32Array, vocabulary), state };
  } finally {
    last.dispose();
  }
}

function toNextTokens<State>({ logits, logSumExps }: NextTokenLogits, state: State): NextTokens<State> {
  return { logits: toRows(logits, logits.length / logSumExps.length), logSumExps, state };
}

/** `tf.gather` along an axis of each tensor; the old ones are freed. */
export function takeRows<T extends tf.Tensor>(tensors: readonly T[], rows: readonly number[], axis = 0): T[] {
  const taken = tf.tidy(() => {
    const places = tf.tensor1d([...rows], "int32");
    return tensors.map((tensor) => tf.gather(tensor, places, axis));
  });
  tf.dispose([...tensors]);
  return taken as T[];
}

export interface PadOptions {
  readonly padId: number;
  /** Pad in front. Default false. */
  readonly left?: boolean;
  /** Default: the longest list's length. */
  readonly width?: number;
}

/** Lists padded behind, and their mask with 1 on padding: [rows, width] each; no mask where nothing is padded. */
export function padRows(
  lists: readonly (readonly number[])[],
  { padId, left = false, width = Math.max(...lists.map(({ length }) => length)) }: PadOptions,
): { readonly ids: tf.Tensor2D; readonly mask?: tf.Tensor2D } {
  const fill = (row: readonly number[], filler: number) => {
    const padding = Array<number>(width - row.length).fill(filler);
    return left ? [...padding, ...row] : [...row, ...padding];
  };
  const flat = Int32Array.from(lists.flatMap((row) => fill(row, padId)));
  const ids = tf.tensor2d(flat, [lists.length, width], "int32");
  if (lists.every(({ length }) => length === width)) return { ids };
  const flags = lists.map((row) => fill(Array<number>(row.length).fill(0), 1));
  return { ids, mask: tf.tensor2d(flags, [lists.length, width], "float32") };
}
