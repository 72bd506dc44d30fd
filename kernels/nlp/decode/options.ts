/**
 * The options of `generate`: Hugging Face's names in camelCase, with the meaning and the defaults that they have in
 * transformers 5.18.
 */
import type { LogitsProcessor } from "./processors/processor.ts";

/** What a model can bring as its defaults, and a file can hold. */
export interface GenerationConfig {
  /** How many tokens are generated at most. Goes before `maxLength`. Default 20, where neither is given. */
  readonly maxNewTokens?: number;
  /** The same, with the prompt (or the decoder's start token) counted. */
  readonly maxLength?: number;
  /** No end token before so many tokens have been generated. Goes before `minLength`. Default 0. */
  readonly minNewTokens?: number;
  /** The same, with the prompt counted. Default 0. */
  readonly minLength?: number;

  /** Draw the next token instead of taking the best. Default false. */
  readonly doSample?: boolean;
  /** How many beginnings are kept at each step. Default 1: greedy search. */
  readonly numBeams?: number;
  /** Beams in so many groups, of which each avoids what those before it took (`diversityPenalty`). Default 1. */
  readonly numBeamGroups?: number;
  /** How many outputs for each input: the best of a beam search, or so many draws. Default 1. */
  readonly numReturnSequences?: number;
  /**
   * When a beam search ends. `true`: as soon as `numBeams` hypotheses have ended. `false` (default): when the best live
   * beam, its score divided by its *present* length, is no better than the worst of them. `"never"`: when no
   * continuation up to the greatest length could be better.
   */
  readonly earlyStopping?: boolean | "never";
  /** The exponent α in score = Σ log p / lengthᵅ. Above 0 favours long outputs, below 0 short ones. Default 1. */
  readonly lengthPenalty?: number;
  /** Taken off a token's score for each time that an earlier group chose it at this step. Default 0. */
  readonly diversityPenalty?: number;

  /** Scores are divided by it before a draw: below 1 sharper, above 1 flatter. With `doSample`. Default 1. */
  readonly temperature?: number;
  /** Draw among the k best only; 0: among all. With `doSample`. Default 50. */
  readonly topK?: number;
  /** Draw among the fewest best tokens whose probabilities add up to p. With `doSample`. Default 1: all. */
  readonly topP?: number;
  /** Draw among tokens at least so likely in proportion to the likeliest. With `doSample`. Default 0: all. */
  readonly minP?: number;
  /** Draw among the tokens whose surprise is closest to the expected one, up to this mass. With `doSample`. Default 1. */
  readonly typicalP?: number;

  /** The score of a token that is there already is divided by it if positive, multiplied if negative. Default 1. */
  readonly repetitionPenalty?: number;
  /** No run of so many tokens comes twice, the prompt counted. Default 0: they may. */
  readonly noRepeatNgramSize?: number;
  /** No run of so many tokens of the *input* comes in the output. Default 0: they may. */
  readonly encoderNoRepeatNgramSize?: number;
  /** Runs of tokens that must not come. */
  readonly badWordsIds?: readonly (readonly number[])[];
  /** Tokens that must not come. */
  readonly suppressTokens?: readonly number[];
  /** The first token after the decoder's start token. */
  readonly forcedBosTokenId?: number;
  /** The token (or one of the tokens) at the greatest length. */
  readonly forcedEosTokenId?: number | readonly number[];

  /** The token, or tokens, with which an output ends. Without one, every output has the greatest length. */
  readonly eosTokenId?: number | readonly number[];
  /** What fills `sequences` up to one length. Default: the first end token. */
  readonly padTokenId?: number;
  /** With what a decoder's output begins. Needed for an encoder–decoder. Default `bosTokenId`. */
  readonly decoderStartTokenId?: number;
  readonly bosTokenId?: number;
}

/**
 * Those options by name. A model of the hub brings them under the same names in snake_case: config.json and
 * generation_config.json are read by this list, and `generate` takes it with the options that only a call can have.
 */
export const GENERATION_CONFIG_NAMES: Readonly<Record<keyof GenerationConfig, true>> = {
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

export interface GenerateOptions extends GenerationConfig {
  /** Tokens with which an encoder–decoder's output begins: one list for all inputs, or one for each. */
  readonly decoderInputIds?: readonly number[] | readonly (readonly number[])[];
  /** The tokens that may follow `ids` (prompt and output so far) in the output of input number `batchId`. */
  readonly prefixAllowedTokensFn?: (batchId: number, ids: readonly number[]) => readonly number[];
  /** Rules of your own, applied after those above and before temperature, top-k and the others that go with a draw. */
  readonly logitsProcessor?: readonly LogitsProcessor[];
  /** Decides the draws. Input number i draws with `seed + i`. Default 0. */
  readonly seed?: number;
  /** Ends the search with the signal's reason before the next step. */
  readonly signal?: AbortSignal;
  /**
   * Keep the whole search as data. `candidates`: how many candidates of a step and group are kept (for a sample: of a
   * step and sequence), and as many forbidden ones. Default: what the search considers, and 5 at least.
   */
  readonly trace?: boolean | { readonly candidates?: number };
}
