/** Lists of token ids of different lengths, as tensors of one: for `toInput` and `toTarget` of `fit`. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNotEmpty, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { Seq2SeqInput, TokenInput } from "../nn/models/token-input.ts";

/** What a tokenizer's `encode` returns, as far as a model reads it; a list of ids alone will do. */
export interface EncodedText {
  readonly ids: readonly number[];
  readonly attentionMask?: readonly number[];
  readonly tokenTypeIds?: readonly number[];
}

export interface TokenInputOptions {
  /** The id of padding. Default 0, as our tokenizers have it. */
  readonly padTokenId?: number;
}

/**
 * Encoded texts, padded behind to the longest of them: inputIds, attentionMask and, where all have them, tokenTypeIds,
 * [batch, time] int32 each.
 *
 * @ko 인코딩한 글들을 가장 긴 것에 맞추어 채운 텐서로 만듭니다.
 * @example
 * fit(model, { inputs: texts.map((text) => tokenizer.encode(text)), targets: labels }, { toInput: toTokenInput })
 */
export function toTokenInput(
  texts: readonly (EncodedText | readonly number[])[],
  options: TokenInputOptions | number = {},
): TokenInput {
  const where = "toTokenInput";
  // `inputs.map(toTokenInput)` would pass an index; it is no option.
  const { padTokenId = 0 } = typeof options === "number" ? {} : options;
  checkNotEmpty(texts, { where, what: "texts" });
  checkInteger(padTokenId, { where, what: "padTokenId", min: 0 });
  const encoded = texts.map((text): EncodedText => (isList(text) ? { ids: text } : text));
  encoded.forEach((text, row) => checkEncoded(text, { where, row }));
  const typed = encoded.every(({ tokenTypeIds }) => tokenTypeIds !== undefined);
  return tf.tidy(() => ({
    inputIds: pad(
      encoded.map(({ ids }) => ids),
      padTokenId,
    ),
    attentionMask: pad(
      encoded.map(({ ids, attentionMask }) => attentionMask ?? ids.map(() => 1)),
      0,
    ),
    ...(typed && {
      tokenTypeIds: pad(
        encoded.map(({ tokenTypeIds }) => tokenTypeIds as readonly number[]),
        0,
      ),
    }),
  }));
}

/** What an encoder–decoder is trained on: ids of the source, and of the target with its end token and without its start. */
export interface Seq2SeqExample {
  readonly source: readonly number[];
  readonly target: readonly number[];
}

export interface Seq2SeqInputOptions extends TokenInputOptions {
  /** The token that the decoder begins with. */
  readonly bosTokenId: number;
}

/**
 * Pairs of sequences for an encoder–decoder: the decoder reads the target moved one place to the right (teacher forcing),
 * and is to say at each place the token that comes next. Targets for the loss are `toTokenTargets(targets)`.
 *
 * → inputIds, attentionMask [batch, source time]; decoderInputIds, decoderAttentionMask [batch, target time], int32
 *
 * @ko 원문과 번역문의 쌍을 인코더-디코더가 읽을 텐서로 만듭니다. 디코더에는 정답을 한 칸 밀어서 줍니다.
 * @example
 * fit(model, { inputs: pairs, targets: pairs.map(({ target }) => target) }, {
 *   toInput: (pairs) => toSeq2SeqInput(pairs, { bosTokenId: tokenizer.bosTokenId }),
 *   toTarget: toTokenTargets,
 * })
 */
export function toSeq2SeqInput(pairs: readonly Seq2SeqExample[], options: Seq2SeqInputOptions): Seq2SeqInput {
  const where = "toSeq2SeqInput";
  const { padTokenId = 0, bosTokenId } = options;
  checkNotEmpty(pairs, { where, what: "pairs" });
  checkInteger(bosTokenId, { where, what: "bosTokenId", min: 0 });
  pairs.forEach(({ source, target }, row) => {
    checkNotEmpty(source ?? [], { where, what: `pairs[${row}].source` });
    checkNotEmpty(target ?? [], { where, what: `pairs[${row}].target` });
  });
  const ones = (lists: readonly (readonly number[])[]) => lists.map((list) => list.map(() => 1));
  const sources = pairs.map(({ source }) => source);
  const shifted = pairs.map(({ target }) => [bosTokenId, ...target.slice(0, -1)]);
  return tf.tidy(() => ({
    inputIds: pad(sources, padTokenId),
    attentionMask: pad(ones(sources), 0),
    decoderInputIds: pad(shifted, padTokenId),
    decoderAttentionMask: pad(ones(shifted), 0),
  }));
}

export interface TokenTargetOptions {
  /** Stands where nothing is to be said, so that the loss counts nothing there. Default −100. */
  readonly ignoreIndex?: number;
}

/**
 * A label for each token, padded with `ignoreIndex`: [batch, time] int32.
 *
 * @ko 토큰마다 하나씩 있는 레이블을 −100으로 채워 텐서로 만듭니다.
 */
export function toTokenTargets(
  labels: readonly (readonly number[])[],
  options: TokenTargetOptions | number = {},
): tf.Tensor2D {
  const { ignoreIndex = -100 } = typeof options === "number" ? {} : options;
  checkNotEmpty(labels, { where: "toTokenTargets", what: "labels" });
  return pad(labels, ignoreIndex);
}

function pad(rows: readonly (readonly number[])[], filler: number): tf.Tensor2D {
  const width = Math.max(...rows.map((row) => row.length));
  const filled = new Int32Array(rows.length * width).fill(filler);
  rows.forEach((row, index) => filled.set(row, index * width));
  return tf.tensor2d(filled, [rows.length, width], "int32");
}

function checkEncoded(
  { ids, attentionMask, tokenTypeIds }: EncodedText,
  { where, row }: { where: string; row: number },
): void {
  if (!isList(ids)) throw notEncoded(where, row);
  checkNotEmpty(ids, { where, what: `texts[${row}]` });
  if (attentionMask) checkSameLength({ ids, attentionMask }, { where });
  if (tokenTypeIds) checkSameLength({ ids, tokenTypeIds }, { where });
}

function isList(value: unknown): value is readonly number[] {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function notEncoded(where: string, row: number): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where,
    given: { en: `\`texts[${row}]\` has no list of ids.`, ko: `\`texts[${row}]\`에 id 목록이 없습니다.` },
    expected: {
      en: "What `tokenizer.encode` returns, or a list of ids.",
      ko: "`tokenizer.encode`의 결과나 id 목록이어야 합니다.",
    },
    remedy: {
      en: "Encode the texts first: `texts.map((text) => tokenizer.encode(text))`.",
      ko: "먼저 글을 인코딩하십시오: `texts.map((text) => tokenizer.encode(text))`.",
    },
  });
}
