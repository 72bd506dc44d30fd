import * as tf from "@tensorflow/tfjs";
import { BagOfWordsClassifier, Linear, mse } from "gongbu/nn";
import { createRandom } from "gongbu/data";
import { evaluate, fit, linearSchedule, predict, SGD, type FitOptions, type FitProgress } from "gongbu/train";
import { afterEach, expect, it, vi } from "vitest";
import { expectClose, onEveryBackend } from "../backends.ts";

/** 60 examples of 3 classes: class c has a large number in column c and noise elsewhere. */
function createExamples(seed: number) {
  const random = createRandom(seed);
  const targets = Array.from({ length: 60 }, (_, index) => index % 3);
  const inputs = targets.map((label) =>
    Float32Array.from({ length: 6 }, (_, column) => random.normal() + (column === label ? 3 : 0)),
  );
  return { inputs, targets };
}
const examples = createExamples(1);
const held = createExamples(2);

type Options = FitOptions<ArrayLike<number>, number | readonly number[], tf.Tensor>;

function createModel(dropout = 0.2): BagOfWordsClassifier {
  return new BagOfWordsClassifier({ inputSize: 6, hiddenSize: 8, classes: 3, dropout, seed: 3 });
}

async function collect(
  model: BagOfWordsClassifier,
  options: Options,
): Promise<FitProgress<BagOfWordsClassifier>[]> {
  const reports: FitProgress<BagOfWordsClassifier>[] = [];
  for await (const progress of fit(model, examples, options)) reports.push(progress);
  return reports;
}

afterEach(() => vi.unstubAllGlobals());

