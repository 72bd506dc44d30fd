/** ONNX Runtime in Node, asked as a test needs it. */
import * as ort from "onnxruntime-node";
import { encodeModel } from "../../../../kernels/nlp/onnx/model-proto.ts";
import type { Graph } from "../../../../kernels/nlp/onnx/graph.ts";

export function openSession(model: Graph | Uint8Array): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model instanceof Uint8Array ? model : encodeModel(model.spec()));
}

/** A table of ids or flags, as ONNX Runtime takes it. */
export function toIds(rows: readonly (readonly number[])[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0].length]);
}
