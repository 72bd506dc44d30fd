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
  const run = (calls: Calls) =>
    native.run.gemm(
      calls.count ?? 1,
      calls.stepA ?? 0,
      calls.stepB ?? 0,
      m * n,
      Number(transposeA),
      Number(transposeB),
      calls.rows ?? m,
      n,
      k,
      native.address(a) + (calls.a ?? 0) * 4,
      columnsOfA,
      native.address(b) + (calls.b ?? 0) * 4,
      columnsOfB,
      native.address(output) + (calls.c ?? 0) * 4,
      n,
      native.maybeAddress(bias),
      relu ? RELU : 0,
    );
  const [count, countA, countB] = [batch, batchA, batchB].map(sizeOf);
  if (!transposeA && countB === 1 && countA === count) {
    // All of A's matrices are multiplied by the same B: one tall product.
    run({ rows: count * m });
  } else if ([countA, countB].every((own) => own === count || own === 1)) {
    run({ count, stepA: countA === 1 ? 0 : m * k, stepB: countB === 1 ? 0 : k * n });
  } else {
    const [placesA, placesB] = [placesOf(batchA, batch), placesOf(batchB, batch)];
    for (let index = 0; index < count; index++)
      run({ a: placesA(index) * m * k, b: placesB(index) * k * n, c: index * m * n });
  }
  return output;
}

/** Which products one call computes. */
interface Calls {
  /** Default 1. */
  readonly count?: number;
  /** From one product's operand to the next one's, in numbers. Default 0. */
  readonly stepA?: number;
  readonly stepB?: number;
  /** Default: those of A. */
  readonly rows?: number;
  /** Where the operands and the result of the first begin, in numbers. Default 0. */
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
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
