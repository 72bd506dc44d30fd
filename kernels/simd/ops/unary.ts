/** Functions of single numbers that are slow in TensorFlow.js, and the copy that needs not be one. */
import type * as tf from "@tensorflow/tfjs";
import { sizeOf, UNARY, type Native } from "../native.ts";
import { isFloat, type Attributes, type Inputs } from "./register.ts";

export const exp = unary(UNARY.exp);
export const tanh = unary(UNARY.tanh);
export const log = unary(UNARY.log);
export const erf = unary(UNARY.erf);

function unary(which: number) {
  return (native: Native, { x }: Inputs): tf.TensorInfo | undefined => {
    if (!isFloat(x)) return undefined;
    const output = native.output(x.shape);
    native.run.unary(which, native.address(x), native.address(output), sizeOf(x.shape));
    return output;
  };
}

/** A second name for the same numbers, as on TensorFlow.js's other backends: kernels never write into their inputs. */
export function identity(native: Native, { x }: Inputs): tf.TensorInfo | undefined {
  if (x.dtype === "string") return undefined;
  native.backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** To the type that it has: what the gradient of a clone asks for. TensorFlow.js's own copies. */
export function cast(native: Native, { x }: Inputs, { dtype }: Attributes): tf.TensorInfo | undefined {
  return x.dtype === dtype ? identity(native, { x }) : undefined;
}
