/**
 * One step of a training (forward, backward, Adam) on one thread, beside PyTorch on one thread: of the library's layers, of a
 * learner's plain TensorFlow.js, and of the latter on TensorFlow.js's own wasm kernels; in Node and in a worker of Chromium.
 *
 * All take turns for five rounds, and in a round several times, so that a busy moment of the machine falls on all. What is
 * printed is the middle of the rounds' medians and, because other programs can only make a step longer, the fastest step of all.
 */
import type { Browser } from "@playwright/test";
import { quantile } from "../quantiles.ts";
import type { Bench, Read } from "../report.ts";
import { SIZES, type ModelName, type Variant } from "./models.ts";
import { maybeTorch, openChromium, openNode, type Place } from "./places.ts";

const ROUNDS = 5;
/** How many turns each has in a round, and their milliseconds. */
const TURNS = 5;
const TURN = 150;

interface Row {
  readonly what: string;
  readonly place: Place;
  readonly variant: Variant;
  /** A step takes longer than a turn: one turn in a round is enough. */
  readonly slow?: boolean;
}

export async function measureTrainStep(browser: Browser): Promise<Bench> {
  const [node, nodeStock, worker, workerStock, torch] = await Promise.all([
    openNode({ native: true }),
    openNode({ native: false }),
    openChromium(browser, { native: true }),
    openChromium(browser, { native: false }),
    maybeTorch(),
  ]);
  const rows: Row[] = [
    { what: `Node, layers (${node.about})`, place: node, variant: "layers" },
    { what: "Node, plain code", place: node, variant: "plain" },
    { what: "Node, plain code, stock kernels", place: nodeStock, variant: "plain", slow: true },
    { what: `Chromium, layers (${worker.about})`, place: worker, variant: "layers" },
    { what: "Chromium, plain code", place: worker, variant: "plain" },
    { what: "Chromium, plain code, stock kernels", place: workerStock, variant: "plain", slow: true },
  ];
  const reads: Read[] = [];
  try {
    for (const model of Object.keys(SIZES) as ModelName[]) {
      const times = await takeTurns(model, [
        ...rows,
        ...(torch ? [{ place: torch, variant: "layers" as const }] : []),
      ]);
      const peer = torch && times[rows.length];
      rows.forEach(({ what }, index) => {
        reads.push({
          what: `${model}: ${what}, median`,
          ours: times[index].median,
          peer: peer?.median,
          unit: "ms",
        });
        reads.push({
          what: `${" ".repeat(model.length + 1)} fastest`,
          ours: times[index].fastest,
          peer: peer?.fastest,
          unit: "ms",
        });
      });
    }
  } finally {
    await Promise.all([node, nodeStock, worker, workerStock, torch].map((place) => place?.close()));
  }
  return {
    title: `A training step, batches of 32, one thread, ${ROUNDS} rounds by turns`,
    peer: torch?.about ?? "PyTorch (not here)",
    reads,
  };
}

async function takeTurns(
  model: ModelName,
  rows: readonly Omit<Row, "what">[],
): Promise<{ median: number; fastest: number }[]> {
  const medians = rows.map((): number[] => []);
  const fastest = rows.map(() => Infinity);
  // The first round is warm-up: engines compile, caches fill.
  for (let round = 0; round <= ROUNDS; round++) {
    const times = rows.map((): number[] => []);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [index, { place, variant, slow }] of rows.entries()) {
        if (slow && turn > 0) continue;
        times[index].push(...(await place.run({ kind: "steps", model, variant, ms: TURN })));
      }
    }
    if (round === 0) continue;
    for (const [index, ofRound] of times.entries()) {
      medians[index].push(quantile(ofRound, 0.5));
      fastest[index] = Math.min(fastest[index], ...ofRound);
    }
  }
  return rows.map((_, index) => ({ median: quantile(medians[index], 0.5), fastest: fastest[index] }));
}
