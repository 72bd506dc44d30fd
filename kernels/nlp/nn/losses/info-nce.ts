import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty, checkNumber } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { matMul } from "../functional/mat-mul.ts";
import { checkSameShape, describeShape, toFloat, type Numbers } from "../tensors.ts";
import { crossEntropy } from "./cross-entropy.ts";
import type { Reduction } from "./reduction.ts";

export interface InfoNCEOptions {
  /** τ: the smaller, the more the nearest negatives count. Default 0.05, SimCSE's. */
  readonly temperature?: number;
  /** [m, size]: further vectors that are near to no anchor, such as sentences that look alike and mean something else. Default: none. */
  readonly negatives?: Numbers;
  /** Default "mean": over the anchors. */
  readonly reduction?: Reduction;
}

/**
 * Draws each vector to its partner and away from all others in the batch:
 *
 *     lossᵢ = −log ( e^(cos(aᵢ, pᵢ)/τ) / Σⱼ e^(cos(aᵢ, cⱼ)/τ) )        c: all positives p₁ … pₙ, then the hard negatives
 *
 * which is the cross entropy of choosing the right partner among n (or n + m). anchors and positives [n, size], row i of
 * one belonging to row i of the other → [], or [n] for "none".
 *
 * Source: A. van den Oord et al., "Representation Learning with Contrastive Predictive Coding", 2018; in this form T. Gao
 * et al., "SimCSE", 2021.
 *
 * @ko 짝끼리는 당기고 배치의 나머지와는 밀어내는 대조 학습 손실을 구합니다.
 * @example infoNCE([[1, 0], [0, 1]], [[1, 0], [0, 1]], { temperature: 1 }) // log(1 + e⁻¹) = 0.313
 */
export function infoNCE(anchors: Numbers, positives: Numbers, options: InfoNCEOptions = {}): tf.Tensor {
  const where = "infoNCE";
  const { temperature = 0.05, negatives, reduction } = options;
  checkNumber(temperature, { where, what: "temperature", min: 0, above: true });
  return tf.tidy(() => {
    const [a, p] = [toFloat(anchors), toFloat(positives)];
    checkSameShape(
      { anchors: a, positives: p },
      {
        where,
        remedy: {
          en: "Both are [n, size]: encode the two sides of the pairs with the same model.",
          ko: "둘 다 [n, size]입니다. 쌍의 양쪽을 같은 모델로 부호화하십시오.",
        },
      },
    );
    if (a.rank !== 2) throw notVectors(a, "anchors");
    checkNotEmpty({ length: a.size }, { where, what: "anchors" });
    const hard = negatives && toFloat(negatives);
    if (hard && (hard.rank !== 2 || hard.shape[1] !== a.shape[1]))
      throw notVectors(hard, "negatives", a.shape[1]);
    const candidates = hard ? tf.concat([p, hard]) : p; // [n + m, size]
    const cosines = matMul(toUnitLength(a), toUnitLength(candidates), { transposeB: true }); // [n, n + m]
    const own = Int32Array.from({ length: a.shape[0] }, (_, row) => row);
    return crossEntropy(tf.div(cosines, temperature), own, { reduction });
  });
}

/** x / max(‖x‖, 10⁻⁸): a vector of zeros stays one. */
function toUnitLength(x: tf.Tensor): tf.Tensor {
  const squares = tf.sum(tf.square(x), -1, true); // [n, 1]
  return tf.div(x, tf.sqrt(tf.maximum(squares, 1e-16)));
}

function notVectors(given: tf.Tensor, what: string, size?: number): LearnerError {
  const shape = describeShape(given.shape);
  return new LearnerError({
    code: "shape-mismatch",
    where: "infoNCE",
    given: { en: `\`${what}\` has the shape ${shape}.`, ko: `\`${what}\`의 모양이 ${shape}입니다.` },
    expected: {
      en: `A vector a row was expected: [n, ${size ?? "size"}].`,
      ko: `행마다 벡터 하나, [n, ${size ?? "size"}] 꼴이어야 합니다.`,
    },
    remedy: {
      en: "Pool a sentence's token vectors to one first: their mean, or the first token's.",
      ko: "문장의 토큰 벡터들을 먼저 하나로 모으십시오. 평균을 내거나 첫 토큰의 벡터를 쓰십시오.",
    },
  });
}
