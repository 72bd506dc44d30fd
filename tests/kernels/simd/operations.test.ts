/** Every kernel that takes the place of one of TensorFlow.js's, beside the plain cpu backend. */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { maybeNative, type Native } from "../../../kernels/simd/native.ts";
import {
  computeOn,
  expectNumbers,
  expectSame,
  ids,
  numbers,
  startNativeBackend,
  type Computation,
} from "./native-backend.ts";

beforeAll(() => startNativeBackend());

/** Shapes of one to six dimensions, with tails of 1 to 9 and now and then a dimension of 0. */
const shape = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) },
      { weight: 1, arbitrary: fc.constant(0) },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .filter((sizes) => sizes.reduce((product, size) => product * size, 1) <= 3000);

const SPECIAL = [
  0,
  -0,
  1e-40,
  -1e-40,
  1e-30,
  0.3,
  -0.7,
  1,
  -1,
  5,
  -5,
  20,
  -20,
  88,
  89,
  -87,
  -88,
  -104,
  3e38,
  -3e38,
  Infinity,
  -Infinity,
  NaN,
];

describe("functions of single numbers", () => {
  const functions: Record<string, Computation> = {
    exp: (x) => tf.exp(x),
    tanh: (x) => tf.tanh(x),
    erf: (x) => tf.erf(x),
    relu: (x) => tf.relu(x),
    "log of a positive number": (x) => tf.log(tf.add(tf.abs(x), 1e-3)),
  };

  it.each(Object.entries(functions))("%s, and its gradient, at any length", async (_, compute) => {
    for (const length of [0, 1, 2, 3, 4, 5, 9, 64, 1001]) {
      await expectSame({
        compute,
        inputs: [{ ...numbers([length]), values: numbers([length]).values.map((x) => x * 6) }],
      });
    }
  });

  it.each(Object.entries({ exp: Math.exp, tanh: Math.tanh, log: Math.log }))(
    "%s of infinities, NaN, zeros and numbers out of range",
    async (name, exact) => {
      const values = Float32Array.from([...SPECIAL, ...SPECIAL]);
      const [given] = await computeOn("wasm", {
        compute: (x) => ({ exp: tf.exp, tanh: tf.tanh, log: tf.log })[name]!(x),
        inputs: [{ values, shape: [values.length] }],
        gradients: false,
      });
      // What is smaller than any normal float may come out as 0.
      const wanted = values
        .map((x) => exact(x))
        .map((y) => (Math.abs(y) < 1.2e-38 && name === "exp" ? 0 : y));
      given.values.forEach((value, index) => {
        const close =
          Object.is(value, wanted[index]) ||
          Math.abs(value - wanted[index]) <= 1e-6 * Math.abs(wanted[index]);
        expect(
          close || Math.abs(value - wanted[index]) < 1.3e-38,
          `${name}(${values[index]}) = ${value}`,
        ).toBe(true);
      });
    },
  );
});

