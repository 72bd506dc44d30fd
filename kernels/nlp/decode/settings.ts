/** The options of `generate` with their defaults filled in. */
import { checkInteger, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { checkContradictions } from "./contradictions.ts";
import { GENERATION_CONFIG_NAMES, type GenerateOptions, type GenerationConfig } from "./options.ts";

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

/** Every option by name, so that no other name is taken in silence. */
const NAMES: Readonly<Record<keyof GenerateOptions, true>> = {
  ...GENERATION_CONFIG_NAMES,
  decoderInputIds: true,
  prefixAllowedTokensFn: true,
  logitsProcessor: true,
  seed: true,
  signal: true,
  trace: true,
};

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
  const { candidates } = typeof trace === "object" ? trace : {};
  if (candidates !== undefined) checkInteger(candidates, { where, what: "trace.candidates", min: 1 });
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
    tracedCandidates: trace === false ? 0 : (candidates ?? Math.max(5, considered)),
  };
  checkNumbers(settings, where);
  checkContradictions(settings, { options, where });
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
  const names = Object.keys(NAMES);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(NAMES, name)) continue;
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
}

export function toList(ids: number | readonly number[] | undefined): readonly number[] {
  if (ids === undefined) return [];
  return typeof ids === "number" ? [ids] : ids;
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
