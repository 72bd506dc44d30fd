import type * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

export interface WasmKernelArguments<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  /** Views of its memory (`typedArrayFromHeap`) are taken after `makeOutput`, which may make the memory grow and them void. */
  readonly backend: BackendWasm;
}

/** A kernel as TensorFlow.js registers it, from a function that knows the types of what it is given. */
export function wasmKernel<Inputs, Attributes>(
  kernelName: string,
  compute: (args: WasmKernelArguments<Inputs, Attributes>) => tf.TensorInfo | tf.TensorInfo[],
): tf.KernelConfig {
  return { kernelName, backendName: "wasm", kernelFunc: compute as unknown as tf.KernelFunc };
}
