import * as tf from "@tensorflow/tfjs";
import { CRF, viterbi, type TransitionConstraints } from "gongbu/nn";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../kernels/nlp/random.ts";
import { expectClose, onEveryBackend } from "../backends.ts";
import { expectTrueGradients, randomTensor } from "./finite-differences.ts";

interface Chain {
  readonly emissions: readonly (readonly number[])[];
  readonly transitions: readonly (readonly number[])[];
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly constraints?: TransitionConstraints;
}

/** Every sequence of labels with its score, by counting through all of them. */
function enumerate({
  emissions,
  transitions,
  start,
  end,
  constraints,
}: Chain): { path: number[]; score: number }[] {
  const labels = emissions[0].length;
  return Array.from({ length: labels ** emissions.length }, (_, code) => {
    const path = emissions.map((_, step) => Math.floor(code / labels ** step) % labels);
    const allowed =
      (constraints?.start?.[path[0]] ?? true) &&
      (constraints?.end?.[path[path.length - 1]] ?? true) &&
      path.every((label, step) => step === 0 || (constraints?.transitions[path[step - 1]][label] ?? true));
    const score = path.reduce(
      (sum, label, step) =>
        sum + emissions[step][label] + (step > 0 ? transitions[path[step - 1]][label] : 0),
      start[path[0]] + end[path[path.length - 1]],
    );
    return { path, score: allowed ? score : -Infinity };
  });
}

const logSum = (scores: number[]) => {
  const top = Math.max(...scores);
  return top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0));
};

function scoresOf(crf: CRF): Pick<Chain, "transitions" | "start" | "end"> {
  return {
    transitions: crf.transitions.arraySync() as number[][],
    start: crf.startTransitions.arraySync() as number[],
    end: crf.endTransitions.arraySync() as number[],
  };
}

/** B I O, and that I may only stand after B or I. */
const BIO: TransitionConstraints = {
  transitions: [
    [true, true, true],
    [true, true, true],
    [true, false, true],
  ],
  start: [true, false, true],
};

/** A CRF whose scores are large enough to matter. */
function makeCRF(options: ConstructorParameters<typeof CRF>[1] = {}): CRF {
  const crf = new CRF(3, { seed: 4, ...options });
  tf.tidy(() =>
    crf.parameters().forEach((parameter, index) => parameter.assign(randomTensor(parameter.shape, index))),
  );
  return crf;
}

describe("viterbi", () => {
  it("keeps a label when a change costs more than it gains", () => {
    const scores = { transitions: [[0, -1], [0, 0]] }; // prettier-ignore
    expect(viterbi([[1, 0], [0, 0.5]], scores)).toEqual({ labels: [0, 0], score: 1 }); // prettier-ignore
    expect(viterbi([[1, 0], [0, 2]], scores)).toEqual({ labels: [0, 1], score: 2 }); // prettier-ignore
  });

  it("finds the best of all sequences, with and without constraints", () => {
    const random = createRandom(1);
    const draw = (...shape: number[]): number[][] =>
      Array.from({ length: shape[0] }, () => Array.from({ length: shape[1] }, () => random.normal()));
    for (let round = 0; round < 20; round++) {
      const chain = {
        emissions: draw(1 + (round % 5), 3),
        transitions: draw(3, 3),
        start: draw(1, 3)[0],
        end: draw(1, 3)[0],
        constraints: round % 2 === 0 ? BIO : undefined,
      };
      const best = enumerate(chain).reduce((a, b) => (b.score > a.score ? b : a));
      const found = viterbi(chain.emissions, chain);
      expect(found.labels).toEqual(best.path);
      expect(found.score).toBeCloseTo(best.score, 6);
    }
  });

  it("says with a score of minus infinity that the constraints allow nothing", () => {
    const nothing = { constraints: { transitions: [[true]], start: [false] } };
    expect(viterbi([[1]], nothing).score).toBe(-Infinity);
  });

  it("refuses emptiness and sizes that do not match", () => {
    expect(() => viterbi([])).toThrow(/viterbi: `emissions` is empty/);
    expect(() => viterbi([[1, 2]], { start: [0] })).toThrow(/scores 2 labels, `start` has the length 1/);
    expect(() => viterbi([[1, 2]], { constraints: { transitions: [[true]] } })).toThrow(
      /`constraints\.transitions`/,
    );
  });
});

