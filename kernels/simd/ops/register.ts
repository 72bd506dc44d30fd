/** How our kernels take the place of TensorFlow.js's own on its wasm backend. */
import * as tf from "@tensorflow/tfjs";
import { maybeNative, type Native } from "../native.ts";

export type Inputs = Readonly<Record<string, tf.TensorInfo>>;
export type Attributes = Readonly<Record<string, unknown>>;

/** Computes, or returns undefined for what is better left to the kernel that was there before. */
export type NativeKernel = (
  native: Native,
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

const BACKEND = "wasm";
const registered = new WeakSet<tf.KernelFunc>();

/** Registers the kernels, by name. Once: a second call changes nothing. */
export function registerKernels(kernels: Readonly<Record<string, NativeKernel>>): void {
  for (const [kernelName, compute] of Object.entries(kernels)) {
    const stock = tf.getKernel(kernelName, BACKEND);
    if (stock && registered.has(stock.kernelFunc)) continue;
    const kernelFunc: tf.KernelFunc = (call) => {
      const native = maybeNative(call.backend as object);
      const result = native && compute(native, call.inputs as Inputs, call.attrs ?? {});
      if (result) return result;
      if (stock) return stock.kernelFunc(call);
      const types = Object.values(call.inputs).map((input) => (input as tf.TensorInfo).dtype);
      throw new Error(`${kernelName} is not there for ${types.join(" and ")} on the ${BACKEND} backend.`);
    };
    registered.add(kernelFunc);
    if (stock) tf.unregisterKernel(kernelName, BACKEND);
    tf.registerKernel({ ...stock, kernelName, backendName: BACKEND, kernelFunc });
  }
}

/** Runs another kernel of the backend on results that are not tensors yet. */
export function runKernel(
  name: string,
  { native, inputs, attributes = {} }: { native: Native; inputs: Inputs; attributes?: Attributes },
): tf.TensorInfo {
  const kernel = tf.getKernel(name, BACKEND);
  if (!kernel) throw new Error(`There is no kernel ${name} on the ${BACKEND} backend.`);
  return kernel.kernelFunc({
    inputs: inputs as tf.NamedTensorInfoMap,
    attrs: attributes as tf.NamedAttrMap,
    backend: native.backend,
  }) as tf.TensorInfo;
}

export function isFloat(...tensors: readonly tf.TensorInfo[]): boolean {
  return tensors.every(({ dtype }) => dtype === "float32");
}
