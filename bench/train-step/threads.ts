/**
 * A training step with helper threads beside one thread, in workers of Chromium: with the machine as it is, and with
 * another program that wants a whole core, twice: for as long as a turn lasts, and in bursts.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Browser } from "@playwright/test";
import { quantile } from "../quantiles.ts";
import type { Bench, Read } from "../report.ts";
import { openChromium, type Place } from "./places.ts";
import type { ModelName } from "./models.ts";

/** Many short turns: what else the machine does then falls on both. */
const ROUNDS = 60;
const TURN = 120;

/** What computes beside, as a script for Node. */
const BESIDE: Readonly<Record<string, string | undefined>> = {
  "nothing else started": undefined,
  "a core busy": "for (;;);",
  "a core busy now and then":
    "const burst = () => { const end = Date.now() + 20; while (Date.now() < end); setTimeout(burst, 20); }; burst();",
};

export async function measureThreads(browser: Browser): Promise<Bench> {
  const [many, one] = await Promise.all([
    openChromium(browser, { native: true, cores: availableParallelism() }),
    openChromium(browser, { native: true }),
  ]);
  const reads: Read[] = [];
  try {
    for (const [words, script] of Object.entries(BESIDE)) {
      const beside = script === undefined ? undefined : spawn(process.execPath, ["-e", script]);
      try {
        for (const model of ["transformer", "tagger"] as const) {
          const [ours, peer] = await takeTurns([many, one], model);
          reads.push({
            what: `${model}, ${words}, median`,
            ours: ours.median,
            peer: peer.median,
            unit: "ms",
          });
          reads.push({ what: "  fastest", ours: ours.fastest, peer: peer.fastest, unit: "ms" });
        }
      } finally {
        beside?.kill();
      }
    }
  } finally {
    await Promise.all([many.close(), one.close()]);
  }
  return { title: `A training step in Chromium, ${many.about}`, peer: one.about, reads };
}

async function takeTurns(places: readonly Place[], model: ModelName) {
  const times = places.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, place] of places.entries()) {
      const steps = await place.run({ kind: "steps", model, variant: "layers", ms: TURN });
      if (round > 0) times[index].push(...steps);
    }
  }
  return times.map((steps) => ({ median: quantile(steps, 0.5), fastest: Math.min(...steps) }));
}