onEveryBackend("CRF", () => {
  const emissions = [[0.3, -1, 2], [1, 0.5, -0.5], [0, 0, 1.5], [-2, 1, 0.2]]; // prettier-ignore
  const batch = [emissions, emissions.toReversed()];
  const lengths = [4, 2];
  const paddingMask = [[0, 0, 0, 0], [0, 0, 1, 1]]; // prettier-ignore
  const labels = [[0, 1, 2, 2], [2, 0, -100, -100]]; // prettier-ignore

  for (const constraints of [undefined, BIO]) {
    const kind = constraints ? "with constraints" : "free";

    it(`the loss is −log of the sequence's share among all sequences, ${kind}`, () => {
      const crf = makeCRF({ constraints });
      const expected = batch.map((rows, example) => {
        const all = enumerate({ emissions: rows.slice(0, lengths[example]), ...scoresOf(crf), constraints });
        const path = labels[example].filter((label) => label >= 0).join();
        const own = all.find((candidate) => candidate.path.join() === path)!;
        return logSum(all.map(({ score }) => score)) - own.score;
      });
      tf.tidy(() => {
        const input = tf.tensor3d(batch);
        expectClose(crf.forward(input, labels, { reduction: "none" }).arraySync(), expected);
        expectClose(crf.forward(input, labels).arraySync(), (expected[0] + expected[1]) / 2);
        expectClose(crf.forward(input, labels, { reduction: "sum" }).arraySync(), expected[0] + expected[1]);
      });
      crf.dispose();
    });

    it(`the marginals are the shares of the sequences that pass through a label, ${kind}`, () => {
      const crf = makeCRF({ constraints });
      const expected = batch.map((rows, example) => {
        const all = enumerate({ emissions: rows.slice(0, lengths[example]), ...scoresOf(crf), constraints });
        const total = logSum(all.map(({ score }) => score));
        return rows.map((_, step) =>
          [0, 1, 2].map((label) =>
            step >= lengths[example]
              ? 0
              : all.reduce(
                  (sum, { path, score }) => sum + (path[step] === label ? Math.exp(score - total) : 0),
                  0,
                ),
          ),
        );
      });
      tf.tidy(() => expectClose(crf.marginals(tf.tensor3d(batch), { paddingMask }).arraySync(), expected));
      crf.dispose();
    });

    it(`decode finds the best of all sequences, ${kind}`, () => {
      const crf = makeCRF({ constraints });
      const expected = batch.map((rows, example) => {
        const all = enumerate({ emissions: rows.slice(0, lengths[example]), ...scoresOf(crf), constraints });
        return all.reduce((a, b) => (b.score > a.score ? b : a)).path;
      });
      expect(tf.tidy(() => crf.decode(tf.tensor3d(batch), { paddingMask }))).toEqual(expected);
      crf.dispose();
    });

    it(`the gradients by emissions and scores are true, ${kind}`, () => {
      const crf = makeCRF({ constraints });
      const input = tf.tidy(() => tf.variable(tf.tensor3d(batch)));
      expectTrueGradients(() => crf.forward(input, labels), [input, ...crf.parameters()]);
      expectTrueGradients(() => tf.sum(crf.forward(input, labels, { reduction: "none" })), [input]);
      input.dispose();
      crf.dispose();
    });
  }

  it("steps without a label are skipped as if they were not there, also in the middle", () => {
    const crf = makeCRF();
    tf.tidy(() => {
      const holes = crf.forward(tf.tensor3d([emissions]), [[0, -100, 2, -100]]);
      const closed = crf.forward(tf.tensor3d([[emissions[0], emissions[2]]]), [[0, 2]]);
      expectClose(holes.arraySync(), closed.arraySync());
      const mask = { paddingMask: [[0, 1, 0, 1]] };
      const both = tf.tensor3d([emissions]);
      expectClose(crf.forward(both, [[0, 1, 2, 2]], mask).arraySync(), closed.arraySync());
      const short = tf.tensor3d([[emissions[0], emissions[2]]]);
      expect(crf.decode(both, mask)).toEqual(crf.decode(short));
      const [first, second] = (crf.marginals(short).arraySync() as number[][][])[0];
      expectClose(crf.marginals(both, mask).arraySync(), [first, [0, 0, 0], second, [0, 0, 0]]);
    });
    crf.dispose();
  });

  it("an example without a label costs nothing, has no path and no marginals, and no NaN", () => {
    const crf = makeCRF();
    const input = tf.tidy(() => tf.variable(tf.tensor3d(batch)));
    const half = [labels[0], [-100, -100, -100, -100]];
    tf.tidy(() => {
      const losses = crf.forward(input, half, { reduction: "none" }).arraySync() as number[];
      expect(losses[1]).toBe(0);
      expectClose(crf.forward(input, half).arraySync(), losses[0]);
      expect(crf.decode(input, { paddingMask: [[0, 0, 0, 0], [1, 1, 1, 1]] })[1]).toEqual([]); // prettier-ignore
      const nothing = crf.marginals(input, { paddingMask: [[1, 1, 1, 1], [1, 1, 1, 1]] }); // prettier-ignore
      expectClose(nothing.arraySync(), Array(24).fill(0));
    });
    expectTrueGradients(() => crf.forward(input, half), [input]);
    expect(() => crf.forward(input, [half[1], half[1]])).toThrow(/No step of the 2 examples counts/);
    input.dispose();
    crf.dispose();
  });

  it("stays finite for emissions of ten thousand, and for a single step", () => {
    const crf = makeCRF();
    const input = tf.tidy(() => tf.variable(tf.tensor3d([[[1e4, -1e4, 0], [-1e4, 1e4, 0]]]))); // prettier-ignore
    tf.tidy(() => {
      const loss = (path: number[][]) => crf.forward(input, path).dataSync()[0];
      expect(loss([[0, 1]])).toBeLessThan(0.01);
      expect(loss([[1, 0]])).toBeCloseTo(4e4, -1);
      const gradient = tf.grad((x) => crf.forward(x, [[1, 0]]))(input);
      expectClose(gradient.arraySync(), [1, -1, 0, -1, 1, 0]);
    });
    expect(tf.tidy(() => crf.forward(tf.zeros([1, 1, 3]), [[2]]).dataSync()[0])).toBeGreaterThan(0);
    input.dispose();
    crf.dispose();
  });

  it("constraints given to decode hold for that call alone", () => {
    const crf = new CRF(3, { seed: 1 });
    tf.tidy(() => {
      const likesI = tf.tensor3d([[[0, 9, 0], [0, 9, 0]]]); // prettier-ignore
      expect(crf.decode(likesI)).toEqual([[1, 1]]);
      expect(crf.decode(likesI, { constraints: BIO })).toEqual([[0, 1]]);
    });
    crf.dispose();
  });

  it("has pytorch-crf's names and first numbers", () => {
    const crf = new CRF(3, { seed: 1 });
    expect(crf.namedParameters().map(([name, { shape }]) => `${name} ${shape.join("×")}`)).toEqual([
      "start_transitions 3",
      "end_transitions 3",
      "transitions 3×3",
    ]);
    const values = crf.parameters().flatMap((parameter) => [...parameter.dataSync()]);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.1);
    crf.dispose();
  });

  it("wrong shapes, unknown labels and forbidden sequences are told with their place", () => {
    const crf = makeCRF({ constraints: BIO });
    const run = (path: number[][]) => tf.tidy(() => crf.forward(tf.zeros([1, 2, 3]), path));
    expect(() => run([[0, 3]])).toThrow(/CRF: The label of example 0 at step 1 is 3\..*0 to 2/);
    expect(() => run([[0]])).toThrow(/`labels` has the shape \[1, 1\]\..*must be \[1, 2\]/);
    expect(() => run([[2, 1]])).toThrow(/Example 0 goes from 2 to 1 at step 1\..*probability 0/);
    expect(() => run([[1, 1]])).toThrow(/goes from start to 1 at step 0/);
    expect(() => tf.tidy(() => crf.decode(tf.zeros([1, 2, 4])))).toThrow(/\[batch, time, 3\]/);
    expect(() => new CRF(2, { constraints: BIO })).toThrow(/`constraints\.start` has the length 3.*2 labels/);
    expect(() => new CRF(0)).toThrow(/CRF: `labels` is 0/);
    crf.dispose();
  });
});