describe("arithmetic", () => {
  const operations: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    div: tf.div,
  };

  it.each(Object.entries(operations))("%s of any two shapes that go together", async (name, compute) => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(63), fc.nat(63), fc.nat(6), fc.boolean(), async (...drawn) => {
        const [sizes, ones, otherOnes, dropped, exchanged] = drawn;
        const a = sizes.map((size, axis) => ((ones >> axis) & 1 ? 1 : size));
        const b = sizes.map((size, axis) => ((otherOnes >> axis) & 1 ? 1 : size)).slice(dropped);
        const shapes = exchanged ? [b, a] : [a, b];
        await expectSame({
          compute: (a, b) => compute(a, name === "div" ? tf.add(tf.abs(b), 0.5) : b),
          inputs: shapes.map((shape, index) => numbers(shape, index + 1)),
          // TensorFlow.js cannot sum over nothing to the shape of what was broadcast.
          gradients: !sizes.includes(0),
        });
      }),
      { seed: 22, numRuns: 60 },
    );
  });

  it("computes each number as JavaScript does, at any length: infinities, NaN, denormals and zeros of both signs", async () => {
    const exact = {
      add: (x: number, y: number) => x + y,
      sub: (x: number, y: number) => x - y,
      mul: (x: number, y: number) => x * y,
      div: (x: number, y: number) => x / y,
    };
    const pairs = SPECIAL.flatMap((x) => SPECIAL.map((y) => [x, y]));
    await tf.setBackend("wasm");
    for (const [name, of] of Object.entries(exact)) {
      for (const length of [1, 2, 3, 4, 5, 9, pairs.length]) {
        const some = pairs.slice(pairs.length - length);
        const [x, y] = [0, 1].map((side) => Float32Array.from(some, (pair) => pair[side]));
        const found = tf.tidy(() => operations[name](tf.tensor1d(x), tf.tensor1d(y)).dataSync());
        expect([...found]).toEqual(Array.from(x, (value, index) => Math.fround(of(value, y[index]))));
      }
    }
  });

  it("is done by the native code, and so is putting parts side by side", async () => {
    await tf.setBackend("wasm");
    const native = maybeNative() as { run: Native["run"] };
    const { run } = native;
    const [arithmetic, copyRows] = [vi.fn(run.arithmetic), vi.fn(run.copyRows)];
    native.run = { ...run, arithmetic, copyRows };
    try {
      tf.tidy(() => {
        const [a, b] = [tf.ones([2, 3]), tf.ones([3])];
        for (const compute of Object.values(operations)) compute(a, b);
        expect(arithmetic.mock.calls.map(([which]) => which)).toEqual([0, 1, 2, 3]);
        tf.concat([a, a], 1);
        tf.stack([a, a]);
        expect(copyRows).toHaveBeenCalledTimes(4);
      });
    } finally {
      native.run = run;
    }
  });

  it("leaves whole numbers whole", async () => {
    for (const compute of Object.values(operations)) {
      await expectSame({
        compute: (a, b) => compute(a, tf.add(b, tf.scalar(1, "int32"))),
        inputs: [ids([3, 1, 5], { below: 9 }), ids([4, 1], { below: 9, seed: 2 })],
      });
    }
  });

  it("says which shapes do not go together", async () => {
    await tf.setBackend("wasm");
    tf.tidy(() => {
      expect(() => tf.add(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(/broadcast.*2,3 and 2,4/);
    });
  });
});

