/** Whether the ids that options name are in the vocabulary. */
import { LearnerError } from "../error.ts";
import { toList, type GenerateSettings } from "./settings.ts";

/** To be called once the model has spoken: then the size of its vocabulary is known. */
export function checkTokenIds(
  settings: GenerateSettings,
  { vocabSize, where }: { vocabSize: number; where: string },
): void {
  const named: Readonly<Record<string, readonly number[]>> = {
    eosTokenId: settings.eosTokenIds,
    forcedBosTokenId: toList(settings.forcedBosTokenId),
    forcedEosTokenId: settings.forcedEosTokenIds,
    suppressTokens: settings.suppressTokens,
    badWordsIds: settings.badWordsIds.flat(),
  };
  for (const [what, ids] of Object.entries(named)) {
    for (const id of ids) checkTokenId(id, { what, vocabSize, where });
  }
}

export function checkTokenId(
  id: number,
  { what, vocabSize, where }: { what: string; vocabSize: number; where: string },
): void {
  if (Number.isInteger(id) && id >= 0 && id < vocabSize) return;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: {
      en: `\`${what}\` names the token ${String(id)}.`,
      ko: `\`${what}\`에 ${String(id)}번 토큰이 있습니다.`,
    },
    expected: {
      en: `The model scores the tokens 0 to ${vocabSize - 1}.`,
      ko: `모델이 점수를 매기는 토큰은 0번부터 ${vocabSize - 1}번까지입니다.`,
    },
    remedy: {
      en: "Take the ids from the tokenizer that the model was trained with.",
      ko: "모델을 학습할 때 쓴 토크나이저에서 번호를 가져오십시오.",
    },
  });
}
