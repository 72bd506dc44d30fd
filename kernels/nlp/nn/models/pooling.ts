import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { describeShape } from "../tensors.ts";

/** How the vectors of a text's tokens become one. */
export type Pooling = "cls" | "mean" | "max";

export const POOLINGS: readonly Pooling[] = ["cls", "mean", "max"];

export interface PoolOptions {
  /** Default "mean". */
  readonly pooling?: Pooling;
  /** [batch, time], 1 on tokens and 0 on padding. Default: no padding. */
  readonly attentionMask?: tf.Tensor;
}

/**
 * One vector for each text:
 *
 *     "mean"   the mean over its tokens
 *     "max"    the largest number of each dimension over its tokens
 *     "cls"    the first token's vector, which a model learns to use for this
 *
 * tokens [batch, time, size] → [batch, size]. A text of nothing but padding gives zeros for "mean" and "max".
 *
 * @ko 토큰 벡터들을 모아 글마다 벡터 하나를 만듭니다.
 */
export function poolTokens(tokens: tf.Tensor, options: PoolOptions = {}): tf.Tensor {
  const { pooling = "mean", attentionMask } = options;
  checkOneOf(pooling, { where: "poolTokens", what: "pooling", allowed: POOLINGS });
  if (tokens.rank !== 3) throw notTokens(tokens);
  const [batch, , size] = tokens.shape;
  return tf.tidy(() => {
    if (pooling === "cls")
      return tf.reshape(tf.slice(tokens, [0, 0, 0], [batch, 1, size as number]), [batch, size as number]);
    if (!attentionMask) return pooling === "mean" ? tf.mean(tokens, 1) : tf.max(tokens, 1);
    const mask = tf.expandDims(tf.cast(attentionMask, "float32"), -1); // [batch, time, 1]
    if (pooling === "mean") {
      const count = tf.maximum(tf.sum(mask, 1), 1); // [batch, 1]
      return tf.div(tf.sum(tf.mul(tokens, mask), 1), count);
    }
    // Padding is moved below everything; a text without a token is brought back to 0.
    const lowered = tf.add(tokens, tf.mul(tf.sub(1, mask), -1e9));
    return tf.mul(tf.max(lowered, 1), tf.max(mask, 1));
  });
}

function notTokens(tokens: tf.Tensor): LearnerError {
  const shape = describeShape(tokens.shape);
  return new LearnerError({
    code: "shape-mismatch",
    where: "poolTokens",
    given: { en: `\`tokens\` has the shape ${shape}.`, ko: `\`tokens\`의 모양이 ${shape}입니다.` },
    expected: {
      en: "A vector for each token was expected: [batch, time, size].",
      ko: "토큰마다 벡터 하나, [batch, time, size] 꼴이어야 합니다.",
    },
    remedy: {
      en: "Pass what an encoder's `forward` returns.",
      ko: "인코더의 `forward`가 돌려주는 것을 넘기십시오.",
    },
  });
}
