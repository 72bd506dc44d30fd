import type * as tf from "@tensorflow/tfjs";
import { ACCUMULATE, roundUp, type Address, type Native } from "../native.ts";
import { runAttention, viewOf, type AttentionOperands } from "./attention.ts";
import type { Dropped } from "./dropout.ts";
import { around, type PartOperands } from "./part.ts";
import { multiply } from "./product.ts";
import type { Weighted } from "./weights.ts";

export interface AttentionPartOperands
  extends PartOperands, Pick<AttentionOperands, "heads" | "keyPaddingMask" | "attnMask" | "causal"> {
  /** What is looked at, [batch, keys, size]. Absent: what the queries come from. */
  readonly memory?: tf.Tensor;
  /** The projections to queries, keys and values, [3 · size, size]. */
  readonly inProjection: Weighted;
  /** [size, size] */
  readonly outProjection: Weighted;
  /** What is dropped of the heads' weights. */
  readonly droppedInside?: Dropped;
}

/**
 * part(x) = heads(x) · Woᵀ + bo, headᵢ = softmax(x·Wqᵢᵀ · (z·Wkᵢᵀ)ᵀ / √headSize) · z·Wvᵢᵀ with z the memory or x itself, and what
 * stands around it (see part.ts): x [batch, queries, size] → [batch, queries, size].
 */
export function attentionPart(native: Native, operands: AttentionPartOperands) {
  const { x, memory, heads, inProjection, outProjection, keyPaddingMask, attnMask } = operands;
  const { causal, droppedInside: dropout } = operands;
  const { run } = native;
  const [batch, queries, size] = x.shape as [number, number, number];
  const keys = memory ? memory.shape[1]! : queries;
  const [n, m] = [batch * queries, batch * keys];
  const shape = { batch, queries, keys, heads, size: size / heads };
  const matrix = size * size * 4;

  // Queries, keys and values of one tensor lie side by side in its rows; those of two tensors in rows of their own.
  const projected = memory ? roundUp(n * size * 4) + roundUp(m * size * 8) : roundUp(n * size * 12);
  const weightsAt = projected + roundUp(n * size * 4);
  const projectionsAt = (at: Address) => {
    const [query, memoryAt] = [at, at + roundUp(n * size * 4)];
    const [width, keyAt] = memory ? [2 * size, memoryAt] : [3 * size, at + size * 4];
    return {
      query,
      memory: memoryAt,
      views: [
        ...viewOf(query, { time: queries, width: memory ? size : width, size: shape.size }),
        ...viewOf(keyAt, { time: keys, width, size: shape.size }),
        ...viewOf(keyAt + size * 4, { time: keys, width, size: shape.size }),
      ],
    };
  };
  const viewOfHeads = (at: Address) => viewOf(at, { time: queries, width: size, size: shape.size });

  return around(native, operands, {
    tensors: {
      memory,
      inWeight: inProjection.weight,
      inBias: inProjection.bias,
      outWeight: outProjection.weight,
      outBias: outProjection.bias,
    },
    readBack: ["memory", "inWeight", "outWeight"],
    bytes: weightsAt + roundUp(batch * heads * queries * keys * 4),
    forward({ input, output, kept, tensors: { memory, inWeight, inBias, outWeight, outBias } }) {
      const { views, ...to } = projectionsAt(kept);
      const [weight, bias] = [native.address(inWeight), native.maybeAddress(inBias)];
      multiply(native, {
        ...{ transposeB: true, m: n, n: memory ? size : 3 * size, k: size },
        ...{ a: input, b: weight, c: to.query, bias },
      });
      if (memory) {
        multiply(native, {
          ...{ transposeB: true, m, n: 2 * size, k: size },
          ...{ a: native.address(memory), b: weight + matrix, c: to.memory, bias: bias && bias + size * 4 },
        });
      }
      const taken = kept + projected;
      runAttention(native, shape, {
        views: [...views, ...viewOfHeads(taken)],
        weights: kept + weightsAt,
        ...{ keyPaddingMask, attnMask, causal, dropout },
      });
      multiply(native, {
        ...{ transposeB: true, m: n, n: size, k: size },
        ...{ a: taken, b: native.address(outWeight), c: output, bias: native.maybeAddress(outBias) },
      });
    },
    backward({ dOutput, input, kept, dInput, accumulate, tensors }) {
      const { memory, inWeight, inBias, outWeight, outBias } = tensors;
      const [dInWeight, dOutWeight] = [native.output([3 * size, size]), native.output([size, size])];
      const [dInBias, dOutBias] = [inBias && native.output([3 * size]), outBias && native.output([size])];
      const dMemory = memory && native.output(memory.shape);
      const taken = kept + projected;
      if (dOutBias) run.sumRows(dOutput, native.address(dOutBias), n, size);
      multiply(native, {
        ...{ transposeA: true, m: size, n: size, k: n },
        ...{ a: dOutput, b: taken, c: native.address(dOutWeight) },
      });
      native.withBytes(weightsAt, (d) => {
        const dTaken = d + projected;
        multiply(native, { m: n, n: size, k: size, a: dOutput, b: native.address(outWeight), c: dTaken });
        const { views, ...to } = projectionsAt(d);
        runAttention(native, shape, {
          views: [...viewOfHeads(dTaken), ...projectionsAt(kept).views],
          weights: kept + weightsAt,
          ...{ causal, dropout },
          gradientViews: views,
        });
        const [weight, dWeight] = [native.address(inWeight), native.address(dInWeight)];
        const width = memory ? size : 3 * size;
        multiply(native, {
          ...{ transposeA: true, m: width, n: size, k: n, a: to.query, b: input, c: dWeight },
        });
        multiply(native, {
          ...{ m: n, n: size, k: width, a: to.query, b: weight, c: dInput },
          flags: accumulate ? ACCUMULATE : 0,
        });
        if (dInBias) run.sumRows(to.query, native.address(dInBias), n, width);
        if (!memory || !dMemory) return;
        multiply(native, {
          ...{ transposeA: true, m: 2 * size, n: size, k: m },
          ...{ a: to.memory, b: native.address(memory), c: dWeight + matrix },
        });
        multiply(native, {
          ...{ m, n: size, k: 2 * size, a: to.memory, b: weight + matrix, c: native.address(dMemory) },
        });
        if (dInBias) run.sumRows(to.memory, native.address(dInBias) + size * 4, m, 2 * size);
      });
      return {
        memory: dMemory,
        inWeight: dInWeight,
        inBias: dInBias,
        outWeight: dOutWeight,
        outBias: dOutBias,
      };
    },
  });
}
