/** Helper threads: the module over a shared memory of its own, with threads of Node. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compileSimd } from "../../../kernels/simd/compile.ts";
import {
  findHelperCount,
  startHelpers,
  type HelperTask,
  type StartHelper,
} from "../../../kernels/simd/helpers.ts";
import { instantiate, type Exports } from "../../../kernels/simd/native.ts";
import { numbers } from "./native-backend.ts";

const SIZES = { m: 130, n: 70, k: 90 };

const HELPER = `
  const { workerData: { module, memory, scratch, control }, parentPort } = require("node:worker_threads");
  const { exports } = new WebAssembly.Instance(module, { env: { memory, now: () => performance.now(), lost() {} } });
  exports.useScratch(scratch);
  exports.useThreads(control, 0);
  parentPort.postMessage("ready");
  exports.help();`;

/** Takes a piece of a job, and dies without having done it. */
const THIEF = `
  const { workerData: { memory, control }, parentPort } = require("node:worker_threads");
  const count = new Int32Array(memory.buffer, control + 4, 1);
  const next = new BigInt64Array(memory.buffer, control + 16, 1);
  const pieceOf = (number) => Number(number & 0xffffffffn);
  const isThere = (number) => pieceOf(number) < Atomics.load(count, 0);
  parentPort.postMessage("ready");
  for (;;) if (isThere(Atomics.load(next, 0)) && isThere(Atomics.add(next, 0, 1n))) break;`;

/** Takes a piece of whatever job there is, and says only after ten milliseconds that it is done. */
const SLUGGARD = `
  const { workerData: { memory, control }, parentPort } = require("node:worker_threads");
  const [count, done, taken] = [4, 8, 12].map((at) => new Int32Array(memory.buffer, control + at, 1));
  const next = new BigInt64Array(memory.buffer, control + 16, 1);
  parentPort.postMessage("ready");
  for (;;) {
    const number = Atomics.load(next, 0);
    if (Number(number & 0xffffffffn) >= Atomics.load(count, 0)) continue;
    if (Atomics.compareExchange(next, 0, number, number + 1n) !== number) continue;
    Atomics.add(taken, 0, 1);
    Atomics.wait(taken, 0, Atomics.load(taken, 0), 10);
    Atomics.add(done, 0, 1);
    Atomics.notify(done, 0);
  }`;

let module: WebAssembly.Module;
let memory: WebAssembly.Memory;
let run: Exports;
let workers: Worker[] = [];
let free = 0;
let control = 0;
let end: () => void;

const allocate = (bytes: number) => {
  const at = free;
  free += (bytes + 63) & ~63;
  return at;
};

const startHelper = (script: string) => async (task: HelperTask) => {
  const worker = new Worker(script, { eval: true, workerData: task });
  workers.push(worker);
  await once(worker, "message");
  return () => void worker.terminate();
};

/** Started for `run`; returns how many there are. */
async function start({ count, startHelper }: { count: number; startHelper: StartHelper }): Promise<number> {
  const startNoted: StartHelper = (task) => {
    control = task.control;
    return startHelper(task);
  };
  end = await startHelpers(run, { module, memory, allocate, count, startHelper: startNoted });
  return run.helperCount();
}

/** How many jobs there have been for the helpers. */
const jobs = () => new Int32Array(memory.buffer, control, 1)[0];

beforeAll(async () => {
  module = await WebAssembly.compile(await compileSimd("gongbu-simd-shared.wasm"));
});

beforeEach(() => {
  memory = new WebAssembly.Memory({ initial: 128, maximum: 65536, shared: true });
  free = 1024;
  end = () => undefined;
  run = instantiate(module, { memory, lost: () => end() });
  run.useScratch(allocate(run.scratchBytes()));
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
  workers = [];
});

