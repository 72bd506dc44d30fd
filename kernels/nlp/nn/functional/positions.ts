/** Where a token stands, as numbers that a model can add or turn by. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";

/**
 * A vector for each position, made of waves of ever longer period:
 *
 *     P[t, 2i] = sin(t / 10000^(2i/size))        P[t, 2i + 1] = cos(t / 10000^(2i/size))
 *
 * → [length, size]. The vector of t + k is that of t turned by an angle that depends on k alone, so "k further on" can
 * be learnt as one linear map. Source: A. Vaswani et al., "Attention Is All You Need", 2017, section 3.5.
 *
 * @ko 주기가 점점 길어지는 사인파로 위치마다 벡터를 만듭니다.
 */
export function sinusoidalPositions(length: number, size: number): tf.Tensor2D {
  checkInteger(length, { where: "sinusoidalPositions", what: "length", min: 1 });
  checkInteger(size, { where: "sinusoidalPositions", what: "size", min: 1 });
  return tf.tensor2d(sinusoidalTable(length, size), [length, size]);
}

/** The numbers of `sinusoidalPositions`, row by row. */
export function sinusoidalTable(length: number, size: number): Float32Array {
  const table = new Float32Array(length * size);
  for (let position = 0; position < length; position++) {
    for (let index = 0; index < size; index++) {
      const angle = position / 10000 ** ((index - (index % 2)) / size);
      table[position * size + index] = index % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return table;
}

export interface RotaryOptions {
  /** The position of the first vector. Default 0; with a cache, how many positions it holds. */
  readonly offset?: number;
  /** The longest wave is about 2π times as long. Default 10000. */
  readonly base?: number;
}

/**
 * Turns queries or keys by an angle that grows with their position, so that the product of a query at m and a key at n
 * depends on m − n alone:
 *
 *     θᵢ = base^(−2i/size)      (xᵢ, xᵢ₊ₛ) → (xᵢ·cos tθᵢ − xᵢ₊ₛ·sin tθᵢ,  xᵢ₊ₛ·cos tθᵢ + xᵢ·sin tθᵢ)      s = size/2
 *
 * x [..., time, size] with an even size; the shape stays. Source: J. Su et al., "RoFormer: Enhanced Transformer with
 * Rotary Position Embedding", 2021; the first half is paired with the second, as in Llama.
 *
 * @ko 쿼리와 키를 위치에 따라 회전해 둘의 곱이 상대적인 거리만 따르게 합니다.
 */
export function rotatePositions(x: tf.Tensor, { offset = 0, base = 10000 }: RotaryOptions = {}): tf.Tensor {
  const [time, size] = x.shape.slice(-2);
  checkInteger(size / 2, { where: "rotatePositions", what: "size / 2", min: 1 });
  return tf.tidy(() => {
    const half = size / 2;
    const angles = Float32Array.from(
      { length: time * half },
      (_, place) => (offset + Math.floor(place / half)) * base ** (-(place % half) / half),
    );
    const turn = tf.tensor2d(angles, [time, half]);
    const [cos, sin] = [tf.cos(turn), tf.sin(turn)]; // [time, size / 2]
    const [first, second] = tf.split(x, 2, -1); // [..., time, size / 2] each
    return tf.concat(
      [tf.sub(tf.mul(first, cos), tf.mul(second, sin)), tf.add(tf.mul(second, cos), tf.mul(first, sin))],
      -1,
    ); // [..., time, size]
  });
}
