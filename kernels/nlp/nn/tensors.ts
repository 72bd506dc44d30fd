/** What a learner may pass where numbers in a shape are wanted, and the checks of shapes. */
import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../error.ts";

/** A tensor, or nested lists of numbers. */
export type Numbers =
  | tf.Tensor
  | readonly number[]
  | readonly (readonly number[])[]
  | readonly (readonly (readonly number[])[])[]
  | Float32Array
  | Int32Array;

/** The numbers as a float32 tensor: to be called in a `tidy`, which frees it. */
export function toFloat(numbers: Numbers): tf.Tensor {
  return tf.cast(toTensor(numbers), "float32");
}

export function toTensor(numbers: Numbers): tf.Tensor {
  return numbers instanceof tf.Tensor ? numbers : tf.tensor(numbers as tf.TensorLike);
}

/** "[32, 4]" */
export function describeShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

export function checkAlive(tensor: tf.Tensor, { where, what }: { where: string; what: string }): void {
  if (!tensor.isDisposed) return;
  throw new LearnerError({
    code: "disposed",
    where,
    given: { en: `\`${what}\` has been disposed.`, ko: `\`${what}\`은(는) 이미 해제되었습니다.` },
    expected: { en: "Its numbers are needed.", ko: "그 값이 필요합니다." },
    remedy: {
      en: "Run the cell that makes it again: a cell's tensors are freed when the cell runs anew. Made inside `tf.tidy`, it must be returned from there.",
      ko: "이것을 만드는 셀을 다시 실행하십시오. 셀이 다시 실행되면 그 셀의 텐서는 해제됩니다. `tf.tidy` 안에서 만들었다면 거기서 반환해야 합니다.",
    },
  });
}

export function checkSameShape(
  tensors: Readonly<Record<string, tf.Tensor>>,
  { where, remedy }: { where: string; remedy: LearnerError["text"] },
): void {
  const entries = Object.entries(tensors);
  const shapes = entries.map(([, tensor]) => describeShape(tensor.shape));
  if (shapes.every((shape) => shape === shapes[0])) return;
  const given = entries.map(([name], index) => `\`${name}\` ${shapes[index]}`).join(", ");
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: { en: `The shapes are ${given}.`, ko: `모양이 ${given}입니다.` },
    expected: { en: "They must be equal.", ko: "모양이 같아야 합니다." },
    remedy,
  });
}
