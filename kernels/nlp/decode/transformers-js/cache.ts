/** The keys and values of what a model has read, from one step to the next. */
import {
  createTensor,
  free,
  type TransformersJsTensor,
  type TypedNumbers,
  type Upstream,
} from "./upstream.ts";

/** Tensors by the names under which the model takes them: past_key_values.0.key, …; rows come first in their shapes. */
export type Cache = Readonly<Record<string, TransformersJsTensor>>;

/** The cache that a run returned. What is left of the one before, and is not in it, is freed. */
export function nextCache(outputs: Cache, past: Cache | undefined): Cache {
  const next: Record<string, TransformersJsTensor> = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith("present")) continue;
    // Layers without attention call it present_conv and the like.
    const taken = name.replace(/^present(?=_)/, "past").replace(/^present/, "past_key_values");
    // The source does not change, and many graphs return something empty in its place.
    const kept = name.includes("encoder") ? past?.[taken] : undefined;
    if (kept) free([tensor]);
    next[taken] = kept ?? tensor;
  }
  free(Object.entries(past ?? {}).flatMap(([name, tensor]) => (next[name] === tensor ? [] : [tensor])));
  return next;
}

/** New row i goes on from old row `rows[i]` of `count`; the old tensors are freed. */
export async function takeRows<T extends Cache>(
  upstream: Upstream,
  cache: T,
  { rows, count }: { readonly rows: readonly number[]; readonly count: number },
): Promise<T> {
  const taken = await Promise.all(
    Object.entries(cache).map(async ([name, tensor]) => {
      const from = await readNumbers(tensor);
      const width = from.length / count;
      const data = new (from.constructor as new (length: number) => TypedNumbers)(rows.length * width);
      rows.forEach((row, index) => data.set(from.subarray(row * width, (row + 1) * width), index * width));
      const { type, dims } = tensor;
      const shape = [(dims[0] / count) * rows.length, ...dims.slice(1)];
      return [name, createTensor(upstream, { type, data, dims: shape })] as const;
    }),
  );
  free(Object.values(cache));
  return Object.fromEntries(taken) as T;
}

/** On WebGPU a cache lies in the card's memory, and asking for its `data` throws. */
async function readNumbers(tensor: TransformersJsTensor): Promise<TypedNumbers> {
  return (
    tensor.location.startsWith("cpu") ? tensor.data : await tensor.ort_tensor.getData()
  ) as TypedNumbers;
}
