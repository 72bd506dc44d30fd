import * as tf from "@tensorflow/tfjs";
import {
  Adagrad,
  Adam,
  AdamW,
  clipGradNorm,
  gradientNorm,
  RMSprop,
  SGD,
  valueAndGradients,
  type Optimizer,
} from "gongbu/train";
import { expect, it } from "vitest";
import reference from "../../../reference/optimizers.json";
import { expectClose, onEveryBackend } from "../backends.ts";

interface Trajectory {
  optimizer: string;
  start: number[];
  scale: number[];
  trajectory: number[][];
}
type Clip = Trajectory & { norm: number; gradient: number[] };
const cases = reference as unknown as (Trajectory & Partial<Clip>)[];

const byName: Record<string, (parameters: tf.Variable[]) => Optimizer> = {
  "SGD lr=.1": (p) => new SGD(p, { lr: 0.1 }),
  "SGD lr=.05 momentum=.9": (p) => new SGD(p, { lr: 0.05, momentum: 0.9 }),
  "SGD lr=.05 momentum=.9 nesterov": (p) => new SGD(p, { lr: 0.05, momentum: 0.9, nesterov: true }),
  "Adam lr=.1": (p) => new Adam(p, { lr: 0.1 }),
  "Adam lr=.1 beta2=.98 eps=1e-9": (p) => new Adam(p, { lr: 0.1, betas: [0.9, 0.98], eps: 1e-9 }),
  "AdamW lr=.1 weightDecay=.01": (p) => new AdamW(p, { lr: 0.1, weightDecay: 0.01 }),
  "RMSprop lr=.01": (p) => new RMSprop(p, { lr: 0.01 }),
  "Adagrad lr=.1": (p) => new Adagrad(p, { lr: 0.1 }),
};

function variable(values: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor1d(values)));
}

/** Where a single parameter stands after each of some steps against given gradients. */
function walk(start: number, gradients: number[], make: (parameters: tf.Variable[]) => Optimizer): number[] {
  const parameter = variable([start]);
  const optimizer = make([parameter]);
  const path = gradients.map((gradient) => {
    tf.tidy(() => optimizer.step([tf.tensor1d([gradient])]));
    return parameter.dataSync()[0];
  });
  tf.dispose(parameter);
  optimizer.dispose();
  return path;
}

