import { roundUp, type Native } from "../native.ts";
import { runEmbed, type EmbedWeights } from "./embed-tokens.ts";
import { layerBytes, runLayer, type KeyAndValue, type LayerOperands } from "./extend-layer.ts";
import { readLogits, sumsBytes, type NextTokenLogits } from "./next-token.ts";
import type { NormWeights, Weighted } from "./weights.ts";

export interface DecoderOperands {
  /** [rows][time]: the next tokens of each row. */
  readonly ids: readonly (readonly number[])[];
  /** The position of the first of them. */
  readonly offset: number;
  readonly embeddings: EmbedWeights;
  readonly layers: readonly LayerOperands[];
  /** Behind the layers. Absent: none. */
  readonly norm?: NormWeights;
  /** [vocabulary, size] */
  readonly head: Weighted;
}

export interface ExtendedDecoder {
  readonly next: NextTokenLogits;
  /** Keys and values of all positions so far, a pair a layer. */
  readonly keyValues: readonly KeyAndValue[];
}

/**
 * All of a Transformer that writes, from the next tokens of each row to the logits of those after them. Between its parts are
 * no tensors: at a step of decoding, making and freeing them takes longer than the computing. Without a way back.
 */
export function extendDecoder(native: Native, operands: DecoderOperands): ExtendedDecoder {
  const { ids, offset, embeddings, layers, norm, head } = operands;
  const [vocabulary, size] = head.weight.shape as [number, number];
  const shape = { rows: ids.length, time: ids[0].length, size };
  const { rows, time } = shape;
  const positions = rows * time;

  let bytes = 0;
  const reserve = (room: number) => {
    const at = bytes;
    bytes += roundUp(room);
    return at;
  };
  const parts = {
    sums: reserve(sumsBytes(rows)),
    ids: reserve(positions * 4),
    hidden: reserve(positions * size * 4),
    logits: reserve(rows * vocabulary * 4),
    work: reserve(
      Math.max(
        positions * 8,
        native.run.nextTokenBytes(rows, size),
        ...layers.map((layer) => layerBytes(native, layer, shape)),
      ),
    ),
  };
  return native.withBytes(bytes, (at) => {
    const [hidden, logits, work] = [at + parts.hidden, at + parts.logits, at + parts.work];
    native.int32(at + parts.ids, positions).set(ids.flat());
    runEmbed(native, embeddings, { ...shape, ids: at + parts.ids, y: hidden, statistics: work, offset });
    const keyValues = layers.map((layer) =>
      runLayer(native, layer, { ...shape, x: hidden, y: hidden, work }),
    );
    native.run.nextTokenLogits(
      hidden,
      native.maybeAddress(norm?.weight),
      native.maybeAddress(norm?.bias),
      native.address(head.weight),
      native.maybeAddress(head.bias),
      logits,
      work,
      rows,
      time,
      size,
      vocabulary,
      norm?.eps ?? 0,
    );
    return { next: readLogits(native, { logits, sums: at + parts.sums, rows, vocabulary }), keyValues };
  });
}
