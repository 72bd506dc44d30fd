import { LearnerError } from "../../error.ts";
import type { GenerateSettings } from "../settings.ts";
import { badWordsIds, prefixAllowedTokens, suppressTokens } from "./bans.ts";
import { minP, temperature, topK, topP, typicalP } from "./drawing.ts";
import { forcedBosToken, forcedEosToken, minimumLength } from "./lengths.ts";
import type { LogitsProcessor, RowContext } from "./processor.ts";
import { encoderNoRepeatNgramSize, noRepeatNgramSize, repetitionPenalty } from "./repetition.ts";

export interface ListOptions {
  /** The tokens of each input, for the rule that compares with them. */
  readonly sources: readonly (readonly number[])[];
  /** The least and the greatest number of tokens to generate for the input that the list is for. */
  readonly shortest: number;
  readonly longest: number;
  readonly where: string;
}

/**
 * The rules that the options ask for, in the order in which transformers 5.18 applies them (`_get_logits_processor`). A
 * later rule can undo none of the bans before it, but for the two forced tokens, which are set whatever came before.
 */
export function toProcessors(
  settings: GenerateSettings,
  { sources, shortest, longest, where }: ListOptions,
): LogitsProcessor[] {
  const { eosTokenIds, minNewTokens, prefixAllowedTokensFn, forcedBosTokenId, forcedEosTokenIds } = settings;
  const list: LogitsProcessor[] = [];
  if (settings.repetitionPenalty !== 1) list.push(repetitionPenalty(settings.repetitionPenalty));
  if (settings.noRepeatNgramSize > 0) list.push(noRepeatNgramSize(settings.noRepeatNgramSize));
  if (settings.encoderNoRepeatNgramSize > 0) {
    list.push(encoderNoRepeatNgramSize(settings.encoderNoRepeatNgramSize, { sources }));
  }
  if (settings.badWordsIds.length > 0) list.push(badWordsIds(settings.badWordsIds, { eosTokenIds }));
  if (shortest > 0) {
    const name = minNewTokens === undefined ? "minLength" : "minNewTokens";
    list.push(minimumLength(shortest, { eosTokenIds, name }));
  }
  if (prefixAllowedTokensFn) list.push(prefixAllowedTokens(prefixAllowedTokensFn, { where }));
  if (forcedBosTokenId !== undefined) list.push(forcedBosToken(forcedBosTokenId));
  if (forcedEosTokenIds.length > 0) list.push(forcedEosToken(forcedEosTokenIds, { longest }));
  if (settings.suppressTokens.length > 0) list.push(suppressTokens(settings.suppressTokens));
  list.push(...settings.logitsProcessor.map((processor) => checked(processor, where)));
  if (settings.doSample) list.push(...toDrawing(settings));
  return list;
}

function toDrawing(settings: GenerateSettings): LogitsProcessor[] {
  const atLeast = settings.numBeams === 1 ? 1 : Math.max(2, settings.eosTokenIds.length + 1);
  const list: LogitsProcessor[] = [];
  if (settings.temperature !== 1) list.push(temperature(settings.temperature));
  if (settings.topK > 0) list.push(topK(settings.topK, { atLeast }));
  if (settings.topP < 1) list.push(topP(settings.topP, { atLeast }));
  if (settings.minP > 0) list.push(minP(settings.minP, { atLeast }));
  if (settings.typicalP < 1) list.push(typicalP(settings.typicalP, { atLeast }));
  return list;
}

/** A rule from outside, whose mistakes are found where they are made. */
function checked(processor: LogitsProcessor, where: string): LogitsProcessor {
  const { name, explain } = processor;
  return {
    name,
    ...(explain && { explain: (token: number, context: RowContext) => processor.explain!(token, context) }),
    process(scores, context) {
      processor.process(scores, context);
      const token = scores.findIndex((score) => !(score < Infinity));
      if (token < 0) return;
      throw new LearnerError({
        code: "not-finite",
        where,
        given: {
          en: `The rule \`${name}\` makes the score of token ${token} ${scores[token]}.`,
          ko: `\`${name}\` 규칙이 ${token}번 토큰의 점수를 ${scores[token]}(으)로 만들었습니다.`,
        },
        expected: {
          en: "A score is a number, or −Infinity to forbid the token.",
          ko: "점수는 수이거나, 토큰을 금지하는 −Infinity여야 합니다.",
        },
        remedy: { en: "Check what `process` writes.", ko: "`process`가 쓰는 값을 확인하십시오." },
      });
    },
  };
}
