/**
 * The options of `generate` with their defaults filled in, and the checks of what cannot be meant. It stays one file though
 * it is long: most of it is what each mistake is answered with.
 */
import { checkInteger, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { GenerateOptions, GenerationConfig } from "./options.ts";

type Filled =
  | "doSample"
  | "numBeams"
  | "numBeamGroups"
  | "numReturnSequences"
  | "earlyStopping"
  | "lengthPenalty"
  | "diversityPenalty"
  | "temperature"
  | "topK"
  | "topP"
  | "minP"
  | "typicalP"
  | "repetitionPenalty"
  | "noRepeatNgramSize"
  | "encoderNoRepeatNgramSize"
  | "badWordsIds"
  | "suppressTokens"
  | "logitsProcessor"
  | "seed";

type Optional =
  | "maxNewTokens"
  | "maxLength"
  | "minNewTokens"
  | "minLength"
  | "forcedBosTokenId"
  | "padTokenId"
  | "decoderStartTokenId"
  | "decoderInputIds"
  | "prefixAllowedTokensFn"
  | "signal";

export interface GenerateSettings
  extends Required<Pick<GenerateOptions, Filled>>, Pick<GenerateOptions, Optional> {
  readonly eosTokenIds: readonly number[];
  readonly forcedEosTokenIds: readonly number[];
  /** How many candidates of a step are kept; 0: no trace is wanted. */
  readonly tracedCandidates: number;
}

const DEFAULT_NEW_TOKENS = 20;

/** Every option by name; the value is the one at which it changes nothing, for those that only work together with another. */
const NEUTRAL: Readonly<Record<keyof GenerateOptions, unknown>> = {
  maxNewTokens: undefined,
  maxLength: undefined,
  minNewTokens: undefined,
  minLength: undefined,
  doSample: undefined,
  numBeams: undefined,
  numBeamGroups: undefined,
  numReturnSequences: undefined,
  earlyStopping: undefined,
  lengthPenalty: undefined,
  diversityPenalty: 0,
  temperature: 1,
  topK: 50,
  topP: 1,
  minP: 0,
  typicalP: 1,
  repetitionPenalty: undefined,
  noRepeatNgramSize: undefined,
  encoderNoRepeatNgramSize: undefined,
  badWordsIds: undefined,
  suppressTokens: undefined,
  forcedBosTokenId: undefined,
  forcedEosTokenId: undefined,
  eosTokenId: undefined,
  padTokenId: undefined,
  decoderStartTokenId: undefined,
  bosTokenId: undefined,
  decoderInputIds: undefined,
  prefixAllowedTokensFn: undefined,
  logitsProcessor: undefined,
  seed: undefined,
  signal: undefined,
  trace: undefined,
};

const DRAWING = ["temperature", "topK", "topP", "minP", "typicalP"] as const;

/** Fills in the model's defaults, then Hugging Face's, and refuses what cannot be meant. */
export function toSettings(
  options: GenerateOptions,
  { where, defaults = {} }: { where: string; defaults?: GenerationConfig },
): GenerateSettings {
  checkNames(options, where);
  const given = { ...defaults, ...withoutUndefined(options) };
  const eosTokenIds = toList(given.eosTokenId);
  const { numBeams = 1, numBeamGroups = 1, trace = false } = given;
  const considered = toConsidered({ eosTokenIds, beams: numBeams / numBeamGroups });
  const { candidates = Math.max(5, considered) } = typeof trace === "object" ? trace : {};
  checkInteger(candidates, { where, what: "trace.candidates", min: 1 });
  const settings: GenerateSettings = {
    ...toLengths(options, defaults),
    doSample: given.doSample ?? false,
    numBeams,
    numBeamGroups,
    numReturnSequences: given.numReturnSequences ?? 1,
    earlyStopping: given.earlyStopping ?? false,
    lengthPenalty: given.lengthPenalty ?? 1,
    diversityPenalty: given.diversityPenalty ?? 0,
    temperature: given.temperature ?? 1,
    topK: given.topK ?? 50,
    topP: given.topP ?? 1,
    minP: given.minP ?? 0,
    typicalP: given.typicalP ?? 1,
    repetitionPenalty: given.repetitionPenalty ?? 1,
    noRepeatNgramSize: given.noRepeatNgramSize ?? 0,
    encoderNoRepeatNgramSize: given.encoderNoRepeatNgramSize ?? 0,
    badWordsIds: given.badWordsIds ?? [],
    suppressTokens: given.suppressTokens ?? [],
    forcedBosTokenId: given.forcedBosTokenId,
    forcedEosTokenIds: toList(given.forcedEosTokenId),
    eosTokenIds,
    padTokenId: given.padTokenId ?? eosTokenIds[0],
    decoderStartTokenId: given.decoderStartTokenId ?? given.bosTokenId,
    decoderInputIds: given.decoderInputIds,
    prefixAllowedTokensFn: given.prefixAllowedTokensFn,
    logitsProcessor: given.logitsProcessor ?? [],
    seed: given.seed ?? 0,
    signal: given.signal,
    tracedCandidates: trace === false ? 0 : candidates,
  };
  checkNumbers(settings, where);
  checkTogether(settings, { options, where });
  return settings;
}

/**
 * How many candidates a beam search looks at in a step: (1 + number of end tokens) · beams, and twice the beams at least.
 * Were all the best to end, as many live beams would still remain.
 */
export function toConsidered({
  eosTokenIds,
  beams,
}: {
  eosTokenIds: readonly number[];
  beams: number;
}): number {
  return Math.max(2, 1 + eosTokenIds.length) * beams;
}

type Lengths = Pick<GenerateSettings, "maxNewTokens" | "maxLength" | "minNewTokens" | "minLength">;

/** The call's word goes before the model's, and a number of new tokens before a length with the prompt counted. */
function toLengths(options: GenerateOptions, defaults: GenerationConfig): Lengths {
  const says = (...names: (keyof Lengths)[]) => names.some((name) => options[name] !== undefined);
  const { maxNewTokens, maxLength } = says("maxNewTokens", "maxLength") ? options : defaults;
  const least = says("minNewTokens", "minLength") ? options : defaults;
  return {
    maxNewTokens: maxNewTokens ?? (maxLength === undefined ? DEFAULT_NEW_TOKENS : undefined),
    maxLength,
    minNewTokens: least.minNewTokens,
    minLength: least.minLength,
  };
}

/** How many tokens may be generated after a prompt of so many, and how many must. */
export function toLimits(
  { maxNewTokens, maxLength = Infinity, minNewTokens, minLength = 0 }: GenerateSettings,
  { promptLength, where }: { promptLength: number; where: string },
): { longest: number; shortest: number } {
  const longest = maxNewTokens ?? maxLength - promptLength;
  const shortest = minNewTokens ?? Math.max(0, minLength - promptLength);
  if (longest >= 1 && shortest <= longest) return { longest, shortest };
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: {
      en: `The prompt has ${promptLength} tokens, so at most ${longest} tokens may be generated and at least ${shortest} must be.`,
      ko: `프롬프트가 토큰 ${promptLength}개이므로, 생성할 수 있는 토큰은 최대 ${longest}개이고 최소 ${shortest}개를 생성해야 합니다.`,
    },
    expected: {
      en: "There must be room for one token, and the least length must fit into the greatest.",
      ko: "토큰이 하나는 들어갈 수 있어야 하고, 최소 길이가 최대 길이를 넘지 않아야 합니다.",
    },
    remedy: {
      en: "Use `maxNewTokens` and `minNewTokens`, which do not count the prompt.",
      ko: "프롬프트를 세지 않는 `maxNewTokens`와 `minNewTokens`를 쓰십시오.",
    },
  });
}

