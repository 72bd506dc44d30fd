/** What comes after a fused product or convolution, by the name that TensorFlow.js gives it. */
import type * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";
import { runKernel, type Attributes, type Inputs } from "./register.ts";

export interface Activation {
  readonly activation: string;
  /** Of prelu. */
  readonly alpha?: tf.TensorInfo;
  readonly leakyreluAlpha: number;
}

const KERNELS: Readonly<Record<string, string>> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

/** Takes the place of `x`, which is freed. */
export function activate(
  native: Native,
  x: tf.TensorInfo,
  { activation, alpha, leakyreluAlpha }: Activation,
): tf.TensorInfo {
  if (activation === "linear") return x;
  if (!Object.hasOwn(KERNELS, activation)) throw new Error(`There is no activation "${activation}".`);
  const attributes: Attributes = activation === "leakyrelu" ? { alpha: leakyreluAlpha } : {};
  const inputs: Inputs = activation === "prelu" && alpha ? { x, alpha } : { x };
  const result = runKernel(KERNELS[activation], { native, inputs, attributes });
  native.backend.disposeData(x.dataId);
  return result;
}

/** Adds a bias of any shape that fits; `product` is freed. */
export function addTo(native: Native, product: tf.TensorInfo, bias: tf.TensorInfo): tf.TensorInfo {
  const sum = runKernel("Add", { native, inputs: { a: product, b: bias } });
  native.backend.disposeData(product.dataId);
  return sum;
}
