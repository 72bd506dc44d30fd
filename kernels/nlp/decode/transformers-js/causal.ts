import type { NextTokenModel } from "../model.ts";
import { takeRows, type Cache } from "./cache.ts";
import { runModel } from "./run-model.ts";
import { free, toIds, type Upstream } from "./upstream.ts";

interface State {
  readonly past: Cache;
  /** How many columns the cache has, and how many of them are padding in front of each row. */
  readonly length: number;
  readonly padding: readonly number[];
}

/** Prompts are padded in front, so that the next token of every row stands in the same column. */
export function createCausal(upstream: Upstream): NextTokenModel<unknown, State> {
  async function run(
    ids: readonly (readonly number[])[],
    { past, length, padding }: Partial<Cached> & Columns,
  ) {
    const masks = padding.map((before) => [...flags(before, 0), ...flags(length - before, 1)]);
    const inputs = { input_ids: toIds(upstream, ids), attention_mask: toIds(upstream, masks) };
    const next = await runModel(upstream, { inputs, past });
    return { logits: next.logits, state: { past: next.past, length, padding } };
  }

  return {
    start(_, prompts) {
      const length = Math.max(...prompts.map((prompt) => prompt.length));
      const padding = prompts.map((prompt) => length - prompt.length);
      const ids = prompts.map((prompt, row) => [...flags(padding[row], upstream.padId), ...prompt]);
      return run(ids, { length, padding });
    },
    step: ({ past, length, padding }, tokens) =>
      run(
        tokens.map((token) => [token]),
        { past, length: length + 1, padding },
      ),
    async reorder({ past, length, padding }, rows) {
      const taken = await takeRows(upstream, past, { rows, count: padding.length });
      return { past: taken, length, padding: rows.map((row) => padding[row]) };
    },
    dispose: ({ past }) => free(Object.values(past)),
  };
}

type Columns = Pick<State, "length" | "padding">;
type Cached = Pick<State, "past">;

function flags(length: number, value: number): number[] {
  return Array<number>(length).fill(value);
}