describe("reductions", () => {
  const functions: Record<string, (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor> = {
    sum: (x, axes, keep) => tf.sum(x, axes, keep),
    mean: (x, axes, keep) => tf.mean(x, axes, keep),
    max: (x, axes, keep) => tf.max(x, axes, keep),
    min: (x, axes, keep) => tf.min(x, axes, keep),
  };

  it.each(Object.entries(functions))("%s along any dimensions", async (name, reduce) => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(63), fc.boolean(), async (sizes, chosen, keep) => {
        const axes = sizes.map((_, axis) => axis).filter((axis) => (chosen >> axis) & 1);
        // The largest of no numbers is a different one on each backend.
        if (axes.length === 0 || (/max|min/.test(name) && axes.some((axis) => sizes[axis] === 0))) return;
        await expectSame({
          compute: (x) => reduce(x, axes, keep),
          inputs: [numbers(sizes)],
          gradients: !sizes.includes(0),
        });
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it("of no numbers are 0, along neighbouring dimensions and others", async () => {
    await tf.setBackend("wasm");
    for (const axes of [[3], [0, 3], [1, 3], [0, 2, 3]]) {
      for (const reduce of [functions.sum, functions.mean]) {
        const found = tf.tidy(() => {
          tf.dispose([7, 7, 7, 14, 14, 2, 2].map((size) => tf.fill([size], NaN)));
          return Array.from(reduce(tf.zeros([1, 2, 7, 0]), axes, false).dataSync());
        });
        expect(found.length).toBeGreaterThan(0);
        expect(found.every((value) => value === 0)).toBe(true);
      }
    }
  });

  it("carry NaN and infinities", async () => {
    const x = numbers([3, 9]);
    x.values[4] = NaN;
    x.values[12] = Infinity;
    x.values[20] = -Infinity;
    for (const reduce of Object.values(functions)) {
      for (const axis of [0, 1])
        await expectSame({ compute: (x) => reduce(x, [axis], false), inputs: [x], gradients: false });
    }
  });

  it("keep their digits over many numbers", async () => {
    await tf.setBackend("wasm");
    const n = 2 ** 20;
    const sum = tf.tidy(() => tf.sum(tf.fill([n], 0.1)).dataSync()[0]);
    expect(Math.abs(sum / (n * Math.fround(0.1)) - 1)).toBeLessThan(1e-5);
  });
});

describe("gather", () => {
  it("takes rows along any dimension, and its gradient puts them back", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 2 }),
        async (sizes, axis, picked) => {
          const place = axis % sizes.length;
          await expectSame({
            compute: (x, rows) => tf.gather(x, rows as tf.Tensor1D, place),
            inputs: [numbers(sizes), ids(picked, { below: sizes[place] })],
            // With no row picked, or along another dimension, TensorFlow.js's gradient fails on every backend or is left to it.
            gradients: !picked.includes(0) && place === 0,
          });
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  it("says which index is out of range", async () => {
    await tf.setBackend("wasm");
    tf.tidy(() => {
      expect(() => tf.gather(tf.zeros([4, 2]), tf.tensor1d([1, 4], "int32"))).toThrow(/index value 4/);
      expect(() => tf.gather(tf.zeros([4, 2]), tf.tensor1d([-1], "int32"))).toThrow(/index value -1/);
    });
  });

  it("adds rows up by segment, also whole numbers, and leaves out what has no segment", async () => {
    await tf.setBackend("wasm");
    tf.tidy(() => {
      const segments = tf.tensor1d([1, 0, 1, -1, 3], "int32");
      const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]);
      const sums = [0, 0, 0, 0, 0, 0].fill(0);
      sums.splice(0, 4, 3, 4, 6, 8);
      expect([...tf.unsortedSegmentSum(x, segments, 3).dataSync()]).toEqual(sums);
      expect([...tf.unsortedSegmentSum(x.toInt(), segments, 3).dataSync()]).toEqual(sums);
    });
  });
});

describe("parts and repetitions", () => {
  const small = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });

  it("slice, reverse and tile of any rank, and their gradients", async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }), async (sizes, chosen) => {
        const begin = sizes.map((size, axis) => chosen[axis] % size);
        const size = sizes.map((whole, axis) => Math.max(1, (whole - begin[axis]) >> (chosen[5 - axis] % 2)));
        const axes = sizes.map((_, axis) => axis).filter((axis) => chosen[axis] % 2 === 1);
        const reps = sizes.map((_, axis) => (sizes.length > 4 ? 1 : 1 + (chosen[axis] % 3)));
        await expectSame({ compute: (x) => tf.slice(x, begin, size), inputs: [numbers(sizes)] });
        await expectSame({ compute: (x) => tf.reverse(x, axes), inputs: [numbers(sizes)] });
        await expectSame({
          compute: (x) => tf.tile(x, reps),
          inputs: [numbers(sizes)],
          gradients: sizes.length < 5,
        });
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it("split and unstack, whose pieces together are the whole", async () => {
    await expectSame({
      compute: (x) =>
        tf.concat(
          tf.split(x, [2, 1, 4], 1).map((part) => part.mul(2)),
          1,
        ),
      inputs: [numbers([3, 7, 5])],
    });
    await expectSame({
      compute: (x) => tf.stack(tf.unstack(x, 1).reverse(), 2),
      inputs: [numbers([3, 4, 5])],
    });
  });

  it("concat and stack along any axis, and their gradients", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(5), fc.nat(3), async (sizes, at, length) => {
        const axis = at % sizes.length;
        const other = sizes.map((size, dimension) => (dimension === axis ? length : size));
        const gradients = !sizes.includes(0) && length > 0;
        await expectSame({
          compute: (a, b) => tf.concat([a, b, a], axis),
          inputs: [numbers(sizes, 1), numbers(other, 2)],
          gradients,
        });
        if (sizes.length === 6) return;
        await expectSame({
          compute: (a, b) => tf.stack([a, b], at % (sizes.length + 1)),
          inputs: [numbers(sizes, 1), numbers(sizes, 2)],
          gradients,
        });
      }),
      { seed: 24, numRuns: 40 },
    );
  });

  it("what does not fit side by side is refused, and nothing is written", async () => {
    await tf.setBackend("wasm");
    tf.tidy(() => {
      const [x, wider, whole] = [tf.ones([2, 3]), tf.ones([2, 4]), tf.ones([2, 3], "int32")];
      expect(() => tf.concat([x, wider], 0)).toThrow(/2,3.*2,4|2,4.*2,3/);
      expect(() => tf.concat([x, tf.ones([3, 3])], 1)).toThrow(/3,3/);
      expect(() => tf.stack([x, wider])).toThrow(/stack: .*2,3 and 2,4/);
      expect(() => tf.stack([x, whole])).toThrow(/stack: .*float32.*int32/);
      expect([...tf.stack([x, x]).shape]).toEqual([2, 2, 3]);
    });
  });

  it("work on whole numbers and on booleans", async () => {
    for (const type of ["int32", "bool"] as const) {
      await expectSame({
        compute: (x) =>
          tf.cast(tf.tile(tf.reverse(tf.slice(tf.cast(x, type), [1, 0], [2, 3]), 1), [2, 2]), "float32"),
        inputs: [ids([3, 4], { below: 2 })],
        gradients: false,
      });
      await expectSame({
        compute: (x) => {
          const part = tf.cast(x, type);
          return tf.cast(tf.concat([part, tf.unstack(tf.stack([part, part], 1), 1)[1]], 1), "float32");
        },
        inputs: [ids([3, 4], { below: 2 })],
        gradients: false,
      });
    }
  });

  it("a clone shares its numbers, and either may be disposed of first", async () => {
    await tf.setBackend("wasm");
    const x = tf.tensor1d([1, 2, 3]);
    const clone = x.clone();
    x.dispose();
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
    clone.dispose();
  });
});

