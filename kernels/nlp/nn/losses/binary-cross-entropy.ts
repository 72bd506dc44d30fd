import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { withGradient } from "../functional/with-gradient.ts";
import { checkSameShape, describeShape, toFloat, type Numbers } from "../tensors.ts";
import { checkReduction, reduce, type Reduction } from "./reduction.ts";

export interface BinaryCrossEntropyOptions {
  /** How much more a missed 1 costs than a missed 0, one number for each label (the last dimension). Default: all 1. */
  readonly posWeight?: readonly number[];
  /** Default "mean": over all numbers. */
  readonly reduction?: Reduction;
}

/**
 * For questions that are answered by yes or no each, several at once if need be (a text may be sad *and* angry):
 *
 *     loss = −[w · t · log σ(z) + (1 − t) · log(1 − σ(z))]        σ(z) = 1 / (1 + e^−z)
 *
 * z logits and t targets (0, 1, or between) of one shape, [..., labels]; w `posWeight` [labels] → [] or, for "none", that shape
 *
 * Computed as (1 − t)·z + (1 + (w − 1)·t) · (log(1 + e^−|z|) + max(−z, 0)), in which no number overflows. The gradient of
 * one loss is (1 − t)·σ(z) − w·t·(1 − σ(z)). Semantics of PyTorch's binary_cross_entropy_with_logits.
 *
 * @ko 예와 아니요로 답하는 물음마다 손실을 구합니다. 레이블이 여럿이어도 됩니다.
 * @example binaryCrossEntropyWithLogits([[0]], [[1]]) // log 2 = 0.693: a coin toss
 */
export function binaryCrossEntropyWithLogits(
  logits: Numbers,
  targets: Numbers,
  options: BinaryCrossEntropyOptions = {},
): tf.Tensor {
  const where = "binaryCrossEntropyWithLogits";
  const { posWeight, reduction = "mean" } = options;
  checkReduction(reduction, where);
  return tf.tidy(() => {
    const [z, t] = [toFloat(logits), toFloat(targets)];
    checkSameShape(
      { logits: z, targets: t },
      {
        where,
        remedy: {
          en: "Give a 0 or a 1 for each label of each example, [batch, labels]; for one class out of several use `crossEntropy`.",
          ko: "예시마다 레이블마다 0이나 1을 하나씩, [batch, labels] 꼴로 주십시오. 여러 클래스 중 하나라면 `crossEntropy`를 쓰십시오.",
        },
      },
    );
    checkNotEmpty({ length: z.size }, { where, what: "logits" });
    if (posWeight && posWeight.length !== z.shape[z.rank - 1]) throw wrongWeight(posWeight, z);
    const weight = posWeight ? tf.tensor1d([...posWeight]) : tf.scalar(1);
    const losses = withGradient({ z }, () => {
      const scale = tf.add(1, tf.mul(tf.sub(weight, 1), t));
      const softplus = tf.add(tf.log1p(tf.exp(tf.neg(tf.abs(z)))), tf.relu(tf.neg(z))); // log(1 + e^−z)
      return {
        value: tf.add(tf.mul(tf.sub(1, t), z), tf.mul(scale, softplus)),
        saved: { z, t, weight },
        gradient(g, { z, t, weight }) {
          const yes = tf.sigmoid(z);
          const missed = tf.mul(tf.mul(weight, t), tf.sub(1, yes));
          return { z: tf.mul(g, tf.sub(tf.mul(tf.sub(1, t), yes), missed)) };
        },
      };
    });
    return reduce(losses, reduction);
  });
}

function wrongWeight(weight: readonly number[], logits: tf.Tensor): LearnerError {
  const [shape, labels] = [describeShape(logits.shape), logits.shape[logits.rank - 1]];
  return new LearnerError({
    code: "shape-mismatch",
    where: "binaryCrossEntropyWithLogits",
    given: {
      en: `\`posWeight\` has ${weight.length} numbers, \`logits\` the shape ${shape}.`,
      ko: `\`posWeight\`에 수가 ${weight.length}개 있고 \`logits\`의 모양은 ${shape}입니다.`,
    },
    expected: {
      en: `It needs ${labels ?? 1}, one a label.`,
      ko: `레이블마다 하나씩 ${labels ?? 1}개여야 합니다.`,
    },
    remedy: {
      en: "A common choice for a label is the number of its zeros divided by the number of its ones.",
      ko: "흔히 레이블마다 0의 개수를 1의 개수로 나눈 값을 씁니다.",
    },
  });
}
