/** What a learner may pass where numbers in a shape are wanted, and the checks of shapes. */
import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty } from "../arguments.ts";
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

/** A batch of sequences of vectors: [batch, time, size]. */
export function checkSequence(
  tensor: tf.Tensor,
  { where, what, size }: { readonly where: string; readonly what: string; readonly size: number },
): void {
  checkAlive(tensor, { where, what });
  if (tensor.rank === 3 && tensor.shape[2] === size)
    return checkNotEmpty({ length: tensor.size }, { where, what });
  const shape = describeShape(tensor.shape);
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: { en: `\`${what}\` has the shape ${shape}.`, ko: `\`${what}\`의 모양이 ${shape}입니다.` },
    expected: {
      en: `[batch, time, ${size}] was expected.`,
      ko: `[batch, time, ${size}] 모양이어야 합니다.`,
    },
    remedy: {
      en: "For one sequence make a batch of one with `tf.expandDims(x, 0)`; if the last number differs, make the layer with that size.",
      ko: "시퀀스가 하나라면 `tf.expandDims(x, 0)`로 크기가 1인 배치를 만들고, 마지막 수가 다르면 그 크기로 층을 만드십시오.",
    },
  });
}
