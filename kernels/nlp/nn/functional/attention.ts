import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../../error.ts";
import { describeShape } from "../tensors.ts";
import { matMul } from "./mat-mul.ts";
import { withGradient } from "./with-gradient.ts";

/** Who may not be looked at. Masks are 1 where looking is forbidden, as in PyTorch. */
export interface AttentionMasks {
  /** [batch, key]: 1 where the key is padding. Default: none is. */
  readonly keyPaddingMask?: tf.Tensor;
  /** [query, key], or anything that broadcasts to [batch, heads, query, key]. Default: nothing is forbidden. */
  readonly attnMask?: tf.Tensor;
  /** A query sees no key after its own place. With more keys than queries the last query stands at the last key. Default false. */
  readonly causal?: boolean;
}

export interface ScaledDotProductOptions extends AttentionMasks {
  /** [batch, heads, key, size] */
  readonly key: tf.Tensor;
  /** [batch, heads, key, valueSize] */
  readonly value: tf.Tensor;
  /** What the weights are multiplied with while training (see `dropoutMask`), of their shape. Default: nothing. */
  readonly dropoutMask?: tf.Tensor;
}

export interface Attended {
  /** The weighted mean of the values, [batch, heads, query, valueSize]. */
  readonly output: tf.Tensor;
  /** How much each query took of each key, before dropout: [batch, heads, query, key]. Each row sums to 1, or to 0 where every key is masked. */
  readonly weights: tf.Tensor;
}

/**
 * Each query takes the values whose keys are like it:
 *
 *     A = softmax(q · kᵀ / √size)        output = A · v
 *
 * query [batch, heads, query, size] and key, value as in the options → output [batch, heads, query, valueSize]
 *
 * Dividing by √size keeps the softmax soft: a sum of `size` products of numbers with variance 1 has variance `size`.
 * Source: A. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * @ko 쿼리와 닮은 키의 값을 가져오는 어텐션을 계산합니다.
 */
export function scaledDotProductAttention(query: tf.Tensor, options: ScaledDotProductOptions): Attended {
  const { key, value, dropoutMask } = options;
  const size = query.shape[query.rank - 1];
  return tf.tidy(() => {
    const scores = matMul(tf.div(query, Math.sqrt(size)), key, { transposeB: true }); // [batch, heads, query, key]
    const weights = maskedSoftmax(scores, options);
    const dropped = dropoutMask ? tf.mul(weights, dropoutMask) : weights;
    return { output: matMul(dropped, value), weights }; // [batch, heads, query, valueSize]
  });
}

/**
 * Softmax over the last dimension of the scores, [batch, heads, query, key], in which a masked key gets 0. Where every
 * key of a query is masked all weights are 0, not NaN.
 *
 * With A the weights and g = ∂loss/∂A, ∂loss/∂scores = A · (g − Σ g · A).
 */
export function maskedSoftmax(scores: tf.Tensor, masks: AttentionMasks): tf.Tensor {
  return tf.tidy(() => {
    const blocked = combineMasks(scores.shape, masks);
    return withGradient({ scores }, () => {
      // −10⁹ and not −∞: a row of −∞ has no softmax. What is left on masked keys is taken away afterwards.
      const softened = tf.softmax(blocked ? tf.add(scores, tf.mul(blocked, -1e9)) : scores);
      const weights = blocked ? tf.mul(softened, tf.sub(1, blocked)) : softened;
      return {
        value: weights,
        saved: { weights },
        gradient(g, { weights }) {
          const products = tf.mul(g, weights);
          return { scores: tf.sub(products, tf.mul(weights, tf.sum(products, -1, true))) };
        },
      };
    });
  });
}

/** All masks as one, 1 where looking is forbidden, in a shape that broadcasts to that of the scores. */
function combineMasks(
  shape: readonly number[],
  { keyPaddingMask, attnMask, causal = false }: AttentionMasks,
): tf.Tensor | undefined {
  const [batch, queries, keys] = [shape[0], shape[shape.length - 2], shape[shape.length - 1]];
  const masks: tf.Tensor[] = [];
  if (keyPaddingMask) {
    checkMask(keyPaddingMask, { what: "keyPaddingMask", expected: [batch, keys] });
    masks.push(tf.reshape(keyPaddingMask, [batch, ...shape.slice(1, -1).map(() => 1), keys])); // [batch, 1, 1, key]
  }
  if (attnMask) {
    const inner = attnMask.shape.slice(-2);
    if (attnMask.rank < 2 || inner[0] !== queries || inner[1] !== keys)
      checkMask(attnMask, { what: "attnMask", expected: [queries, keys] });
    masks.push(attnMask);
  }
  if (causal && queries > 1) masks.push(causalMask(queries, keys)); // [query, key]
  if (masks.length === 0) return undefined;
  const floats = masks.map((mask) => tf.cast(mask, "float32"));
  return floats.reduce((sum, mask) => tf.maximum(sum, mask));
}

/**
 * 1 where a query would look ahead: [queries, keys]. The last query stands at the last key.
 *
 * @ko 뒤에 올 토큰을 보지 못하게 가리는 마스크를 만듭니다.
 * @example causalMask(3) // [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
 */
export function causalMask(queries: number, keys: number = queries): tf.Tensor2D {
  const ahead = new Float32Array(queries * keys);
  for (let query = 0; query < queries; query++) {
    const next = Math.max(0, keys - queries + query + 1); // the first key after the query's own place
    ahead.fill(1, query * keys + next, (query + 1) * keys);
  }
  return tf.tensor2d(ahead, [queries, keys]);
}

export function checkMask(
  mask: tf.Tensor,
  { what, expected }: { readonly what: string; readonly expected: readonly number[] },
): void {
  const [given, wanted] = [describeShape(mask.shape), describeShape(expected)];
  if (given === wanted) return;
  throw new LearnerError({
    code: "shape-mismatch",
    where: "attention",
    given: { en: `\`${what}\` has the shape ${given}.`, ko: `\`${what}\`의 모양이 ${given}입니다.` },
    expected: { en: `It must be ${wanted}.`, ko: `${wanted}이어야 합니다.` },
    remedy:
      what === "keyPaddingMask"
        ? {
            en: "It has a number for each key of each example, 1 on padding: the opposite of a tokenizer's `attentionMask`.",
            ko: "예시마다 키마다 수가 하나씩 있고 패딩에서 1입니다. 토크나이저의 `attentionMask`와 반대입니다.",
          }
        : {
            en: "It has a row for each query and a column for each key, 1 where the query must not look.",
            ko: "쿼리마다 행, 키마다 열이 있고 쿼리가 보면 안 되는 곳에서 1입니다.",
          },
  });
}
