import { checkInteger, checkNotEmpty, checkNumber, checkSameLength } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";

export interface MaskTokensOptions extends RandomOptions {
  /** The id of [MASK]. */
  readonly maskTokenId: number;
  /** Random tokens are drawn from 0 … vocabSize − 1. */
  readonly vocabSize: number;
  /** How likely a token is chosen. Default 0.15. */
  readonly probability?: number;
  /** 1 on tokens that are never chosen, such as [CLS] and padding. Default: none. */
  readonly specialTokensMask?: readonly number[];
}

export interface MaskedTokens {
  /** The tokens with those that were chosen hidden. */
  readonly inputIds: number[];
  /** The chosen tokens' true ids, and −100 everywhere else. */
  readonly labels: number[];
}

/**
 * The task of a masked language model: tokens are hidden, and guessed from what is left. Of those chosen, 80% become
 * [MASK], 10% a random token, and 10% stay: so that a model must also make something of tokens that are not [MASK], of
 * which there are none once it is used. At least one token is chosen.
 *
 * Source: J. Devlin et al., "BERT", 2019, section 3.1.
 *
 * @ko 토큰을 가려 마스크 언어 모델의 문제를 만듭니다.
 * @example
 * maskTokens([2, 17, 8, 30, 3], { maskTokenId: 4, vocabSize: 800, specialTokensMask: [1, 0, 0, 0, 1], seed: 1 });
 * // { inputIds: [2, 17, 4, 30, 3], labels: [-100, -100, 8, -100, -100] }, or the like
 */
export function maskTokens(ids: readonly number[], options: MaskTokensOptions): MaskedTokens {
  const where = "maskTokens";
  const { maskTokenId, vocabSize, probability = 0.15, specialTokensMask = ids.map(() => 0) } = options;
  checkNotEmpty(ids, { where, what: "ids" });
  checkSameLength({ ids, specialTokensMask }, { where });
  checkInteger(vocabSize, { where, what: "vocabSize", min: 1 });
  checkInteger(maskTokenId, { where, what: "maskTokenId", min: 0, max: vocabSize - 1 });
  checkNumber(probability, { where, what: "probability", min: 0, max: 1 });
  const random = toRandom(options);
  const ordinary = ids.flatMap((_, place) => (specialTokensMask[place] === 1 ? [] : [place]));
  if (ordinary.length === 0) throw nothingToMask(ids.length);
  const drawn = ordinary.filter(() => random.uniform() < probability);
  const chosen = new Set(drawn.length > 0 ? drawn : [ordinary[random.integer(ordinary.length)]]);
  const hide = (id: number) => {
    const draw = random.uniform();
    return draw < 0.8 ? maskTokenId : draw < 0.9 ? random.integer(vocabSize) : id;
  };
  return {
    inputIds: ids.map((id, place) => (chosen.has(place) ? hide(id) : id)),
    labels: ids.map((id, place) => (chosen.has(place) ? id : -100)),
  };
}

function nothingToMask(length: number): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "maskTokens",
    given: {
      en: `\`specialTokensMask\` is 1 on all ${length} tokens.`,
      ko: `\`specialTokensMask\`가 토큰 ${length}개 모두에서 1입니다.`,
    },
    expected: {
      en: "At least one token must be left to hide.",
      ko: "가릴 수 있는 토큰이 하나는 있어야 합니다.",
    },
    remedy: {
      en: "Leave out texts that hold nothing but special tokens.",
      ko: "특수 토큰밖에 없는 글은 빼십시오.",
    },
  });
}