function checkNames(options: GenerateOptions, where: string): void {
  const names = Object.keys(NEUTRAL);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(NEUTRAL, name)) continue;
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const meant = names.find((known) => known.toLowerCase() === camel.toLowerCase());
    throw new LearnerError({
      code: "wrong-option",
      where,
      given: { en: `There is no option \`${name}\`.`, ko: `\`${name}\` 옵션은 없습니다.` },
      expected: { en: `The options are ${names.join(", ")}.`, ko: `옵션은 ${names.join(", ")}입니다.` },
      remedy: meant
        ? { en: `Write \`${meant}\`.`, ko: `\`${meant}\`로 쓰십시오.` }
        : { en: "Check the spelling.", ko: "철자를 확인하십시오." },
    });
  }
}

function checkNumbers(settings: GenerateSettings, where: string): void {
  const integer = (what: keyof GenerateSettings, min: number) =>
    checkInteger(settings[what] as number, { where, what, min });
  const number = (what: keyof GenerateSettings, range: { min: number; max?: number; above?: boolean }) =>
    checkNumber(settings[what] as number, { where, what, ...range });
  for (const what of ["maxNewTokens", "maxLength", "minNewTokens", "minLength"] as const) {
    if (settings[what] !== undefined) integer(what, what.startsWith("max") ? 1 : 0);
  }
  for (const what of ["numBeams", "numBeamGroups", "numReturnSequences"] as const) integer(what, 1);
  for (const what of ["topK", "noRepeatNgramSize", "encoderNoRepeatNgramSize"] as const) integer(what, 0);
  integer("seed", Number.MIN_SAFE_INTEGER);
  number("temperature", { min: 0, above: true });
  number("repetitionPenalty", { min: 0, above: true });
  number("topP", { min: 0, max: 1 });
  number("minP", { min: 0, max: 1 });
  number("typicalP", { min: 0, max: 1, above: true });
  number("diversityPenalty", { min: 0 });
  number("lengthPenalty", { min: -Infinity });
  if (![true, false, "never"].includes(settings.earlyStopping)) {
    throw contradiction(where, {
      given: {
        en: `\`earlyStopping\` is ${JSON.stringify(settings.earlyStopping)}.`,
        ko: `\`earlyStopping\`이(가) ${JSON.stringify(settings.earlyStopping)}입니다.`,
      },
      expected: { en: 'It is true, false or "never".', ko: 'true, false, "never" 가운데 하나입니다.' },
      remedy: { en: "Choose one of the three.", ko: "셋 가운데 하나를 고르십시오." },
    });
  }
}