/** Products of `count` pairs of matrices, over and over, each compared with the first, which was computed alone. */
function createProducts(
  count = 1,
  { m, n, k } = SIZES,
): { same(transposeA: boolean, transposeB: boolean): boolean } {
  const [a, b, c] = [m * k, k * n, m * n].map((length) => allocate(count * length * 4));
  new Float32Array(memory.buffer, a, count * m * k).set(numbers([count * m * k], 1).values);
  new Float32Array(memory.buffer, b, count * k * n).set(numbers([count * k * n], 2).values);
  const multiply = (transposeA: boolean, transposeB: boolean) => {
    const result = new Float32Array(memory.buffer, c, count * m * n).fill(NaN);
    const [aRow, bRow] = [transposeA ? m : k, transposeB ? k : n];
    const steps = [m * k, k * n, m * n] as const;
    run.gemm(count, ...steps, Number(transposeA), Number(transposeB), m, n, k, a, aRow, b, bRow, c, n, 0, 0);
    return Float32Array.from(result);
  };
  const alone = new Map<string, Float32Array>();
  for (const transposeA of [false, true])
    for (const transposeB of [false, true])
      alone.set(`${transposeA},${transposeB}`, multiply(transposeA, transposeB));
  return {
    same(transposeA, transposeB) {
      const expected = alone.get(`${transposeA},${transposeB}`)!;
      const given = multiply(transposeA, transposeB);
      return given.every((value, index) => value === expected[index]);
    },
  };
}

const CELLS = {
  lstm: { kind: 0, gates: 4 },
  gru: { kind: 1, gates: 3 },
  tanh: { kind: 2, gates: 1 },
} as const;

/**
 * A recurrent layer with padding, forwards and back, over so many rows that they do not come out even; gives all that it
 * has computed.
 */
function createRecurrence(cell: keyof typeof CELLS): (reverse: boolean) => Float32Array {
  const [time, batch, size] = [7, 29, 40];
  const { kind, gates } = CELLS[cell];
  const width = gates * size;
  const fill = (length: number, seed: number) => {
    const at = allocate(length * 4);
    new Float32Array(memory.buffer, at, length).set(numbers([length], seed).values);
    return at;
  };
  const [input, weight, bias] = [fill(time * batch * width, 1), fill(width * size, 2), fill(width, 3)];
  const dOutput = fill(time * batch * size, 4);
  const mask = allocate(time * batch * 4);
  new Float32Array(memory.buffer, mask, time * batch).forEach((_, i, all) => (all[i] = i % 5 > 0 ? 1 : 0));
  const packed = allocate(Math.max(run.packedBytes(width, size), run.packedBytes(size, width)));
  const work = allocate(run.recurrenceBytes(kind, batch, size));
  const [perGate, perCell] = [time * batch * width, time * batch * size];
  const from = free;
  const [h, c, dh, dc] = [1, 2, 3, 4].map(() => allocate(batch * size * 4));
  const [output, extra, hBefore, cBefore] = [1, 2, 3, 4].map(() => allocate(perCell * 4));
  const [activated, dInput] = [1, 2].map(() => allocate(perGate * 4));
  const dHidden = cell === "gru" ? allocate(perGate * 4) : dInput;
  const results = new Float32Array(memory.buffer, from, (free - from) / 4);
  const operands = allocate(17 * 4);
  return (reverse) => {
    results.fill(0);
    const common = [
      kind,
      time,
      batch,
      size,
      Number(reverse),
      packed,
      mask,
      activated,
      extra,
      hBefore,
      cBefore,
    ];
    run.packWhole(1, width, size, weight, size, packed);
    new Int32Array(memory.buffer, operands, 17).set([...common, h, c, work, input, output, bias]);
    run.recurrenceTogether(operands, 0);
    run.packWhole(0, size, width, weight, size, packed);
    new Int32Array(memory.buffer, operands, 17).set([...common, dh, dc, work, dOutput, dInput, dHidden]);
    run.recurrenceTogether(operands, 1);
    return results.slice();
  };
}

