/** Attention alone does not see in which order its inputs stand: a position is added to each vector. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { embedding } from "../functional/embedding.ts";
import { sinusoidalPositions } from "../functional/positions.ts";
import { drawNormal } from "../initializers.ts";
import { Module } from "../module.ts";
import { describeShape } from "../tensors.ts";

export interface PositionOptions {
  /** The position of the first vector: with a cache, how many stand before it. Default 0. */
  readonly offset?: number;
  /** The position of each vector, [batch, time] int32, where rows begin at different places. Default: as `offset` says. */
  readonly places?: tf.Tensor;
}

export interface SinusoidalPositionalEncodingOptions {
  /** The longest sequence. Default 512. */
  readonly maxLength?: number;
}

/**
 * Adds waves that are fixed beforehand (see `sinusoidalPositions`); nothing is learnt:
 *
 *     y[b, t] = x[b, t] + P[offset + t]        x [batch, time, size] → y [batch, time, size]
 *
 * Source: A. Vaswani et al., "Attention Is All You Need", 2017, section 3.5.
 *
 * @ko 미리 정해 둔 사인파로 위치를 더하는 층입니다. 학습하는 값은 없습니다.
 */
export class SinusoidalPositionalEncoding extends Module {
  readonly table: tf.Tensor;

  constructor(size: number, options: SinusoidalPositionalEncodingOptions = {}) {
    super();
    const { maxLength = 512 } = options;
    this.table = tf.keep(sinusoidalPositions(maxLength, size)); // [maxLength, size]
  }

  forward(input: tf.Tensor, { offset = 0, places }: PositionOptions = {}): tf.Tensor {
    return addRows(input, { table: this.table, offset, places, where: "SinusoidalPositionalEncoding" });
  }

  override describe(): string {
    return describeShape(this.table.shape);
  }
}

export interface LearnedPositionalEncodingOptions extends RandomOptions {
  /** The longest sequence. Default 512. */
  readonly maxLength?: number;
  /** The standard deviation of the first numbers. Default 0.02, as in BERT and GPT-2. */
  readonly std?: number;
}

/**
 * Adds a vector for each position that is learnt like a token's:
 *
 *     y[b, t] = x[b, t] + W[offset + t]        x [batch, time, size], W [maxLength, size] → y [batch, time, size]
 *
 * Source: J. Gehring et al., "Convolutional Sequence to Sequence Learning", 2017; BERT and GPT-2 do the same.
 *
 * @ko 위치마다 학습한 벡터를 더하는 층입니다.
 */
export class LearnedPositionalEncoding extends Module {
  readonly weight: tf.Variable;

  constructor(size: number, options: LearnedPositionalEncodingOptions = {}) {
    super();
    const { maxLength = 512, std = 0.02 } = options;
    checkInteger(size, { where: "LearnedPositionalEncoding", what: "size", min: 1 });
    checkInteger(maxLength, { where: "LearnedPositionalEncoding", what: "maxLength", min: 1 });
    this.weight = drawNormal([maxLength, size], { random: toRandom(options), std });
  }

  forward(input: tf.Tensor, { offset = 0, places }: PositionOptions = {}): tf.Tensor {
    return addRows(input, { table: this.weight, offset, places, where: "LearnedPositionalEncoding" });
  }
}

function addRows(
  input: tf.Tensor,
  {
    table,
    offset,
    places,
    where,
  }: {
    readonly table: tf.Tensor;
    readonly offset: number;
    readonly places: tf.Tensor | undefined;
    readonly where: string;
  },
): tf.Tensor {
  const [maxLength, size] = table.shape;
  const [time, width] = input.shape.slice(-2);
  if (places && width === size) return tf.tidy(() => tf.add(input, embedding(places, { weight: table })));
  if (input.rank < 2 || width !== size || offset + time > maxLength)
    throw wrongInput(input, { table, offset, where });
  return tf.tidy(() => tf.add(input, tf.slice(table, [offset, 0], [time, size])));
}

function wrongInput(
  input: tf.Tensor,
  { table, offset, where }: { readonly table: tf.Tensor; readonly offset: number; readonly where: string },
): LearnerError {
  const [shape, [maxLength, size]] = [describeShape(input.shape), table.shape];
  return new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `\`input\` has the shape ${shape}${offset === 0 ? "" : `, from position ${offset} on`}.`,
      ko: `\`input\`의 모양이 ${shape}이고 ${offset}번 위치에서 시작합니다.`,
    },
    expected: {
      en: `It must be [batch, time, ${size}] and reach no further than ${maxLength} positions.`,
      ko: `[batch, time, ${size}]이어야 하고, 위치는 ${maxLength}개까지입니다.`,
    },
    remedy: {
      en: "Cut the texts with the tokenizer's `maxLength`, or make the model with a larger `maxLength`.",
      ko: "토크나이저의 `maxLength`로 글을 자르거나 모델의 `maxLength`를 늘리십시오.",
    },
  });
}
