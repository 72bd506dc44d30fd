import { toRows } from "../model.ts";
import { nextCache, type Cache } from "./cache.ts";
import { createTensor, free, type TransformersJsTensor, type Upstream } from "./upstream.ts";

/** One run of a model: the scores after the last column of each row, [rows, vocabulary], and the cache to go on from. */
export async function runModel(
  upstream: Upstream,
  {
    inputs,
    lasting = {},
    past,
  }: {
    /** Freed after the run. */
    readonly inputs: Readonly<Record<string, TransformersJsTensor>>;
    /** Inputs that are used again. */
    readonly lasting?: Readonly<Record<string, TransformersJsTensor>>;
    readonly past?: Cache;
  },
): Promise<{ readonly logits: Float32Array[]; readonly past: Cache }> {
  // Graphs that can be told to score the last column alone save the others' scores; for the rest it is no input.
  const count = createTensor(upstream, { type: "int64", data: BigInt64Array.of(1n), dims: [] });
  const fresh = { ...inputs, num_logits_to_keep: count };
  let outputs: Cache;
  try {
    outputs = await upstream.model.forward({ ...fresh, ...lasting, ...(past && { past_key_values: past }) });
  } finally {
    free(Object.values(fresh));
  }
  const last = outputs.logits.slice(null, -1, null).to("float32");
  const [vocabSize] = last.dims.slice(-1);
  const next = nextCache(outputs, past);
  free([outputs.logits]);
  return { logits: toRows(last.data as Float32Array, vocabSize), past: next };
}
