/** What of Hugging Face's tokenizer.json this library reads and writes. Names are the file's own. */

export interface TokenizerFile {
  readonly version: string;
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly AddedToken[];
  readonly normalizer: NormalizerSpec | null;
  readonly pre_tokenizer: PreTokenizerSpec | null;
  readonly post_processor: TemplateSpec | null;
  readonly decoder: DecoderSpec | null;
  readonly model: ModelSpec;
}

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

export type PatternSpec = { readonly Regex: string } | { readonly String: string };

export type NormalizerSpec =
  | { readonly type: "NFC" | "NFD" | "NFKC" | "NFKD" }
  | { readonly type: "Lowercase" | "StripAccents" | "ByteLevel" }
  | { readonly type: "Strip"; readonly strip_left: boolean; readonly strip_right: boolean }
  | { readonly type: "Replace"; readonly pattern: PatternSpec; readonly content: string }
  | { readonly type: "Prepend"; readonly prepend: string }
  | {
      readonly type: "BertNormalizer";
      readonly clean_text: boolean;
      readonly handle_chinese_chars: boolean;
      readonly strip_accents: boolean | null;
      readonly lowercase: boolean;
    }
  | { readonly type: "Sequence"; readonly normalizers: readonly NormalizerSpec[] };

/** What becomes of the matches of a pattern by which a text is split. */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

export interface MetaspaceSpec {
  readonly type: "Metaspace";
  readonly replacement: string;
  readonly prepend_scheme: "always" | "never" | "first";
  readonly split: boolean;
}

export interface ByteLevelSpec {
  readonly type: "ByteLevel";
  readonly add_prefix_space: boolean;
  readonly trim_offsets: boolean;
  readonly use_regex: boolean;
}

export type PreTokenizerSpec =
  | { readonly type: "BertPreTokenizer" | "Whitespace" | "WhitespaceSplit" }
  | MetaspaceSpec
  | ByteLevelSpec
  | {
      readonly type: "Split";
      readonly pattern: PatternSpec;
      readonly behavior: SplitBehavior;
      readonly invert: boolean;
    }
  | { readonly type: "CharDelimiterSplit"; readonly delimiter: string }
  | { readonly type: "Digits"; readonly individual_digits: boolean }
  | { readonly type: "Punctuation"; readonly behavior: SplitBehavior }
  | { readonly type: "Sequence"; readonly pretokenizers: readonly PreTokenizerSpec[] };

export type TemplatePart =
  | { readonly SpecialToken: { readonly id: string; readonly type_id: number } }
  | { readonly Sequence: { readonly id: "A" | "B"; readonly type_id: number } };

export interface TemplateSpec {
  readonly type: "TemplateProcessing";
  readonly single: readonly TemplatePart[];
  readonly pair: readonly TemplatePart[];
  readonly special_tokens: Readonly<
    Record<
      string,
      { readonly id: string; readonly ids: readonly number[]; readonly tokens: readonly string[] }
    >
  >;
}

export type DecoderSpec =
  | { readonly type: "WordPiece"; readonly prefix: string; readonly cleanup: boolean }
  | MetaspaceSpec
  | ByteLevelSpec
  | { readonly type: "BPEDecoder"; readonly suffix: string }
  | { readonly type: "Replace"; readonly pattern: PatternSpec; readonly content: string }
  | { readonly type: "Strip"; readonly content: string; readonly start: number; readonly stop: number }
  | { readonly type: "Fuse" | "ByteFallback" }
  | { readonly type: "Sequence"; readonly decoders: readonly DecoderSpec[] };

export interface WordPieceSpec {
  readonly type: "WordPiece";
  readonly unk_token: string;
  readonly continuing_subword_prefix: string;
  readonly max_input_chars_per_word: number;
  readonly vocab: Readonly<Record<string, number>>;
}

export interface BPESpec {
  readonly type: "BPE";
  readonly dropout: null;
  readonly unk_token: string | null;
  readonly continuing_subword_prefix: string | null;
  readonly end_of_word_suffix: string | null;
  readonly fuse_unk: boolean;
  /** A character that is unknown becomes its bytes, <0xED> <0x95> <0x9C>, where the vocabulary has them. */
  readonly byte_fallback: boolean;
  /** A part that is a token as a whole is not put together from smaller ones. */
  readonly ignore_merges: boolean;
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly (readonly [string, string])[];
}

export interface UnigramSpec {
  readonly type: "Unigram";
  readonly unk_id: number | null;
  readonly vocab: readonly (readonly [piece: string, score: number])[];
  readonly byte_fallback: boolean;
}

export interface WordLevelSpec {
  readonly type: "WordLevel";
  readonly vocab: Readonly<Record<string, number>>;
  readonly unk_token: string;
}

export type ModelSpec = WordPieceSpec | BPESpec | UnigramSpec | WordLevelSpec;
