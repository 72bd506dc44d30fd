/** Beam search with the cache of keys and values beside the same search that computes everything anew at each step, in Node. */
import { askNode } from "../in-node.ts";
import type { Bench, Read } from "../report.ts";

export async function measureDecode(): Promise<Bench> {
  return {
    title:
      "Beam search, 4 beams, 32 new tokens, in Node on one thread (target: a fifth of the time without a cache)",
    peer: "without the cache",
    reads: await askNode<Read[]>(new URL("searches.ts", import.meta.url)),
  };
}
