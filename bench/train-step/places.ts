/** The places in which steps are measured: processes of Node, workers of Chromium, and PyTorch where a python3 has it. */
import { fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser } from "@playwright/test";
import { BUILDS, type BuildName } from "../../kernels/simd/builds.ts";
import { compileSimd } from "../../kernels/simd/compile.ts";
import { buildBundle } from "../../src/page/site/kernel-bundles.ts";
import type { ParticipantRequest } from "./participant.ts";

export interface Place {
  readonly about: string;
  run(request: ParticipantRequest): Promise<number[]>;
  close(): Promise<void>;
}

type Answer = { readonly times: number[] } | { readonly error: string };

const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

const root = fileURLToPath(new URL("../..", import.meta.url));

export async function openNode({ native }: { readonly native: boolean }): Promise<Place> {
  const child = fork(
    fileURLToPath(new URL("node-participant.ts", import.meta.url)),
    native ? ["native"] : [],
    {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const [{ about }] = (await once(child, "message")) as [{ about: string }];
  return {
    about,
    async run(request) {
      const answer = once(child, "message");
      child.send(request);
      return timesOf(((await answer) as [Answer])[0]);
    },
    async close() {
      child.kill();
    },
  };
}

export interface ChromiumOptions {
  readonly native: boolean;
  /** More than one: the page is isolated, so that threads may share memory. Default 1. */
  readonly cores?: number;
}

/** One page with a worker for each participant, served from this machine. */
export async function openChromium(browser: Browser, { native, cores = 1 }: ChromiumOptions): Promise<Place> {
  const wasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
  const script = await buildBundle(root, "bench/train-step/chromium-participant.ts", { format: "iife" });
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
    const answer = (type: string, body: string | Uint8Array) =>
      response.writeHead(200, { "content-type": type, ...(cores > 1 && ISOLATION) }).end(body);
    if (name === "") answer("text/html", "<!doctype html><title>bench</title>");
    else if (name === "participant.js") answer("text/javascript", script);
    else if (Object.hasOwn(BUILDS, name))
      void compileSimd(name as BuildName).then((bytes) => answer("application/wasm", bytes));
    else if (/^tfjs-backend-wasm[\w-]*\.wasm$/.test(name))
      void readFile(join(wasm, name)).then((bytes) => answer("application/wasm", bytes));
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const about = await page.evaluate(
    async (url) => {
      const worker = new Worker(url);
      Object.assign(globalThis, { worker });
      return new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data.about);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    },
    `/participant.js${native ? `?native&cores=${cores}` : ""}`,
  );
  return {
    about,
    async run(request) {
      const answer = await page.evaluate((request) => {
        const { worker } = globalThis as unknown as { worker: Worker };
        return new Promise<Answer>((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.postMessage(request);
        });
      }, request);
      return timesOf(answer);
    },
    async close() {
      await page.close();
      server.close();
    },
  };
}

/** PyTorch, of the first python3 that has it: $PYTHON, then Debian's own. One thread, OpenBLAS's too. */
export async function maybeTorch(): Promise<Place | undefined> {
  const python = [process.env.PYTHON, "/usr/bin/python3", "python3"].find(
    (path) => path && spawnSync(path, ["-c", "import torch"], { stdio: "ignore" }).status === 0,
  );
  if (!python) return undefined;
  const child = spawn(python, [fileURLToPath(new URL("torch_steps.py", import.meta.url))], {
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => JSON.parse((await lines.next()).value as string) as unknown;
  const { about } = (await read()) as { about: string };
  return {
    about,
    async run(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return timesOf((await read()) as Answer);
    },
    async close() {
      child.stdin.end();
      child.kill();
    },
  };
}

function timesOf(answer: Answer): number[] {
  if ("error" in answer) throw new Error(answer.error);
  return answer.times;
}
