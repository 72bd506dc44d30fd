/**
 * `tf.einsum`, which TensorFlow.js's wasm backend lacks: as one matrix product. Letters are of three kinds: in both operands
 * and in the result (a batch of products), in both and not in the result (summed over by the product), in one alone
 * (rows or columns of the result, or summed before).
 */
import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
import { multiply } from "./mat-mul.ts";
import { isFloat, runKernel, type Attributes, type Inputs } from "./register.ts";

interface Term {
  readonly letters: readonly string[];
  readonly data: tf.TensorInfo;
}

export function einsum(native: Native, inputs: Inputs, attributes: Attributes) {
  const tensors = Object.values(inputs);
  if (!isFloat(...tensors)) return undefined;
  const { equation } = attributes as { equation: string };
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as tf.Tensor[]);
  const [given, result] = equation.replace(/\s/g, "").split("->");
  const made: tf.TensorInfo[] = [];
  const run = (name: string, x: tf.TensorInfo, attributes: Attributes) => {
    const output = runKernel(name, { native, inputs: { x }, attributes });
    made.push(output);
    return output;
  };

  /** Sums out the letters that stand nowhere else. */
  const sumAlone = ({ letters, data }: Term, others: string): Term => {
    const alone = letters.filter((letter) => !others.includes(letter));
    if (alone.length === 0) return { letters, data };
    const axis = alone.map((letter) => letters.indexOf(letter));
    return {
      letters: letters.filter((letter) => !alone.includes(letter)),
      data: run("Sum", data, { axis, keepDims: false }),
    };
  };

  const inOrder = ({ letters, data }: Term, order: readonly string[]): tf.TensorInfo => {
    const perm = order.map((letter) => letters.indexOf(letter));
    return perm.every((place, index) => place === index) ? data : run("Transpose", data, { perm });
  };

  const texts = given.split(",");
  const terms = tensors.map((data, index) =>
    sumAlone(
      { letters: [...texts[index]], data },
      result + texts.filter((_, other) => other !== index).join(""),
    ),
  );
  let output: tf.TensorInfo;
  if (terms.length === 1) {
    output = inOrder(terms[0], [...result]);
  } else {
    const [a, b] = terms;
    const isIn = (letters: readonly string[]) => (letter: string) => letters.includes(letter);
    const batch = a.letters.filter(isIn(b.letters)).filter(isIn([...result]));
    const summed = a.letters.filter(isIn(b.letters)).filter((letter) => !result.includes(letter));
    const rows = a.letters.filter((letter) => !b.letters.includes(letter));
    const columns = b.letters.filter((letter) => !a.letters.includes(letter));
    const sizeOfLetter = new Map(
      terms.flatMap(({ letters, data }) => letters.map((letter, place) => [letter, data.shape[place]])),
    );
    const count = (letters: readonly string[]) => sizeOf(letters.map((letter) => sizeOfLetter.get(letter)!));
    const left = inOrder(a, [...batch, ...rows, ...summed]);
    const right = inOrder(b, [...batch, ...columns, ...summed]);
    const product = multiply(native, {
      a: { ...left, shape: [count(batch), count(rows), count(summed)] },
      b: { ...right, shape: [count(batch), count(columns), count(summed)] },
      transposeA: false,
      transposeB: true,
    });
    made.push(product);
    const letters = [...batch, ...rows, ...columns];
    const shaped = { ...product, shape: letters.map((letter) => sizeOfLetter.get(letter)!) };
    output = inOrder({ letters, data: shaped }, [...result]);
  }
  if (tensors.some(({ dataId }) => dataId === output.dataId)) native.backend.incRef(output.dataId);
  for (const { dataId } of made) if (dataId !== output.dataId) native.backend.disposeData(dataId);
  return output;
}
