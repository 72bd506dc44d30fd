import { checkInteger, checkNotEmpty, checkOneOf, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";

export interface PerplexityOptions {
  /** What the numbers are: losses −log p, or the logarithms log p themselves; natural ones. Default "losses". */
  readonly from?: "losses" | "logProbabilities";
  /** The id of the token at each position; those with `ignoreIndex` are left out. Default: every position counts. */
  readonly targets?: ArrayLike<number>;
  /** Default −100. */
  readonly ignoreIndex?: number;
}

export interface Perplexity {
  /** 1 … ∞ */
  readonly perplexity: number;
  /** The mean loss of a token, in nats. */
  readonly loss: number;
  /** The same in bits: loss / log 2. */
  readonly bitsPerToken: number;
  /** How many positions were counted. */
  readonly tokens: number;
}

/**
 * Among how many equally likely tokens a language model hesitates, on average.
 *
 *     perplexity = exp( −(1/N) Σᵢ log p(tokenᵢ | tokens before it) )        over the N positions that count
 *
 * A model that gives every one of V tokens 1/V has the perplexity V; one that is always certain and right has 1. It hangs on
 * the tokens: models with different tokenizers cannot be compared by it. All tokens weigh alike, so pass the losses of the
 * whole test set, not the mean of each batch.
 *
 * @ko 언어 모델의 퍼플렉서티를 구합니다. 다음 토큰을 고를 때 평균 몇 개의 후보를 두고 망설이는지를 뜻합니다.
 * @example
 * perplexity([Math.log(4), Math.log(4)]).perplexity;                      // 4
 * perplexity(tokenLosses, { targets: labels }).perplexity;                // padding (−100) left out
 * perplexity(logProbabilities, { from: "logProbabilities" }).bitsPerToken;
 * @throws Where every position is ignored, or a number cannot be what `from` says.
 */
export function perplexity(values: ArrayLike<number>, options: PerplexityOptions = {}): Perplexity {
  const where = "perplexity";
  const { from = "losses", targets, ignoreIndex = -100 } = options;
  checkNotEmpty(values, { where, what: "values" });
  checkOneOf(from, { where, what: "from", allowed: ["losses", "logProbabilities"] });
  checkInteger(ignoreIndex, { where, what: "ignoreIndex", min: Number.MIN_SAFE_INTEGER });
  if (targets) checkSameLength({ values, targets }, { where });
  let sum = 0;
  let tokens = 0;
  for (let index = 0; index < values.length; index++) {
    if (targets?.[index] === ignoreIndex) continue;
    const loss = from === "losses" ? values[index] : -values[index];
    // Float32 arithmetic may leave a certain token a hair above probability 1.
    if (!(loss >= -1e-5)) throw notFrom(from, { index, value: values[index] });
    sum += Math.max(0, loss);
    tokens += 1;
  }
  if (tokens === 0) throw allIgnored(ignoreIndex);
  const loss = sum / tokens;
  return { perplexity: Math.exp(loss), loss, bitsPerToken: loss / Math.LN2, tokens };
}

function notFrom(from: string, { index, value }: { index: number; value: number }): LearnerError {
  const isLoss = from === "losses";
  return new LearnerError({
    code: "out-of-range",
    where: "perplexity",
    given: {
      en: `\`values[${index}]\` is ${String(value)}.`,
      ko: `\`values[${index}]\`의 값이 ${String(value)}입니다.`,
    },
    expected: {
      en: isLoss ? "A loss −log p is 0 or more." : "The logarithm of a probability is 0 or less.",
      ko: isLoss ? "손실 −log p는 0 이상입니다." : "확률의 로그는 0 이하입니다.",
    },
    remedy: {
      en: isLoss
        ? 'For logarithms of probabilities pass `from: "logProbabilities"`; for logits take `logSoftmax` first.'
        : "For losses leave `from` out; for logits take `logSoftmax` first.",
      ko: isLoss
        ? '확률의 로그라면 `from: "logProbabilities"`를 넘기고, 로짓이라면 먼저 `logSoftmax`를 구하십시오.'
        : "손실이라면 `from`을 빼고, 로짓이라면 먼저 `logSoftmax`를 구하십시오.",
    },
  });
}

function allIgnored(ignoreIndex: number): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "perplexity",
    given: { en: `Every target is ${ignoreIndex}.`, ko: `모든 타깃이 ${ignoreIndex}입니다.` },
    expected: { en: "At least one position must count.", ko: "세어야 할 위치가 하나 이상 있어야 합니다." },
    remedy: {
      en: "Check the targets: all of them are padding.",
      ko: "타깃이 모두 패딩인지 확인하십시오.",
    },
  });
}
