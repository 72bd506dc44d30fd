/** Sums, differences, products and quotients, broadcast. TensorFlow.js's own take longer to begin than most take to compute. */
import * as tf from "@tensorflow/tfjs";
import { ARITHMETIC, sizeOf, type Address, type Native } from "../native.ts";
import { loopsThrough, type Loops } from "./loops.ts";
import { isFloat, type Inputs } from "./register.ts";

export const add = arithmetic(ARITHMETIC.add);
export const subtract = arithmetic(ARITHMETIC.subtract);
export const multiply = arithmetic(ARITHMETIC.multiply);
export const realDiv = arithmetic(ARITHMETIC.divide);

function arithmetic(which: number) {
  return (native: Native, { a, b }: Inputs): tf.TensorInfo | undefined => {
    if (!isFloat(a, b)) return undefined;
    const isScalar = b.shape.length === 0;
    if (isScalar || tf.util.arraysEqual(a.shape, b.shape)) {
      // Most arithmetic is this. What follows would find the same, and take as long as the arithmetic.
      const output = native.output(a.shape);
      const [from, other, to] = [a, b, output].map((tensor) => native.address(tensor));
      native.run.arithmetic(which, from, other, to, 1, sizeOf(a.shape), 0, 1, 0, isScalar ? 0 : 1);
      return output;
    }
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const output = native.output(shape);
    if (sizeOf(shape) === 0) return output;
    const loops = loopsThrough(shape, [stridesIn(shape, a.shape), stridesIn(shape, b.shape)]);
    broadcast(
      native,
      which,
      loops,
      [a, b, output].map((tensor) => native.address(tensor)),
    );
    return output;
  };
}

/** The strides of a tensor seen as one of `shape`: 0 in a dimension that it lacks, or in which it has one number. */
function stridesIn(shape: readonly number[], own: readonly number[]): number[] {
  const strides = tf.util.computeStrides([...own, 1]);
  const missing = shape.length - own.length;
  return shape.map((_, dimension) =>
    dimension < missing || own[dimension - missing] === 1 ? 0 : strides[dimension - missing],
  );
}

/** The module goes through the last two loops. More are rare. */
function broadcast(
  native: Native,
  which: number,
  { sizes, steps }: Loops,
  [from, other, to]: readonly Address[],
): void {
  const outer = Math.max(0, sizes.length - 2);
  const [rows, n] = lastTwo(sizes, 1);
  const [[aRow, aStep], [bRow, bStep]] = steps.map((own) => lastTwo(own, 0));
  let y = to;
  const enter = (loop: number, a: Address, b: Address): void => {
    if (loop === outer) {
      native.run.arithmetic(which, a, b, y, rows, n, aRow, aStep, bRow, bStep);
      y += rows * n * 4;
      return;
    }
    for (let i = 0; i < sizes[loop]; i++)
      enter(loop + 1, a + i * steps[0][loop] * 4, b + i * steps[1][loop] * 4);
  };
  enter(0, from, other);
}

function lastTwo(values: readonly number[], missing: number): readonly number[] {
  return [missing, missing, ...values].slice(-2);
}
