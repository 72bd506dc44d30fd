/** What may be passed to `crossEntropy`: the checks of its arguments. */
import type * as tf from "@tensorflow/tfjs";
import { checkNotEmpty } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { describeShape } from "../tensors.ts";

export function checkWeight(weight: readonly number[], classes: number): void {
  if (weight.length === classes) return;
  throw new LearnerError({
    code: "shape-mismatch",
    where: "crossEntropy",
    given: {
      en: `\`weight\` has ${weight.length} numbers.`,
      ko: `\`weight\`에 수가 ${weight.length}개 있습니다.`,
    },
    expected: { en: `The logits have ${classes} classes.`, ko: `로짓의 클래스는 ${classes}개입니다.` },
    remedy: {
      en: `Use \`classWeights(labels, { classes: ${classes} })\`.`,
      ko: `\`classWeights(labels, { classes: ${classes} })\`를 쓰십시오.`,
    },
  });
}

export function checkLogits(logits: tf.Tensor): void {
  if (logits.rank < 2) {
    throw new LearnerError({
      code: "shape-mismatch",
      where: "crossEntropy",
      given: {
        en: `\`logits\` has the shape ${describeShape(logits.shape)}.`,
        ko: `\`logits\`의 모양이 ${describeShape(logits.shape)}입니다.`,
      },
      expected: { en: "[batch, classes] was expected.", ko: "[batch, classes] 모양이어야 합니다." },
      remedy: {
        en: "For one example make a batch of one: [[0.2, 1.3]].",
        ko: "예시가 하나라면 크기가 1인 배치로 만드십시오: [[0.2, 1.3]].",
      },
    });
  }
  checkNotEmpty({ length: logits.size }, { where: "crossEntropy", what: "logits" });
}

export function checkIds(
  ids: ArrayLike<number>,
  { classes, ignoreIndex }: { classes: number; ignoreIndex: number },
): void {
  let counted = 0;
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index];
    if (id === ignoreIndex) continue;
    counted += 1;
    if (Number.isInteger(id) && id >= 0 && id < classes) continue;
    throw new LearnerError({
      code: "unknown-label",
      where: "crossEntropy",
      given: { en: `Target ${index} is ${id}.`, ko: `${index}번 타깃이 ${id}입니다.` },
      expected: {
        en: `With logits for ${classes} classes a target is a whole number from 0 to ${classes - 1}, or ${ignoreIndex} to be ignored.`,
        ko: `로짓의 클래스가 ${classes}개이므로 타깃은 0부터 ${classes - 1}까지의 정수이거나, 무시할 때는 ${ignoreIndex}입니다.`,
      },
      remedy: {
        en: "Check that labels and model count the same classes, and that labels start at 0.",
        ko: "레이블과 모델의 클래스 수가 같은지, 레이블이 0부터 시작하는지 확인하십시오.",
      },
    });
  }
  if (counted > 0) return;
  throw new LearnerError({
    code: "empty-input",
    where: "crossEntropy",
    given: {
      en: `All ${ids.length} targets are ${ignoreIndex}, to be ignored.`,
      ko: `타깃 ${ids.length}개가 모두 무시할 값 ${ignoreIndex}입니다.`,
    },
    expected: { en: "At least one target must count.", ko: "적어도 하나는 세어야 합니다." },
    remedy: {
      en: "Leave batches out that hold nothing but padding.",
      ko: "패딩만 있는 배치는 빼십시오.",
    },
  });
}

export function wrongTargets({
  targets,
  logits,
  positions,
}: {
  targets: tf.Tensor;
  logits: tf.Tensor;
  positions: readonly number[];
}): LearnerError {
  const ids = describeShape(positions);
  return new LearnerError({
    code: "shape-mismatch",
    where: "crossEntropy",
    given: {
      en: `\`targets\` has the shape ${describeShape(targets.shape)}, \`logits\` ${describeShape(logits.shape)}.`,
      ko: `\`targets\`의 모양은 ${describeShape(targets.shape)}, \`logits\`는 ${describeShape(logits.shape)}입니다.`,
    },
    expected: {
      en: `Class ids have the shape ${ids}, probabilities that of the logits.`,
      ko: `클래스 번호의 모양은 ${ids}, 확률의 모양은 로짓과 같아야 합니다.`,
    },
    remedy: {
      en: "Check that logits and targets are of the same batch, and that the classes stand in the last dimension, or `axis` says where.",
      ko: "로짓과 타깃이 같은 배치에서 나왔는지, 클래스가 마지막 차원 또는 `axis`로 알린 차원에 있는지 확인하십시오.",
    },
  });
}
