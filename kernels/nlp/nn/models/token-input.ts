/** What models of text take: batches of token ids. */
import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../../error.ts";
import { checkAlive, describeShape } from "../tensors.ts";

/** A batch of encoded texts, [batch, time] each. */
export interface TokenInput {
  /** int32 */
  readonly inputIds: tf.Tensor;
  /** 1 on tokens, 0 on padding. Default: no padding, so that all positions are looked at. */
  readonly attentionMask?: tf.Tensor;
  /** 0 in the first sentence, 1 in the second. Default: all 0. */
  readonly tokenTypeIds?: tf.Tensor;
}

/** What encoder–decoder models take. */
export interface Seq2SeqInput extends TokenInput {
  /** What the decoder has written so far, [batch, target time]: while training the target, moved one place to the right. */
  readonly decoderInputIds: tf.Tensor;
  /** 1 on tokens, 0 on padding. */
  readonly decoderAttentionMask?: tf.Tensor;
}

export function checkTokenInput(input: TokenInput, where: string): void {
  checkAlive(input.inputIds, { where, what: "inputIds" });
  const shape = describeShape(input.inputIds.shape);
  if (input.inputIds.rank !== 2) {
    throw new LearnerError({
      code: "shape-mismatch",
      where,
      given: { en: `\`inputIds\` has the shape ${shape}.`, ko: `\`inputIds\`의 모양이 ${shape}입니다.` },
      expected: {
        en: "A batch of token ids was expected: [batch, time].",
        ko: "토큰 id의 배치, [batch, time] 꼴이어야 합니다.",
      },
      remedy: {
        en: 'For one text make a batch of one: `tf.tensor2d([ids], undefined, "int32")`.',
        ko: '글이 하나라면 크기가 1인 배치로 만드십시오: `tf.tensor2d([ids], undefined, "int32")`.',
      },
    });
  }
  const { attentionMask, tokenTypeIds } = input;
  for (const [what, tensor] of Object.entries({ attentionMask, tokenTypeIds })) {
    if (!tensor || describeShape(tensor.shape) === shape) continue;
    throw new LearnerError({
      code: "shape-mismatch",
      where,
      given: {
        en: `\`${what}\` has the shape ${describeShape(tensor.shape)}, \`inputIds\` ${shape}.`,
        ko: `\`${what}\`의 모양은 ${describeShape(tensor.shape)}, \`inputIds\`는 ${shape}입니다.`,
      },
      expected: { en: "They must be equal.", ko: "모양이 같아야 합니다." },
      remedy: {
        en: "Take all of them from the same encodings.",
        ko: "모두 같은 인코딩에서 가져오십시오.",
      },
    });
  }
}

/** The mask that layers take, 1 on padding, from the one that tokenizers give. To be called in a `tidy`, which frees it. */
export function toPaddingMask(attentionMask: tf.Tensor): tf.Tensor;
export function toPaddingMask(attentionMask: tf.Tensor | undefined): tf.Tensor | undefined;
export function toPaddingMask(attentionMask: tf.Tensor | undefined): tf.Tensor | undefined {
  return attentionMask && tf.sub(1, tf.cast(attentionMask, "float32"));
}