describe("convolutions", () => {
  const odd = fc.integer({ min: 1, max: 3 });

  it("conv2d's gradients, in sizes, strides and paddings of many kinds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          height: fc.integer({ min: 3, max: 7 }),
          width: fc.integer({ min: 3, max: 9 }),
          inputs: fc.integer({ min: 1, max: 6 }),
          outputs: fc.integer({ min: 1, max: 9 }),
          filter: fc.tuple(odd, odd),
          strides: fc.tuple(odd, odd),
          pad: fc.constantFrom("same" as const, "valid" as const),
        }),
        async ({ height, width, inputs, outputs, filter, strides, pad }) => {
          await expectSame({
            compute: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad),
            inputs: [numbers([2, height, width, inputs]), numbers([...filter, inputs, outputs], 2)],
          });
        },
      ),
      { seed: 6, numRuns: 30 },
    );
  });

  it("depthwiseConv2d's gradients, with multipliers and dilations", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          height: fc.integer({ min: 5, max: 8 }),
          width: fc.integer({ min: 5, max: 8 }),
          inputs: fc.integer({ min: 1, max: 6 }),
          multiplier: odd,
          filter: fc.tuple(odd, odd),
          step: fc
            .record({ stride: odd, dilation: odd })
            .filter(({ stride, dilation }) => stride === 1 || dilation === 1),
          pad: fc.constantFrom("same" as const, "valid" as const),
        }),
        async ({ height, width, inputs, multiplier, filter, step, pad }) => {
          if (pad === "valid" && Math.max(...filter) * step.dilation > 5) return;
          await expectSame({
            compute: (x, w) =>
              tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, step.stride, pad, "NHWC", step.dilation),
            inputs: [numbers([2, height, width, inputs]), numbers([...filter, inputs, multiplier], 2)],
            // TensorFlow.js refuses to differentiate dilated ones.
            gradients: step.dilation === 1,
          });
        },
      ),
      { seed: 7, numRuns: 30 },
    );
  });

  it("conv1d's gradients", async () => {
    await expectSame({
      compute: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, "same"),
      inputs: [numbers([2, 11, 5]), numbers([3, 5, 7], 2)],
    });
  });
});