/** Options that mean nothing without another one, or contradict each other. */
function checkTogether(
  settings: GenerateSettings,
  { options, where }: { options: GenerateOptions; where: string },
): void {
  const { doSample, numBeams, numBeamGroups, numReturnSequences, suppressTokens } = settings;
  const idle = DRAWING.find((name) => options[name] !== undefined && options[name] !== NEUTRAL[name]);
  if (!doSample && idle && !(idle === "topK" && options.topK === 0)) {
    throw contradiction(where, {
      given: {
        en: `\`${idle}\` is given, but nothing is drawn.`,
        ko: `\`${idle}\`을(를) 넘겼지만 표본을 뽑지 않습니다.`,
      },
      expected: {
        en: "It changes how a token is drawn, so it works together with `doSample: true`.",
        ko: "토큰을 뽑는 방법을 바꾸는 옵션이므로 `doSample: true`와 함께 씁니다.",
      },
      remedy: {
        en: `Add \`doSample: true\`, or leave \`${idle}\` out.`,
        ko: `\`doSample: true\`를 더하거나 \`${idle}\`을(를) 빼십시오.`,
      },
    });
  }
  if (numReturnSequences > 1 && !doSample && numReturnSequences > numBeams) {
    throw contradiction(where, {
      given: {
        en: `\`numReturnSequences\` is ${numReturnSequences}, \`numBeams\` is ${numBeams}.`,
        ko: `\`numReturnSequences\`가 ${numReturnSequences}, \`numBeams\`가 ${numBeams}입니다.`,
      },
      expected: {
        en: "A search gives no more outputs than it has beams, and greedy search only one.",
        ko: "탐색은 빔의 수보다 많은 출력을 낼 수 없고, 그리디 탐색의 출력은 하나뿐입니다.",
      },
      remedy: {
        en: "Raise `numBeams`, or draw with `doSample: true`.",
        ko: "`numBeams`를 늘리거나 `doSample: true`로 표본을 뽑으십시오.",
      },
    });
  }
  if (doSample && numBeams > 1 && numReturnSequences > numBeams) {
    checkInteger(numReturnSequences, { where, what: "numReturnSequences", min: 1, max: numBeams });
  }
  if (numBeams % numBeamGroups !== 0 || (numBeamGroups > 1 && doSample)) {
    throw contradiction(where, {
      given: {
        en: `\`numBeamGroups\` is ${numBeamGroups}, \`numBeams\` is ${numBeams}, \`doSample\` is ${doSample}.`,
        ko: `\`numBeamGroups\`가 ${numBeamGroups}, \`numBeams\`가 ${numBeams}, \`doSample\`이 ${doSample}입니다.`,
      },
      expected: {
        en: "The beams are shared out evenly among the groups, and groups do not draw.",
        ko: "빔은 그룹에 똑같이 나뉘어야 하고, 그룹에서는 표본을 뽑지 않습니다.",
      },
      remedy: {
        en: "Choose `numBeams` as a multiple of `numBeamGroups`, without `doSample`.",
        ko: "`doSample` 없이, `numBeams`를 `numBeamGroups`의 배수로 고르십시오.",
      },
    });
  }
  if (numBeamGroups === 1 && (options.diversityPenalty ?? 0) > 0) {
    throw contradiction(where, {
      given: {
        en: "`diversityPenalty` is given, but there is one group only.",
        ko: "`diversityPenalty`를 넘겼지만 그룹이 하나뿐입니다.",
      },
      expected: {
        en: "It keeps a group of beams away from what the groups before it chose.",
        ko: "빔의 한 그룹이 앞선 그룹이 고른 토큰을 피하게 하는 옵션입니다.",
      },
      remedy: { en: "Set `numBeamGroups` to 2 or more.", ko: "`numBeamGroups`를 2 이상으로 하십시오." },
    });
  }
  for (const [what, forced] of [
    ["forcedBosTokenId", toList(settings.forcedBosTokenId)],
    ["forcedEosTokenId", settings.forcedEosTokenIds],
  ] as const) {
    if (forced.length === 0 || forced.some((token) => !suppressTokens.includes(token))) continue;
    throw contradiction(where, {
      given: {
        en: `\`suppressTokens\` holds what \`${what}\` asks for: ${forced.join(", ")}.`,
        ko: `\`${what}\`이(가) 요구하는 ${forced.join(", ")}번 토큰이 \`suppressTokens\`에 들어 있습니다.`,
      },
      expected: {
        en: "A forced token must be allowed.",
        ko: "반드시 나와야 하는 토큰은 허용되어 있어야 합니다.",
      },
      remedy: {
        en: "Take it out of one of the two; against an early end use `minNewTokens`.",
        ko: "둘 중 하나에서 빼십시오. 너무 일찍 끝나는 것을 막으려면 `minNewTokens`를 쓰십시오.",
      },
    });
  }
}

type Words = ConstructorParameters<typeof LearnerError>[0];

function contradiction(where: string, words: Pick<Words, "given" | "expected" | "remedy">): LearnerError {
  return new LearnerError({ code: "wrong-option", where, ...words });
}

function toList(ids: number | readonly number[] | undefined): readonly number[] {
  if (ids === undefined) return [];
  return typeof ids === "number" ? [ids] : ids;
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Ids that an option names must be in the vocabulary, whose size is known once the model has spoken. */
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
