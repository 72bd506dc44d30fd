import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createTensorLedger, type Engine, type TensorLedger } from "../../../kernels/runtime/tensors.ts";
import { createTestNotebook } from "./test-notebook.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** One ledger for the file: it hooks into the one engine that this thread has. */
let ledger: TensorLedger;
const modules = { "@tensorflow/tfjs": tf };
const imports = 'import * as tf from "@tensorflow/tfjs"';

beforeAll(async () => {
  await tf.setBackend("cpu");
  ledger = createTensorLedger();
  ledger.attach(tf.engine() as unknown as Engine);
});

function createTensorNotebook() {
  return createTestNotebook({ modules, ledger });
}

describe("tensors of a cell", () => {
  it("are freed when it runs again: after 30 runs of a training there are as many as after the first", async () => {
    const notebook = createTensorNotebook();
    notebook.define({
      imports,
      rate: "const rate = view(Inputs.range([0.01, 1], { value: 0.1 }))",
      train: `const training = (async function* () {
        const weights = tf.variable(tf.zeros([4, 3]));
        const optimizer = tf.train.adam(rate);
        for (let step = 0; step < 3; step++) {
          const loss = optimizer.minimize(() => tf.square(tf.sub(weights, 1)).mean(), true);
          const untidy = tf.ones([100]).mul(step);
          yield { step, loss: loss.dataSync()[0], weights };
          await scheduler.yield();
        }
      })()`,
      read: "training.weights.sum().dataSync()[0]",
    });
    notebook.run("read");
    await notebook.until("train", "done");
    await notebook.rest();
    const first = tf.memory();
    for (let i = 0; i < 30; i++) {
      const { run } = notebook.seen("train");
      if (i % 2) notebook.run("train");
      else notebook.input("rate/0", 0.02 + i / 100);
      await notebook.until("train", (seen) => seen.run > run && seen.state === "done");
    }
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(first.numTensors);
    expect(tf.memory().numBytes).toBe(first.numBytes);
    notebook.define({});
    await notebook.rest();
  });

  it("of abandoned runs are freed too", async () => {
    const notebook = createTensorNotebook();
    notebook.define({
      imports,
      size: "const size = view(Inputs.range([1, 100], { step: 1, value: 10 }))",
      train: `const step = (async function* () {
        for (let i = 0; ; i++) { const t = tf.ones([size]); yield i; await scheduler.yield(); }
      })()`,
    });
    const before = tf.memory().numTensors;
    notebook.run("train");
    await notebook.until("train", "streaming");
    for (let i = 0; i < 10; i++) {
      notebook.input("size/0", 20 + i);
      await notebook.rest(20);
    }
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    await notebook.interrupt();
    notebook.define({});
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("of two cells that interleave over their waits stay apart", async () => {
    const notebook = createTensorNotebook();
    const source = (name: string) => `const ${name} = (async function* () {
      tf.engine().startScope();
      const mine = tf.scalar(${name.charCodeAt(0)});
      for (let i = 0; i < 5; i++) { await Promises.delay(2); yield mine.dataSync()[0]; }
      tf.engine().endScope();
    })()`;
    notebook.define({ imports, one: source("a"), two: source("b") });
    notebook.run("one", "two");
    await notebook.until("one", "done");
    await notebook.until("two", "done");
    expect(await notebook.value("one")).toEqual({ a: 97 });
    expect(await notebook.value("two")).toEqual({ b: 98 });
    notebook.define({});
    await notebook.rest();
  });

  it("live as long as their cell's value is read, whatever their readers do", async () => {
    const notebook = createTensorNotebook();
    notebook.define({ imports, a: "const t = tf.tensor([1, 2, 3])", b: "t.add(1).sum().dataSync()[0]" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.run("b");
    await notebook.until("b", ({ run, state }) => run === 2 && state === "done");
    expect(notebook.shown("b")).toEqual(["9"]);
    notebook.define({});
    await notebook.rest();
  });

  it("stay with the cell that made a variable when another cell assigns to it", async () => {
    const notebook = createTensorNotebook();
    notebook.define({
      imports,
      weights: "const weights = tf.variable(tf.zeros([3]))",
      level: "const level = view(Inputs.range([0, 9], { value: 1, step: 1 }))",
      rewind: "weights.assign(tf.fill([3], level))\nconst rewound = weights",
      read: "rewound.sum().dataSync()[0]",
    });
    notebook.run("read");
    await notebook.until("read", "done");
    for (const level of [2, 5]) {
      const { run } = notebook.seen("read");
      notebook.input("level/0", level);
      await notebook.until(
        "read",
        (seen) => seen.run > run && seen.state !== "queued" && seen.state !== "running",
      );
      expect(notebook.seen("read")).toMatchObject({ state: "done" });
    }
    notebook.define({});
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(0);
  });

  it("that the cell has dropped are freed when they are collected", async () => {
    const notebook = createTensorNotebook();
    const before = tf.memory().numTensors;
    notebook.define({
      imports,
      a: "for (let i = 0; i < 500; i++) tf.ones([10]);\nconst kept = tf.ones([1])",
      b: "kept.shape",
    });
    notebook.run("b");
    await notebook.until("b", "done");
    for (let i = 0; i < 20 && tf.memory().numTensors > before + 1; i++) {
      collectGarbage();
      await notebook.rest(20);
    }
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(notebook.shown("b")).toEqual(["[1]"]);
    notebook.define({});
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("made in a timer's callback belong to the cell that set the timer", async () => {
    const notebook = createTensorNotebook();
    const before = tf.memory().numTensors;
    notebook.define({ imports, a: "const all = []; setTimeout(() => { all.push(tf.ones([3])) }, 5);" });
    notebook.run("a");
    await notebook.until("a", "done");
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(before + 1);
    notebook.define({});
    await notebook.rest();
    expect(tf.memory().numTensors).toBe(before);
  });
});
