import type { GenerationConfig } from "../options.ts";

/** The options that a model of the hub can bring: theirs have the same names in snake_case. */
const NAMES: Readonly<Record<keyof GenerationConfig, true>> = {
  maxNewTokens: true,
  maxLength: true,
  minNewTokens: true,
  minLength: true,
  doSample: true,
  numBeams: true,
  numBeamGroups: true,
  numReturnSequences: true,
  earlyStopping: true,
  lengthPenalty: true,
  diversityPenalty: true,
  temperature: true,
  topK: true,
  topP: true,
  minP: true,
  typicalP: true,
  repetitionPenalty: true,
  noRepeatNgramSize: true,
  encoderNoRepeatNgramSize: true,
  badWordsIds: true,
  suppressTokens: true,
  forcedBosTokenId: true,
  forcedEosTokenId: true,
  eosTokenId: true,
  padTokenId: true,
  decoderStartTokenId: true,
  bosTokenId: true,
};

interface HubConfigs {
  /** config.json; older models say there how to generate, some in the part on the decoder. */
  readonly config: object;
  /** generation_config.json, whose word goes first. */
  readonly generation_config: object | null;
}

export function readGenerationConfig({
  config,
  generation_config: generation,
}: HubConfigs): GenerationConfig {
  const { decoder, text_config: text } = config as {
    readonly decoder?: object;
    readonly text_config?: object;
  };
  const said = { ...config, ...decoder, ...text, ...generation } as Readonly<Record<string, unknown>>;
  const entries = Object.keys(NAMES).flatMap((name) => {
    const value = said[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
