/** Matrix products: `tf.matMul`, `tf.dot`, `tf.layers.dense` and all that is made of them. */
import * as tf from "@tensorflow/tfjs";
import { RELU, sizeOf, type Native } from "../native.ts";
import { activate, addTo } from "./activation.ts";
import { isFloat, type Attributes, type Inputs } from "./register.ts";

export function batchMatMul(native: Native, { a, b }: Inputs, attributes: Attributes) {
  if (!isFloat(a, b)) return undefined;
  return multiply(native, { a, b, ...(attributes as unknown as Transposes) });
}

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

interface FusedAttributes extends Transposes {
  readonly activation: string;
  readonly leakyreluAlpha: number;
}

/** With a bias and an activation. What is not a bias for each column, or not relu, is computed after the product. */
export function fusedMatMul(native: Native, inputs: Inputs, attributes: Attributes) {
  const { a, b, bias, preluActivationWeights: alpha } = inputs;
  const { transposeA, transposeB, activation, leakyreluAlpha } = attributes as unknown as FusedAttributes;
  if (!isFloat(a, b) || (bias && !isFloat(bias))) return undefined;
  const columns = b.shape[transposeB ? b.shape.length - 2 : b.shape.length - 1];
  const simple = bias && sizeOf(bias.shape) === columns && bias.shape[bias.shape.length - 1] === columns;
  const relu = activation === "relu" && (simple || !bias);
  const product = multiply(native, {
    a,
    b,
    transposeA,
    transposeB,
    bias: simple ? bias : undefined,
    relu,
  });
  const sum = bias && !simple ? addTo(native, product, bias) : product;
  return relu ? sum : activate(native, sum, { activation, alpha, leakyreluAlpha });
}

export interface Product extends Transposes {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  /** One number a column. */
  readonly bias?: tf.TensorInfo;
  readonly relu?: boolean;
}

/** A · B over all batch dimensions, which are broadcast against each other. */
export function multiply(native: Native, product: Product): tf.TensorInfo {
  const { a, b, transposeA, transposeB, bias, relu = false } = product;
  const [rowsOfA, columnsOfA] = a.shape.slice(-2);
  const [rowsOfB, columnsOfB] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsOfA, rowsOfA] : [rowsOfA, columnsOfA];
  const [kOfB, n] = transposeB ? [columnsOfB, rowsOfB] : [rowsOfB, columnsOfB];
  if (k !== kOfB) {
    throw new Error(
      `Error in matMul: inner shapes (${k}) and (${kOfB}) of Tensors with shapes ${a.shape} and ${b.shape} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const output = native.output([...batch, m, n]);
  if (sizeOf(output.shape) === 0) return output;
  const run = (times: { count: number; a: number; b: number }, rows: number, at: [number, number, number]) =>
    native.run.gemm(
      times.count,
      times.a,
      times.b,
      m * n,
      Number(transposeA),
      Number(transposeB),
      rows,
      n,
      k,
      native.address(a) + at[0] * 4,
      columnsOfA,
      native.address(b) + at[1] * 4,
      columnsOfB,
      native.address(output) + at[2] * 4,
      n,
      native.maybeAddress(bias),
      relu ? RELU : 0,
    );
  const [count, countA, countB] = [batch, batchA, batchB].map(sizeOf);
  const once = { count: 1, a: 0, b: 0 };
  if (!transposeA && countB === 1 && countA === count) {
    // All of A's matrices are multiplied by the same B: one tall product.
    run(once, count * m, [0, 0, 0]);
  } else if ([countA, countB].every((own) => own === count || own === 1)) {
    run({ count, a: countA === 1 ? 0 : m * k, b: countB === 1 ? 0 : k * n }, m, [0, 0, 0]);
  } else {
    const [placesA, placesB] = [placesOf(batchA, batch), placesOf(batchB, batch)];
    for (let index = 0; index < count; index++)
      run(once, m, [placesA(index) * m * k, placesB(index) * k * n, index * m * n]);
  }
  return output;
}

/** Which of an operand's matrices belongs to a matrix of the result. */
function placesOf(own: readonly number[], whole: readonly number[]): (index: number) => number {
  const padded = [...whole.slice(own.length).map(() => 1), ...own];
  const strides = tf.util.computeStrides([...padded, 1]);
  return (index) => {
    let place = 0;
    let rest = index;
    for (let dimension = whole.length - 1; dimension >= 0; dimension--) {
      const size = whole[dimension];
      if (padded[dimension] !== 1) place += (rest % size) * strides[dimension];
      rest = Math.floor(rest / size);
    }
    return place;
  };
}
