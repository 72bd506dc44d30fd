/** Measurements in a process of Node of their own, where nothing else computes. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { quantile } from "./quantiles.ts";
import type { Read } from "./report.ts";
import { compileSimd } from "../kernels/simd/compile.ts";
import { installSimd, registerGradients } from "../kernels/simd/index.ts";
import { allowRelaxedSimd } from "../kernels/simd/node-relaxed-simd.ts";

/** What the script says with `tell`. */
export async function askNode<T>(script: URL): Promise<T> {
  const child = fork(fileURLToPath(script), [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  try {
    const [answer] = (await Promise.race([once(child, "message"), failure(child)])) as [T];
    return answer;
  } finally {
    child.kill();
  }
}

async function failure(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(
    `bench: ${child.spawnargs.at(-1)} ended with ${String(code)} before it had measured anything.`,
  );
}

/** In the script: sends what was measured. */
export function tell(answer: unknown): void {
  process.send?.(answer);
}

/** In the script: TensorFlow.js on wasm with our kernels, one thread. */
export async function startBackend(): Promise<void> {
  allowRelaxedSimd();
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  if (!(await tf.setBackend("wasm"))) throw new Error("The wasm backend does not start.");
  registerGradients();
  await installSimd({ load: compileSimd });
}

export interface TurnsOptions {
  readonly rounds: number;
  /** Milliseconds of one in a round. */
  readonly turn: number;
}

export interface Times {
  readonly median: number;
  /** Other programs can only make something longer. */
  readonly fastest: number;
}

/** Milliseconds of each: they take turns, so that a busy moment of the machine falls on all. The first round is warm-up. */
export async function takeTurns(
  subjects: readonly (() => Promise<unknown>)[],
  { rounds, turn }: TurnsOptions,
): Promise<Times[]> {
  const times = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, run] of subjects.entries()) {
      const end = performance.now() + turn;
      do {
        const start = performance.now();
        await run();
        if (round > 0) times[index].push(performance.now() - start);
      } while (performance.now() < end);
    }
  }
  return times.map((all) => ({ median: quantile(all, 0.5), fastest: Math.min(...all) }));
}

/** A line for the middle of the times, one for the fastest. */
export function toReads(what: string, [ours, peer]: readonly Times[]): Read[] {
  return [
    { what: `${what}, median`, ours: ours.median, peer: peer.median, unit: "ms" },
    { what: `${" ".repeat(what.length)}  fastest`, ours: ours.fastest, peer: peer.fastest, unit: "ms" },
  ];
}