describe("einsum", () => {
  it.each([
    ["ij,jk->ik", [3, 4], [4, 5]],
    ["bij,bjk->bik", [2, 3, 4], [2, 4, 5]],
    ["bhqd,bhkd->bhqk", [2, 3, 4, 5], [2, 3, 6, 5]],
    ["bqhd,bkhd->bhqk", [2, 4, 3, 5], [2, 6, 3, 5]],
    ["bij,jk->bik", [2, 3, 4], [4, 5]],
    ["i,j->ij", [3], [4]],
    ["ij,ij->", [3, 4], [3, 4]],
    ["ijk,k->ji", [3, 4, 5], [5]],
    ["ijl,jk->ik", [3, 4, 2], [4, 5]],
  ])("%s, and its gradients", async (equation, a, b) => {
    await expectSame({
      compute: (a, b) => tf.einsum(equation, a, b),
      inputs: [numbers(a), numbers(b, 2)],
    });
  });

  it.each([
    ["ij->ji", [3, 4]],
    ["ijk->j", [3, 4, 5]],
    ["ij->ij", [3, 4]],
  ])("%s of one tensor", async (equation, a) => {
    await expectSame({ compute: (a) => tf.einsum(equation, a), inputs: [numbers(a)] });
  });
});

it("the gradient of cumsum keeps the shape along any axis", async () => {
  await tf.setBackend("wasm");
  tf.tidy(() => {
    const gradient = tf.grad((x: tf.Tensor) => tf.cumsum(x, 0))(tf.zeros([3, 2, 4]));
    expect(gradient.shape).toEqual([3, 2, 4]);
    expectNumbers(
      gradient.dataSync(),
      [3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1],
      {
        what: "gradient",
        tolerance: 1e-6,
      },
    );
  });
});

it.each([
  ["sum", [0], [3], [1, 2, 3, 1, 2, 3]],
  ["sum", [-1], [2], [1, 1, 1, 2, 2, 2]],
  ["sum", undefined, [], [1, 1, 1, 1, 1, 1]],
  ["mean", [0], [3], [0.5, 1, 1.5, 0.5, 1, 1.5]],
  ["mean", [1], [2], [1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3]],
  ["mean", undefined, [], [1 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6]],
] as const)(
  "the gradient of %s over %j reaches all that it was taken over",
  async (name, axis, shape, expected) => {
    for (const backend of ["cpu", "wasm"]) {
      await tf.setBackend(backend);
      for (const keepDims of [false, true]) {
        const values = tf.tidy(() => {
          const reduce = (x: tf.Tensor) => tf[name](x, axis && [...axis], keepDims);
          const x = tf.tensor([5, 1, 4, 2, 8, 6], [2, 3]);
          const size = shape[0] ?? 1;
          const dy = tf.reshape(tf.range(1, size + 1), reduce(x).shape);
          return Array.from(tf.grad(reduce)(x, dy).dataSync());
        });
        values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
        expect(values).toHaveLength(6);
      }
    }
  },
);

it("the gradient of a mean over nothing is nothing", async () => {
  await tf.setBackend("wasm");
  const shapes = tf.tidy(() =>
    [0, 1].map((axis) => tf.grad((x) => tf.mean(x, axis))(tf.zeros([0, 3])).shape),
  );
  expect(shapes).toEqual([
    [0, 3],
    [0, 3],
  ]);
});
