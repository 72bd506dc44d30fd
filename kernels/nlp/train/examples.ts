/** Examples as plain data, and the batches of tensors that a model takes. */
import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";

/** Inputs and, in the same order, what the model should make of them: a class id, a number, or a vector. */
export interface Examples<X = ArrayLike<number>, Y = number | readonly number[]> {
  readonly inputs: readonly X[];
  readonly targets: readonly Y[];
}

/** How a list of inputs becomes what the model's `forward` takes. The caller disposes of the tensors. */
export type ToInput<X, Input> = (inputs: readonly X[]) => Input;
export type ToTarget<Y> = (targets: readonly Y[]) => tf.Tensor;

export function checkExamples(examples: Examples<unknown, unknown>, where: string): void {
  const { inputs, targets } = examples;
  checkSameLength({ inputs, targets }, { where });
  checkNotEmpty(inputs, { where, what: "inputs" });
}

/**
 * Vectors of one length, stacked: [batch, features], float32.
 *
 * @ko 길이가 같은 벡터를 쌓아 텐서 하나로 만듭니다.
 */
export function stackVectors(inputs: readonly ArrayLike<number>[]): tf.Tensor2D {
  checkNotEmpty(inputs, { where: "stackVectors", what: "inputs" });
  const features = inputs[0].length;
  const stacked = new Float32Array(inputs.length * features);
  inputs.forEach((input, row) => {
    if (input.length !== features) throw raggedInputs(row, { length: input.length, features });
    stacked.set(input, row * features);
  });
  return tf.tensor2d(stacked, [inputs.length, features]);
}

/**
 * Class ids as [batch] int32, other numbers as [batch] float32, vectors (one-hot, say) as [batch, length] float32.
 *
 * @ko 타깃을 쌓아 텐서 하나로 만듭니다.
 */
export function stackTargets(targets: readonly (number | readonly number[])[]): tf.Tensor {
  if (targets.every((target) => typeof target === "number")) {
    return tf.tensor1d([...targets], targets.every(Number.isInteger) ? "int32" : "float32");
  }
  return stackVectors(targets.map((target) => (typeof target === "number" ? [target] : target)));
}

function raggedInputs(row: number, { length, features }: { length: number; features: number }): LearnerError {
  return new LearnerError({
    code: "length-mismatch",
    where: "stackVectors",
    given: {
      en: `Vector ${row} has ${length} numbers, vector 0 has ${features}.`,
      ko: `${row}번 벡터의 수는 ${length}개, 0번 벡터는 ${features}개입니다.`,
    },
    expected: { en: "All must be of one length.", ko: "길이가 모두 같아야 합니다." },
    remedy: {
      en: "Make all of them with the same vocabulary.",
      ko: "모두 같은 어휘로 만드십시오.",
    },
  });
}