onEveryBackend("fit", () => {
  it("learns what can be learnt, and says so at the end", async () => {
    const model = createModel();
    const reports = await collect(model, { epochs: 15, batchSize: 16, lr: 0.05, validation: held, seed: 1 });
    const last = reports[reports.length - 1];
    expect(last).toMatchObject({
      done: true,
      epoch: 15,
      epochs: 15,
      step: 60,
      totalSteps: 60,
      lr: 0.05,
      model,
    });
    expect(last.loss).toBeLessThan(reports[0].loss / 2);
    expect(last.validation?.accuracy).toBeGreaterThan(0.85);
    expect(reports.filter(({ done }) => done)).toHaveLength(1);
    expect(last.history.step).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(last.history.loss[0]).toBe(reports[0].loss);
    expect(last.history.validation.step).toEqual(Array.from({ length: 15 }, (_, index) => 4 * (index + 1)));
    expect(last.history.validation.accuracy[14]).toBe(last.validation?.accuracy);
    expect(reports[0].history.loss).toHaveLength(1);
    expect(model.training).toBe(false);
    expect(await evaluate(model, held)).toEqual(last.validation);
    model.dispose();
  });

  it("the same seed gives the same curve, another seed another", async () => {
    const curves: (readonly number[])[] = [];
    for (const seed of [5, 5, 6]) {
      const model = createModel();
      const reports = await collect(model, { epochs: 3, seed });
      curves.push(reports[reports.length - 1].history.loss);
      model.dispose();
    }
    expect(curves[0]).toEqual(curves[1]);
    expect(curves[0]).not.toEqual(curves[2]);
  });

  it("does what a loop by hand does", async () => {
    const [model, byHand] = [createModel(0), createModel(0)];
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    for await (const { history } of fit(model, examples, { epochs: 1, batchSize: 60, optimizer })) {
      expect(history.step).toEqual([1]);
    }
    tf.tidy(() => {
      const logits = () => byHand.forward(tf.tensor2d(examples.inputs.map((input) => [...input])));
      const labels = tf.oneHot(tf.tensor1d(examples.targets, "int32"), 3);
      const { grads } = tf.variableGrads(() => tf.losses.softmaxCrossEntropy(labels, logits()).asScalar());
      for (const variable of byHand.parameters())
        variable.assign(tf.sub(variable, tf.mul(0.1, grads[variable.name])));
    });
    const weights = [model, byHand].map((m) => m.parameters().map((parameter) => parameter.arraySync()));
    expectClose(weights[0], weights[1], 1e-5);
    for (const module of [model, byHand]) module.dispose();
    optimizer.dispose();
  });

  it("reports the first step, and then at least ten times a second by the given clock", async () => {
    const model = createModel();
    let now = 0;
    const times: number[] = [];
    const clock = () => (now += 7);
    for await (const { step } of fit(model, examples, { epochs: 4, batchSize: 2, clock })) {
      if (times.length === 0) expect(step).toBe(1);
      times.push(now);
    }
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(100);
    expect(times.length).toBeLessThan(60); // of 120 steps: not each is told
    model.dispose();
  });

  it("follows the schedule and clips, and reports the length before clipping", async () => {
    const model = createModel(0);
    const before = model.parameters().map((parameter) => [...parameter.dataSync()]);
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const options = { epochs: 1, batchSize: 30, optimizer, maxGradNorm: 1e-3, schedule: linearSchedule() };
    const [first, last] = await collect(model, { ...options, clock: (() => { let now = 0; return () => (now += 60); })() }); // prettier-ignore
    expect([first.lr, last.lr]).toEqual([1, 0.5]);
    expect(last.gradNorm).toBeGreaterThan(0.1);
    const after = model.parameters().map((parameter) => [...parameter.dataSync()]);
    const moved = Math.hypot(...after.flat().map((value, index) => value - before.flat()[index]));
    expect(moved).toBeGreaterThan(1e-4);
    expect(moved).toBeLessThan(1.6e-3);
    optimizer.dispose();
    model.dispose();
  });

  it("stops when the validation no longer improves, and puts the best weights back", async () => {
    const model = createModel(0);
    const opposite = { inputs: examples.inputs, targets: examples.targets.map((label) => (label + 1) % 3) };
    const reports = await collect(model, {
      epochs: 50,
      lr: 0.05,
      validation: opposite,
      patience: 2,
      restoreBest: true,
    });
    const last = reports[reports.length - 1];
    expect(last.done).toBe(true);
    expect(last.epoch).toBeLessThan(50);
    const losses = last.history.validation.loss;
    expect(losses.length).toBe(losses.indexOf(Math.min(...losses)) + 3);
    expect(last.validation?.loss).toBe(Math.min(...losses));
    expect((await evaluate(model, opposite)).loss).toBeCloseTo(Math.min(...losses), 5);
    model.dispose();
  });

  it("leaves nothing behind when its reader leaves early", async () => {
    const model = createModel();
    for await (const { step } of fit(model, examples, {
      epochs: 100,
      batchSize: 1,
      validation: held,
      restoreBest: true,
    })) {
      if (step > 60) break;
    }
    expect(model.training).toBe(false);
    model.dispose();
  });

  it("ends with the signal's reason, between two steps", async () => {
    const model = createModel();
    const controller = new AbortController();
    const run = async () => {
      for await (const { step } of fit(model, examples, { epochs: 100, signal: controller.signal })) {
        if (step >= 2) controller.abort(new DOMException("The slider moved.", "AbortError"));
      }
    };
    await expect(run()).rejects.toMatchObject({ name: "AbortError", message: "The slider moved." });
    model.dispose();
  });

  it("gives way by scheduler.yield where there is one, and ends with what that throws", async () => {
    const model = createModel();
    let turns = 0;
    const stop = Object.assign(new Error("The run was interrupted."), { name: "AbortError" });
    vi.stubGlobal("scheduler", {
      yield: () => ((turns += 1) > 5 ? Promise.reject(stop) : Promise.resolve()),
    });
    await expect(collect(model, { epochs: 100 })).rejects.toBe(stop);
    expect(turns).toBe(6);
    model.dispose();
  });

  it("lets a timer run between steps without scheduler.yield", async () => {
    const model = createModel();
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 0);
    await collect(model, { epochs: 60, batchSize: 2 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
    model.dispose();
  });

  it("ends with an error at the step whose loss is no number, the weights still finite", async () => {
    const model = createModel(0);
    const steep = new SGD(model.parameters(), { lr: 1e30 });
    await expect(collect(model, { optimizer: steep })).rejects.toMatchObject({
      name: "LearnerError",
      code: "not-finite",
      message: expect.stringMatching(
        /fit: At step [2-9] \(epoch [12].*learning rate 1e\+30.*maxGradNorm/,
      ) as string,
    });
    expect(model.parameters().every((parameter) => parameter.dataSync().every(Number.isFinite))).toBe(true);
    const bad = { inputs: [[NaN, 0, 0, 0, 0, 0]], targets: [0] };
    await expect(fit(model, bad).next()).rejects.toThrow(/At step 1.*first step, so look for NaN/);
    steep.dispose();
    model.dispose();
  });

  it("learns numbers with mse as well, and then reports no accuracy", async () => {
    const line = new Linear(1, 1, { seed: 1 });
    const inputs = Array.from({ length: 40 }, (_, index) => [index / 40]);
    const points = { inputs, targets: inputs.map(([x]) => [3 * x - 1]) };
    const optimizer = new SGD(line.parameters(), { lr: 0.3, momentum: 0.9 });
    for await (const progress of fit(line, points, {
      epochs: 120,
      loss: mse,
      optimizer,
      validation: points,
    })) {
      if (progress.done) expect(Object.keys(progress.validation ?? {})).toEqual(["loss"]);
    }
    expectClose([line.weight.dataSync()[0], line.bias?.dataSync()[0]], [3, -1], 0.02);
    optimizer.dispose();
    line.dispose();
  });

  it("measures accuracy on one-hot targets too", async () => {
    const model = createModel();
    const hot = {
      inputs: held.inputs,
      targets: held.targets.map((label) => [0, 1, 2].map((c) => (c === label ? 1 : 0))),
    };
    expect((await evaluate(model, hot)).accuracy).toBe((await evaluate(model, held)).accuracy);
    expect((await evaluate(model, hot, { loss: mse })).loss).toBeGreaterThan(0);
    model.dispose();
  });

  it("predict gives logits, probabilities and labels in the order of the inputs, whatever the batches", async () => {
    const model = createModel();
    const [whole, pieces] = [
      await predict(model, held.inputs),
      await predict(model, held.inputs, { batchSize: 7 }),
    ];
    expectClose(pieces.logits, whole.logits, 1e-5);
    expect(pieces.labels).toEqual(whole.labels);
    whole.probabilities.forEach((row, index) => {
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(row.indexOf(Math.max(...row))).toBe(whole.labels[index]);
    });
    expect(model.training).toBe(true);
    model.dispose();
  });

  it("says what is wrong with the examples and the options", async () => {
    const model = createModel();
    const optimizer = new SGD(model.parameters());
    const first = (given: typeof examples, options?: Options) => fit(model, given, options).next();
    await expect(first({ inputs: [], targets: [] })).rejects.toThrow(/fit: `inputs` is empty/);
    await expect(first({ inputs: examples.inputs, targets: [0] })).rejects.toThrow(
      /`inputs` 60, `targets` 1/,
    );
    await expect(first(examples, { epochs: 0 })).rejects.toThrow(/`epochs` is 0/);
    await expect(first(examples, { batchSize: 1.5 })).rejects.toThrow(/`batchSize` is 1\.5/);
    await expect(first(examples, { lr: 0.1, optimizer })).rejects.toThrow(/Both `lr` and `optimizer`/);
    await expect(first(examples, { patience: 2 })).rejects.toThrow(/without `validation`/);
    await expect(first(examples, { maxGradNorm: 0 })).rejects.toThrow(/`maxGradNorm` is 0/);
    const ragged = { inputs: [new Float32Array(6), new Float32Array(5)], targets: [0, 1] };
    await expect(first(ragged)).rejects.toThrow(/Vector \d has [56] numbers.*same vocabulary/);
    await expect(first({ inputs: examples.inputs, targets: examples.targets.map(() => 3) })).rejects.toThrow(
      /is 3\. With logits for 3/,
    );
    await expect(predict(model, [])).rejects.toThrow(/predict: `inputs` is empty/);
    await expect(evaluate(model, { inputs: [], targets: [] })).rejects.toThrow(/evaluate: `inputs` is empty/);
    await expect(predict(model, [[1, 2]])).rejects.toThrow(/linear: `input` has the shape \[1, 2\]/);
    optimizer.dispose();
    model.dispose();
  });
});
