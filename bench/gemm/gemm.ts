/** Matrix products in all four transposes, beside TensorFlow.js's own wasm kernels, in Node. Times as GFLOP/s: more is better. */
import type { Bench, Read } from "../report.ts";
import { openNode } from "../train-step/places.ts";

/** [m, k, n]: projections and feed-forward layers there and back, an LSTM's step, a square. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [1024, 64, 64],
  [1024, 64, 192],
  [1024, 64, 256],
  [1024, 256, 64],
  [64, 1024, 256],
  [32, 128, 512],
  [512, 512, 512],
];

const TRANSPOSES: readonly (readonly [boolean, boolean])[] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];

/** Each goes through all shapes: a machine that is slow for a second or two then spoils one round of a shape, not all. */
const ROUNDS = 5;
const TURN = 80;

export async function measureGemm(): Promise<Bench> {
  const places = await Promise.all([openNode({ native: true }), openNode({ native: false })]);
  const products = SHAPES.flatMap((sizes) =>
    TRANSPOSES.map(([transposeA, transposeB]) => ({ sizes, transposeA, transposeB, rates: [0, 0] })),
  );
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { sizes, transposeA, transposeB, rates } of products) {
        const operations = 2 * sizes[0] * sizes[1] * sizes[2];
        for (const [index, place] of places.entries()) {
          const times = await place.run({ kind: "products", sizes, transposeA, transposeB, ms: TURN });
          // The fastest product of all rounds: other programs can only make one longer.
          if (round > 0) rates[index] = Math.max(rates[index], operations / Math.min(...times) / 1e6);
        }
      }
    }
  } finally {
    await Promise.all(places.map((place) => place.close()));
  }
  const reads = products.map(({ sizes: [m, k, n], transposeA, transposeB, rates: [ours, peer] }): Read => {
    const what = `${m} × ${k} · ${k} × ${n}${transposeA ? ", A transposed" : ""}${transposeB ? ", B transposed" : ""}`;
    return { what, ours, peer, unit: "GFLOP/s" };
  });
  return { title: "Matrix products in Node, one thread (more is better)", peer: "stock wasm kernels", reads };
}
