/** With which tokens an output begins, and which tokens an input has. */
import { checkNotEmpty, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { GenerateSettings } from "./settings.ts";

/** An encoded text, as tokenizers give it: its ids under one of two names. */
export interface EncodedInput {
  readonly ids?: ArrayLike<number>;
  readonly inputIds?: ArrayLike<number>;
  /** 1 on tokens, 0 on padding, which is left out. */
  readonly attentionMask?: ArrayLike<number>;
}

/** What our models take: the ids of a text, as a list or encoded. */
export type SourceInput = readonly number[] | EncodedInput;

/** The token ids of an input that is a list of ids or an encoded text; undefined for anything else. */
export function maybeTokens(input: unknown): readonly number[] | undefined {
  if (isIds(input)) return Array.from(input);
  const { ids, inputIds = ids, attentionMask } = (input ?? {}) as EncodedInput;
  if (!isIds(inputIds)) return undefined;
  return Array.from(inputIds).filter((_, index) => attentionMask?.[index] !== 0);
}

function isIds(value: unknown): value is ArrayLike<number> {
  const isList = Array.isArray(value) || value instanceof Int32Array;
  return isList && Array.from(value as ArrayLike<unknown>).every((id) => typeof id === "number");
}

/**
 * For each input the ids with which its output begins. For a causal model they are the input's own. For an encoder–decoder
 * they are the start token, followed by `decoderInputIds` if there are any (which may bring the start token themselves).
 */
export function toPrompts(
  inputs: readonly unknown[],
  {
    settings,
    isEncoderDecoder,
    where,
  }: { settings: GenerateSettings; isEncoderDecoder: boolean; where: string },
): (readonly number[])[] {
  checkNotEmpty(inputs, { where, what: "inputs" });
  const { decoderInputIds = [], decoderStartTokenId: start } = settings;
  if (!isEncoderDecoder) return inputs.map((input, index) => maybeTokens(input) ?? refuseInput(index, where));
  if (start === undefined) throw noStartToken(where);
  const own = decoderInputIds.some(Array.isArray) ? (decoderInputIds as number[][]) : undefined;
  if (own) checkSameLength({ inputs, decoderInputIds: own }, { where });
  return inputs.map((_, index) => {
    const ids = own?.[index] ?? (decoderInputIds as readonly number[]);
    return ids[0] === start ? ids : [start, ...ids];
  });
}

/** The tokens of every input, for a rule that compares the output with them. */
export function toSources(inputs: readonly unknown[], where: string): (readonly number[])[] {
  return inputs.map((input, index) => maybeTokens(input) ?? refuseInput(index, where));
}

function refuseInput(index: number, where: string): never {
  throw new LearnerError({
    code: "shape-mismatch",
    where,
    given: {
      en: `\`inputs[${index}]\` is neither a list of token ids nor an encoded text.`,
      ko: `\`inputs[${index}]\`이(가) 토큰 번호의 목록도, 인코딩한 글도 아닙니다.`,
    },
    expected: {
      en: "An input is a list of ids, or an encoded text with `ids`; `inputs` is a list of inputs.",
      ko: "입력은 번호의 목록이거나 `ids`가 있는 인코딩이고, `inputs`는 입력의 목록입니다.",
    },
    remedy: {
      en: "Pass `[tokenizer.encode(text)]`, or `[[3, 14, 15]]` for one input of three tokens.",
      ko: "`[tokenizer.encode(text)]`를 넘기거나, 토큰이 세 개인 입력 하나라면 `[[3, 14, 15]]`를 넘기십시오.",
    },
  });
}

function noStartToken(where: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: "The model is an encoder–decoder, and no `decoderStartTokenId` is given.",
      ko: "인코더–디코더 모델인데 `decoderStartTokenId`가 없습니다.",
    },
    expected: {
      en: "The decoder needs a token to begin with.",
      ko: "디코더에는 시작할 때 쓸 토큰이 필요합니다.",
    },
    remedy: {
      en: "Pass the id that every target began with in training, `{ decoderStartTokenId: tokenizer.bosTokenId }`.",
      ko: "학습할 때 모든 목표 문장의 첫 토큰이던 번호를 `{ decoderStartTokenId: tokenizer.bosTokenId }`처럼 넘기십시오.",
    },
  });
}