describe("helpers", () => {
  it.each([1, 3])(
    "%i of them compute the same as one thread alone, hundreds of times",
    { timeout: 30_000 },
    async (count) => {
      const products = createProducts();
      const started = await start({ count, startHelper: startHelper(HELPER) });
      expect(started).toBe(count);
      for (let round = 0; round < 150; round++) {
        for (const transposeA of [false, true])
          for (const transposeB of [false, true]) expect(products.same(transposeA, transposeB)).toBe(true);
      }
      run.dismiss();
      expect(run.helperCount()).toBe(0);
      await Promise.all(workers.map((worker) => once(worker, "exit")));
    },
  );

  it("share many products one by one", async () => {
    const products = createProducts(5);
    await start({ count: 2, startHelper: startHelper(HELPER) });
    for (let round = 0; round < 30; round++) expect(products.same(false, true)).toBe(true);
  });

  it.each([
    { m: 64, n: 100, k: 96 },
    { m: 5, n: 10, k: 6000 },
    { m: 1, n: 300, k: 1000 },
  ])("compute the same as one thread where pieces have few rows: $m × $k · $k × $n", async (sizes) => {
    const products = createProducts(1, sizes);
    await start({ count: 3, startHelper: startHelper(HELPER) });
    for (let round = 0; round < 30; round++) {
      for (const transposeB of [false, true]) expect(products.same(false, transposeB)).toBe(true);
    }
    expect(jobs()).toBeGreaterThan(0);
  });

  it.each(["lstm", "gru", "tanh"] as const)(
    "share the rows of a batch in a layer of %s cells",
    async (cell) => {
      const layer = createRecurrence(cell);
      const alone = [layer(false), layer(true)];
      await start({ count: 2, startHelper: startHelper(HELPER) });
      for (let round = 0; round < 30; round++) {
        for (const [index, reverse] of [false, true].entries()) {
          const given = layer(reverse);
          expect(alone[index].findIndex((value, at) => value !== given[at])).toBe(-1);
        }
      }
      expect(jobs()).toBeGreaterThan(0);
    },
  );

  it("one that costs more than it saves is left in peace, longer each time", async () => {
    const products = createProducts();
    await start({ count: 1, startHelper: startHelper(SLUGGARD) });
    const taken = new Int32Array(memory.buffer, control + 12, 1);
    const end = performance.now() + 1000;
    while (performance.now() < end) products.same(false, false);
    expect(Atomics.load(taken, 0)).toBeGreaterThan(0);
    // About 100, if it were asked at every turn, and 16 with rests that do not become longer.
    expect(Atomics.load(taken, 0)).toBeLessThan(10);
  });

  it("none is lost, and no piece of its work, when jobs follow one another without a pause", async () => {
    const side = 64;
    const [a, b, c] = [0, 1, 2].map(() => allocate(side * side * 4));
    const result = new Float32Array(memory.buffer, c, side * side);
    new Float32Array(memory.buffer, a, side * side).fill(1);
    new Float32Array(memory.buffer, b, side * side).fill(1);
    const count = await start({ count: 1, startHelper: startHelper(HELPER) });
    for (let job = 0; job < 30_000; job++) {
      run.gemm(1, 0, 0, 0, 0, 0, side, side, side, a, side, b, side, c, side, 0, 0);
      if (job % 1000 > 0) continue;
      expect(run.helperCount()).toBe(count);
      expect(result.every((value) => value === side)).toBe(true);
      result.fill(0);
    }
    expect(run.helperCount()).toBe(count);
  });

  it("one that was killed while it slept is not waited for", async () => {
    const products = createProducts();
    await start({ count: 1, startHelper: startHelper(HELPER) });
    await workers[0].terminate();
    for (let round = 0; round < 50; round++) expect(products.same(false, true)).toBe(true);
  });

  it(
    "one that dies with a piece of the work is given up, and the piece computed anew",
    { timeout: 20_000 },
    async () => {
      const products = createProducts();
      await start({ count: 1, startHelper: startHelper(THIEF) });
      let rounds = 0;
      while (run.helperCount() > 0 && rounds++ < 50_000) expect(products.same(false, false)).toBe(true);
      expect(run.helperCount()).toBe(0);
      expect(products.same(true, false)).toBe(true);
    },
  );

  it("where one does not start, all is computed alone", async () => {
    const products = createProducts();
    const started = await start({ count: 2, startHelper: () => Promise.reject(new Error("refused")) });
    expect(started).toBe(0);
    expect(products.same(false, false)).toBe(true);
  });

  it("there is one for each core but the first, and at most three", () => {
    expect([1, 2, 4, 16].map(findHelperCount)).toEqual([0, 1, 3, 3]);
  });
});
