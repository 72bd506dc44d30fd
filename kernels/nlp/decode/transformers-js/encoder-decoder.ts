import type { NextTokenModel } from "../model.ts";
import { toSources } from "../prompts.ts";
import { takeRows, type Cache } from "./cache.ts";
import { runModel } from "./run-model.ts";
import { free, toIds, type TransformersJsTensor, type Upstream } from "./upstream.ts";

interface State {
  readonly past: Cache;
  /** What the encoder said of the sources, and where they are padded: every step takes both. */
  readonly source: Source;
  readonly rows: number;
  /** How many tokens each row has. */
  readonly length: number;
}

/** encoder_outputs [rows, source, size], attention_mask [rows, source] */
type Source = Readonly<Record<"encoder_outputs" | "attention_mask", TransformersJsTensor>>;

/** Sources are padded behind and read once. All prompts must have the same length. */
export function createEncoderDecoder(upstream: Upstream): NextTokenModel<unknown, State> {
  async function run(
    ids: readonly (readonly number[])[],
    { past, source, length }: { past?: Cache; source: Source; length: number },
  ) {
    const ones = ids.map(() => Array<number>(length).fill(1));
    const inputs = { decoder_input_ids: toIds(upstream, ids), decoder_attention_mask: toIds(upstream, ones) };
    const next = await runModel(upstream, { inputs, lasting: source, past });
    return { logits: next.logits, state: { past: next.past, source, rows: ids.length, length } };
  }

  return {
    async start(inputs, prompts) {
      const source = await readSources(upstream, toSources(inputs, "fromTransformersJs"));
      try {
        return await run(prompts, { source, length: prompts[0].length });
      } catch (error) {
        free(Object.values(source));
        throw error;
      }
    },
    step: ({ past, source, length }, tokens) =>
      run(
        tokens.map((token) => [token]),
        { past, source, length: length + 1 },
      ),
    async reorder({ past, source, rows: count, length }, rows) {
      return {
        past: await takeRows(upstream, past, { rows, count }),
        source: await takeRows(upstream, source, { rows, count }),
        rows: rows.length,
        length,
      };
    },
    dispose: ({ past, source }) => free([...Object.values(past), ...Object.values(source)]),
  };
}

async function readSources(upstream: Upstream, sources: readonly (readonly number[])[]): Promise<Source> {
  const width = Math.max(...sources.map(({ length }) => length));
  const fill = (row: readonly number[], filler: number) => [
    ...row,
    ...Array<number>(width - row.length).fill(filler),
  ];
  const ids = toIds(
    upstream,
    sources.map((row) => fill(row, upstream.padId)),
  );
  const mask = toIds(
    upstream,
    sources.map((row) => fill(Array<number>(row.length).fill(1), 0)),
  );
  try {
    const { encoder_outputs: outputs } = (await upstream.model._prepare_encoder_decoder_kwargs_for_generation(
      {
        inputs_tensor: ids,
        model_inputs: { input_ids: ids, attention_mask: mask },
        model_input_name: "input_ids",
        generation_config: { guidance_scale: null },
      },
    )) as Pick<Source, "encoder_outputs">;
    return { encoder_outputs: outputs, attention_mask: mask };
  } catch (error) {
    free([mask]);
    throw error;
  } finally {
    free([ids]);
  }
}
