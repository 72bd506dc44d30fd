/** The third step of a tokenizer: a part of the text cut into tokens of the vocabulary. */
import { createBPE } from "./bpe.ts";
import type { ModelSpec, WordLevelSpec, WordPieceSpec } from "./tokenizer-file.ts";
import { createUnigram } from "./unigram.ts";

/** A token and the UTF-16 units of the part that it stands for, from `start` to, not including, `end`. */
export interface Piece {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

export interface PieceModel {
  /** The vocabulary: token by id; an id that is left out has none. */
  readonly tokens: readonly string[];
  cut(part: string): Piece[];
}

export function createPieceModel(spec: ModelSpec): PieceModel {
  switch (spec.type) {
    case "WordPiece":
      return createWordPiece(spec);
    case "BPE":
      return { tokens: listTokens(spec.vocab), cut: createBPE(spec) };
    case "Unigram":
      return { tokens: spec.vocab.map(([piece]) => piece), cut: createUnigram(spec) };
    case "WordLevel":
      return createWordLevel(spec);
    default:
      return spec satisfies never;
  }
}

function listTokens(vocab: Readonly<Record<string, number>>): string[] {
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(vocab)) tokens[id] = token;
  return tokens;
}

function createWordLevel({ vocab, unk_token: unknown }: WordLevelSpec): PieceModel {
  return {
    tokens: listTokens(vocab),
    cut: (part) => [{ token: Object.hasOwn(vocab, part) ? part : unknown, start: 0, end: part.length }],
  };
}

/**
 * From left to right the longest token that fits; inside a word a token carries the prefix "##". A word of which any rest
 * fits nothing is unknown as a whole. Source: Y. Wu et al., "Google's Neural Machine Translation System", 2016.
 */
function createWordPiece(spec: WordPieceSpec): PieceModel {
  const {
    vocab,
    unk_token: unknown,
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: longest,
  } = spec;
  const tokens = listTokens(vocab);
  const known = new Set(tokens);
  const width = tokens.reduce((most, token) => Math.max(most, token.length), 0);

  function cut(part: string): Piece[] {
    const whole = [{ token: unknown, start: 0, end: part.length }];
    if ([...part].length > longest) return whole;
    const pieces: Piece[] = [];
    for (let start = 0; start < part.length;) {
      const lead = start === 0 ? "" : prefix;
      let end = Math.min(part.length, start + width);
      while (end > start && !known.has(lead + part.slice(start, end))) end--;
      if (end === start) return whole;
      pieces.push({ token: lead + part.slice(start, end), start, end });
      start = end;
    }
    return pieces;
  }
  return { tokens, cut };
}
