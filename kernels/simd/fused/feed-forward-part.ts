import { ACCUMULATE, RELU, roundUp, sizeOf, UNARY, type Native } from "../native.ts";
import { toDropped, type Dropped } from "./dropout.ts";
import { around, type PartOperands } from "./part.ts";
import { multiply } from "./product.ts";
import type { Weighted } from "./weights.ts";

export interface FeedForwardOperands extends PartOperands {
  /** [inner, size] */
  readonly linear1: Weighted;
  /** [size, inner] */
  readonly linear2: Weighted;
  readonly activation: "relu" | "gelu";
  /** What is dropped between the two. */
  readonly droppedInside?: Dropped;
}

/** part(x) = drop(act(x · W₁ᵀ + b₁)) · W₂ᵀ + b₂, with what stands around it (see part.ts): [..., size]. */
export function feedForwardPart(native: Native, operands: FeedForwardOperands) {
  const { x, linear1, linear2, activation, droppedInside } = operands;
  const { run } = native;
  const [inner, size] = linear1.weight.shape as [number, number];
  const n = sizeOf(x.shape) / size;
  const length = n * inner;
  const gelu = activation === "gelu";
  const bytes = roundUp(length * 4);
  const [seed, threshold, scale] = toDropped(droppedInside);

  return around(native, operands, {
    tensors: { weight1: linear1.weight, bias1: linear1.bias, weight2: linear2.weight, bias2: linear2.bias },
    readBack: ["weight1", "weight2"],
    /** What comes out of the activation; of GELU, whose slope does not follow from that, what goes in as well. */
    bytes: gelu ? 2 * bytes : bytes,
    forward({ input, output, kept, tensors: { weight1, bias1, weight2, bias2 } }) {
      const before = gelu ? kept + bytes : kept;
      multiply(native, {
        ...{ transposeB: true, m: n, n: inner, k: size },
        ...{ a: input, b: native.address(weight1), c: before },
        ...{ bias: native.maybeAddress(bias1), flags: gelu ? 0 : RELU },
      });
      if (gelu) run.unary(UNARY.gelu, before, kept, length);
      if (droppedInside) run.dropout(kept, kept, length, 0, seed, threshold, scale);
      multiply(native, {
        ...{ transposeB: true, m: n, n: size, k: inner },
        ...{ a: kept, b: native.address(weight2), c: output, bias: native.maybeAddress(bias2) },
      });
    },
    backward({ dOutput, input, kept, dInput, accumulate, tensors: { weight1, bias1, weight2, bias2 } }) {
      const [dWeight1, dWeight2] = [native.output([inner, size]), native.output([size, inner])];
      const [dBias1, dBias2] = [bias1 && native.output([inner]), bias2 && native.output([size])];
      if (dBias2) run.sumRows(dOutput, native.address(dBias2), n, size);
      multiply(native, {
        ...{ transposeA: true, m: size, n: inner, k: n },
        ...{ a: dOutput, b: kept, c: native.address(dWeight2) },
      });
      native.withBytes(bytes, (d) => {
        multiply(native, { m: n, n: inner, k: size, a: dOutput, b: native.address(weight2), c: d });
        if (droppedInside) run.dropout(d, d, length, 0, seed, threshold, scale);
        if (gelu) run.geluGradient(0, d, kept + bytes, d, length);
        else run.reluGradient(d, kept, d, length);
        if (dBias1) run.sumRows(d, native.address(dBias1), n, inner);
        multiply(native, {
          ...{ transposeA: true, m: inner, n: size, k: n },
          ...{ a: d, b: input, c: native.address(dWeight1) },
        });
        multiply(native, {
          ...{ m: n, n: size, k: inner, a: d, b: native.address(weight1), c: dInput },
          flags: accumulate ? ACCUMULATE : 0,
        });
      });
      return { weight1: dWeight1, bias1: dBias1, weight2: dWeight2, bias2: dBias2 };
    },
  });
}
