/** Sums, means, largest and smallest numbers along neighbouring dimensions. */
import * as tf from "@tensorflow/tfjs";
import { REDUCE, sizeOf, type Native } from "../native.ts";
import { isFloat, type Attributes, type Inputs } from "./register.ts";

export const sum = reduction((native, x, y, { outer, reduced, inner }) =>
  native.run.reduce(REDUCE.sum, x, y, outer, reduced, inner, 1),
);

/** Of no numbers the mean is 0 here, as it is on TensorFlow.js's other backends. */
export const mean = reduction((native, x, y, { outer, reduced, inner }) =>
  native.run.reduce(REDUCE.sum, x, y, outer, reduced, inner, 1 / Math.max(reduced, 1)),
);

export const max = reduction((native, x, y, { outer, reduced, inner }) =>
  native.run.reduce(REDUCE.max, x, y, outer, reduced, inner, 1),
);

export const min = reduction((native, x, y, { outer, reduced, inner }) =>
  native.run.reduce(REDUCE.min, x, y, outer, reduced, inner, 1),
);

interface Sizes {
  readonly outer: number;
  readonly reduced: number;
  readonly inner: number;
}

function reduction(compute: (native: Native, x: number, y: number, sizes: Sizes) => void) {
  return (native: Native, { x }: Inputs, attributes: Attributes): tf.TensorInfo | undefined => {
    if (!isFloat(x)) return undefined;
    const { axis, reductionIndices, keepDims } = attributes as {
      axis?: number | number[];
      reductionIndices?: number | number[];
      keepDims?: boolean;
    };
    const axes = tf.util.parseAxisParam((axis ?? reductionIndices)!, x.shape).sort((a, b) => a - b);
    const [first, last] = [axes[0] ?? x.shape.length, axes.at(-1) ?? x.shape.length - 1];
    const isEmpty = sizeOf(x.shape) === 0;
    // Of no numbers TensorFlow.js's own kernel gives whatever lies in its memory.
    if (last - first + 1 !== axes.length && !isEmpty) return undefined;
    const kept = x.shape.filter((_, dimension) => !axes.includes(dimension));
    const shape = keepDims ? x.shape.map((size, dimension) => (axes.includes(dimension) ? 1 : size)) : kept;
    const output = native.output(shape);
    if (sizeOf(shape) === 0) return output;
    const sizes = isEmpty
      ? { outer: sizeOf(shape), reduced: 0, inner: 1 }
      : {
          outer: sizeOf(x.shape.slice(0, first)),
          reduced: sizeOf(x.shape.slice(first, last + 1)),
          inner: sizeOf(x.shape.slice(last + 1)),
        };
    compute(native, native.address(x), native.address(output), sizes);
    return output;
  };
}
