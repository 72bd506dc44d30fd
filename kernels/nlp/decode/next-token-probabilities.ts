import { checkLogits } from "./model.ts";
import type { GenerateOptions } from "./options.ts";
import { toProcessors } from "./processors/list.ts";
import { scoreRow } from "./search/scored-row.ts";
import { toSettings } from "./settings.ts";
import { checkTokenIds } from "./token-ids.ts";

/** The options of `generate` that change what a token is drawn from. */
export interface NextTokenProbabilitiesOptions extends Pick<
  GenerateOptions,
  | "temperature"
  | "topK"
  | "topP"
  | "minP"
  | "typicalP"
  | "repetitionPenalty"
  | "noRepeatNgramSize"
  | "badWordsIds"
  | "suppressTokens"
  | "eosTokenId"
  | "logitsProcessor"
> {
  /** The ids so far, for the rules that look at them. Default: none. */
  readonly ids?: readonly number[];
}

/**
 * The distribution that `generate` with `doSample` draws the next token from: softmax(logits) after the rules.
 *
 * `logits` [vocabulary] → probabilities [vocabulary], which add up to 1
 *
 * @ko 온도, top-k, top-p 같은 규칙을 거친 뒤 다음 토큰이 뽑힐 확률을 구합니다.
 * @example nextTokenProbabilities([2, 1, 0], { topK: 2 }) // [0.73, 0.27, 0]
 */
export function nextTokenProbabilities(
  logits: ArrayLike<number>,
  { ids = [], ...options }: NextTokenProbabilitiesOptions = {},
): number[] {
  const where = "nextTokenProbabilities";
  const settings = toSettings({ ...options, doSample: true }, { where });
  checkLogits([logits], { rows: 1, vocabSize: undefined, where });
  checkTokenIds(settings, { vocabSize: logits.length, where });
  const { scores } = scoreRow(
    { logits },
    {
      context: { ids, promptLength: ids.length, input: 0 },
      processors: toProcessors(settings, { sources: [], shortest: 0, longest: Infinity, where }),
      into: new Float64Array(logits.length),
      rulesOn: "logits",
    },
  );
  return Array.from(scores, Math.exp);
}
