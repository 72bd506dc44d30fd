/** ONNX Runtime in Node, asked as a test needs it. */
import * as ort from "onnxruntime-node";
import { expect } from "vitest";
import { encodeModel } from "../../../../kernels/nlp/onnx/model-proto.ts";
import type { Graph } from "../../../../kernels/nlp/onnx/graph.ts";

export function openSession(model: Graph | Uint8Array): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model instanceof Uint8Array ? model : encodeModel(model.spec()));
}

/** A table of ids or flags, as ONNX Runtime takes it. */
export function toIds(rows: readonly (readonly number[])[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0].length]);
}

export type Feeds = Record<string, ort.Tensor>;

export function numbersOf(tensor: ort.Tensor): number[] {
  return Array.from(tensor.data as Float32Array);
}

export function expectClose(theirs: readonly number[], ours: readonly number[], bound = 1e-4): void {
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...ours.map((value, index) => Math.abs(value - theirs[index])))).toBeLessThan(bound);
  expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(1);
}

/** The numbers of each row of a batch. */
export function rowsOf(tensor: ort.Tensor): number[][] {
  const numbers = numbersOf(tensor);
  const length = numbers.length / tensor.dims[0];
  return Array.from({ length: tensor.dims[0] }, (_, row) => numbers.slice(row * length, (row + 1) * length));
}

/** A cache of no positions, in the shapes that the graph declares, as Transformers.js makes it. */
export function emptyCache(session: ort.InferenceSession, batch: number): Feeds {
  const inputs = session.inputMetadata.flatMap((input) => (input.isTensor ? [input] : []));
  const cached = inputs.filter(({ name }) => name.startsWith("past_key_values."));
  const empty = (shape: readonly (number | string)[]) => {
    const dims = shape.map((size) => (typeof size === "number" ? size : size === "batch_size" ? batch : 0));
    const length = dims.reduce((product, size) => product * size, 1);
    return new ort.Tensor("float32", new Float32Array(length), dims);
  };
  return Object.fromEntries(cached.map(({ name, shape }) => [name, empty(shape)]));
}

/** What a run returned, as the next one's cache. */
export function nextCache(outputs: Feeds): Feeds {
  const presents = Object.entries(outputs).filter(([name]) => name.startsWith("present."));
  return Object.fromEntries(
    presents.map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]),
  );
}

/** Some columns of each row. */
export const cut = (rows: number[][], from: number, to: number) => rows.map((row) => row.slice(from, to));