onEveryBackend("optimisers", () => {
  it("each follows PyTorch's path over six steps", () => {
    const trajectories = cases.filter(({ trajectory }) => trajectory);
    expect(trajectories.map(({ optimizer }) => optimizer)).toEqual(Object.keys(byName));
    for (const { optimizer: name, start, scale, trajectory } of trajectories) {
      const parameter = variable(start);
      const optimizer = byName[name]([parameter]);
      for (const expected of trajectory) {
        tf.tidy(() => {
          const loss = () => tf.mul(0.5, tf.sum(tf.square(tf.mul(parameter, tf.tensor1d(scale)))));
          optimizer.step(valueAndGradients(loss, [parameter]).gradients);
        });
        expectClose([...parameter.dataSync()], expected);
      }
      expect(optimizer.steps).toBe(6);
      optimizer.dispose();
      parameter.dispose();
    }
  });

  it("clipGradNorm gives PyTorch's length and gradient, and leaves short gradients alone", () => {
    const clip = cases.find((entry): entry is Clip => entry.norm !== undefined) as Clip;
    tf.tidy(() => {
      const gradients = [tf.tensor1d(clip.start.map((value, i) => 2 * value * clip.scale[i] ** 2))];
      const clipped = clipGradNorm(gradients, { maxNorm: 1 });
      expectClose(clipped.norm.dataSync()[0], clip.norm);
      expectClose(clipped.gradients[0].arraySync(), clip.gradient);
      const pair = [tf.tensor1d([3]), tf.tensor2d([[4]])];
      expectClose(gradientNorm(pair).dataSync()[0], 5);
      expectClose(clipGradNorm(pair, { maxNorm: 10 }).gradients[1].arraySync(), [[4]]);
    });
  });

  it("options that the reference leaves out follow their formulas, worked by hand", () => {
    // v = 1; v = 0.5·1 + 0.75·2 = 2
    expectClose(
      walk(1, [1, 2], (p) => new SGD(p, { lr: 0.1, momentum: 0.5, dampening: 0.25 })),
      [0.9, 0.7],
    );
    // g = 1 + 0.5·2 = 2; g = 1 + 0.5·1.8 = 1.9
    expectClose(
      walk(2, [1, 1], (p) => new SGD(p, { lr: 0.1, weightDecay: 0.5 })),
      [1.8, 1.61],
    );
    // each step is g / √Σg², at lr and lr / 2
    expectClose(
      walk(1, [2, 2], (p) => new Adagrad(p, { lr: 0.1, lrDecay: 1 })),
      [0.9, 0.9 - 0.05 / Math.SQRT2],
    );
    // α = 0: every step is sign(g), summed up by the momentum: 1, then 1.5
    expectClose(
      walk(1, [3, 7], (p) => new RMSprop(p, { lr: 0.1, alpha: 0, momentum: 0.5 })),
      [0.9, 0.75],
    );
    // Adam's first step is lr · sign(g), whatever decay adds to g
    expectClose(
      walk(1, [0], (p) => new Adam(p, { lr: 0.1, weightDecay: 0.5 })),
      [0.9],
    );
    expectClose(
      walk(2, [0], (p) => new AdamW(p, { lr: 0.1 })),
      [2 * (1 - 0.1 * 0.01)],
    );
  });

  it("steps stay finite for gradients of ten thousand and of nothing", () => {
    for (const make of Object.values(byName)) {
      for (const path of [walk(1, [1e4, -1e4, 1e4], make), walk(1, [0, 0], make)]) {
        expect(path.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it("one step can have a learning rate of its own", () => {
    const parameter = variable([1]);
    const optimizer = new SGD([parameter], { lr: 0.1 });
    tf.tidy(() => optimizer.step([tf.tensor1d([1])], { lr: 0.5 }));
    expect([parameter.dataSync()[0], optimizer.lr]).toEqual([0.5, 0.1]);
    parameter.dispose();
    optimizer.dispose();
  });

  it("wrong gradients and options are told, and change nothing", () => {
    const parameter = variable([1, 2]);
    const optimizer = new Adam([parameter]);
    tf.tidy(() => {
      expect(() => optimizer.step([])).toThrow(/Adam\.step: The lengths are `parameters` 1, `gradients` 0/);
      expect(() => optimizer.step([tf.tensor1d([1])])).toThrow(/`parameter` \[2\], `gradient` \[1\]/);
      expect(() => optimizer.step([tf.tensor1d([1, 1])], { lr: -1 })).toThrow(/`lr` is -1/);
      expect(() => clipGradNorm([tf.tensor1d([1])], { maxNorm: 0 })).toThrow(/clipGradNorm: `maxNorm` is 0/);
    });
    expect(() => gradientNorm([])).toThrow(/gradientNorm: `gradients` is empty/);
    expect(() => new SGD([parameter], { lr: NaN })).toThrow(/SGD: `lr` is NaN/);
    expect(() => new SGD([parameter], { nesterov: true })).toThrow(
      /SGD: `nesterov` is true\..*momentum: 0\.9/,
    );
    expect(() => new AdamW([parameter], { betas: [0.9, 1] })).toThrow(/AdamW: `betas` is 1/);
    expect(() => new RMSprop([parameter], { alpha: 2 })).toThrow(/RMSprop: `alpha` is 2/);
    expect(() => new Adagrad([], {})).toThrow(/Adagrad: `parameters` is empty/);
    expect([optimizer.steps, [...parameter.dataSync()]]).toEqual([0, [1, 2]]);
    parameter.dispose();
    const zeros = tf.zeros([2]);
    expect(() => optimizer.step([zeros])).toThrow(/`parameters\[0\]` has been disposed/);
    zeros.dispose();
    optimizer.dispose();
  });
});

onEveryBackend("valueAndGradients", () => {
  it("gives the loss and its slope by each parameter, zeros where it does not depend on one", () => {
    tf.tidy(() => {
      const [a, b, c] = [2, 3, 5].map((value) => variable([value]));
      const { value, gradients } = valueAndGradients(() => tf.sum(tf.mul(a, tf.square(b))), [a, b, c]);
      expect(value.shape).toEqual([]);
      expect([value, ...gradients].map((tensor) => tensor.dataSync()[0])).toEqual([18, 9, 12, 0]);
      tf.dispose([a, b, c]);
    });
  });

  it("agrees with a difference quotient", () => {
    const at = (x: number) => Math.tanh(x) ** 2 + x;
    tf.tidy(() => {
      const x = tf.scalar(0.3);
      const { gradients } = valueAndGradients(() => tf.add(tf.square(tf.tanh(x)), x), [x]);
      expect(gradients[0].dataSync()[0]).toBeCloseTo((at(0.3001) - at(0.2999)) / 0.0002, 3);
    });
  });

  it("refuses a loss of many numbers, one without a way to the parameters, and no parameters", () => {
    const x = variable([1, 2]);
    expect(() => valueAndGradients(() => tf.square(x), [x])).toThrow(
      /The loss has the shape \[2\].*tf\.mean/,
    );
    expect(() => valueAndGradients(() => tf.scalar(x.dataSync()[0]), [x])).toThrow(
      /depends on none.*dataSync/,
    );
    expect(() => valueAndGradients(() => tf.scalar(1), [])).toThrow(/`parameters` is empty/);
    x.dispose();
    expect(() => valueAndGradients(() => tf.sum(x), [x])).toThrow(/`parameters\[0\]` has been disposed/);
  });
});
