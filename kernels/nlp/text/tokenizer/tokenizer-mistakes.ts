/** What can be wrong with what a tokenizer is asked for. */
import { LearnerError } from "../../error.ts";

export function checkText(text: unknown, what: string): void {
  if (typeof text === "string") return;
  throw new LearnerError({
    code: "wrong-option",
    where: "Tokenizer",
    given: { en: `\`${what}\` is ${typeof text}.`, ko: `\`${what}\`의 타입이 ${typeof text}입니다.` },
    expected: { en: "A text was expected.", ko: "글(문자열)이어야 합니다." },
    remedy: {
      en: "For several texts use `encodeBatch`, for a list of words `encodeWords`.",
      ko: "글이 여러 개라면 `encodeBatch`를, 단어 목록이라면 `encodeWords`를 쓰십시오.",
    },
  });
}

export function noPadding(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "Tokenizer.pad",
    given: {
      en: "The texts have different lengths and the vocabulary has no [PAD] or <pad>.",
      ko: "글의 길이가 서로 다른데 어휘에 [PAD]나 <pad>가 없습니다.",
    },
    expected: { en: "A token to fill up with.", ko: "빈자리를 채울 토큰이 있어야 합니다." },
    remedy: {
      en: 'Train the tokenizer with `template: "bert"` or "sequence", or pass `padding: false`.',
      ko: '토크나이저를 `template: "bert"`나 "sequence"로 학습하거나 `padding: false`를 주십시오.',
    },
  });
}

export function withoutToken(id: number): LearnerError {
  return new LearnerError({
    code: "unknown-label",
    where: "Tokenizer.idToToken",
    given: { en: `\`id\` is ${id}.`, ko: `\`id\`가 ${id}입니다.` },
    expected: {
      en: "The vocabulary leaves this id out: no token has it.",
      ko: "어휘에서 비어 있는 id라서 해당하는 토큰이 없습니다.",
    },
    remedy: {
      en: "Decode ids that this tokenizer gave; a model with more rows than tokens can also predict such an id.",
      ko: "이 토크나이저가 준 id만 되돌리십시오. 토큰보다 행이 많은 모델은 이런 id를 예측하기도 합니다.",
    },
  });
}
