/** A text as a model reads it. All lists have one element a token. */
export interface Encoding {
  /** The text that was encoded, or the first of a pair; of words given as a list, these with blanks between. */
  readonly text: string;
  /** The second of a pair. */
  readonly pair?: string;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  /** 1 on tokens, 0 on padding. */
  readonly attentionMask: readonly number[];
  /** 0 in the first text, 1 in the second. */
  readonly tokenTypeIds: readonly number[];
  /** Where in its text (in UTF-16 units, as `slice` counts) each token stands; [0, 0] for special tokens. */
  readonly offsets: readonly (readonly [start: number, end: number])[];
  /** Which word of its text each token belongs to; null for special tokens. */
  readonly wordIds: readonly (number | null)[];
  /** 1 on tokens that stand for no part of the text. */
  readonly specialTokensMask: readonly number[];
}

/** Encodings of one length, as tables [batch, time]. */
export interface BatchEncoding {
  readonly inputIds: readonly (readonly number[])[];
  readonly attentionMask: readonly (readonly number[])[];
  readonly tokenTypeIds: readonly (readonly number[])[];
  readonly encodings: readonly Encoding[];
}

/** Adds padding behind up to `length` tokens. */
export function padEncoding(
  encoding: Encoding,
  { length, padId, padToken }: { readonly length: number; readonly padId: number; readonly padToken: string },
): Encoding {
  const missing = length - encoding.ids.length;
  if (missing <= 0) return encoding;
  const extend = <T>(list: readonly T[], value: T): readonly T[] => [
    ...list,
    ...Array<T>(missing).fill(value),
  ];
  return {
    ...encoding,
    ids: extend(encoding.ids, padId),
    tokens: extend(encoding.tokens, padToken),
    attentionMask: extend(encoding.attentionMask, 0),
    tokenTypeIds: extend(encoding.tokenTypeIds, 0),
    offsets: extend<readonly [number, number]>(encoding.offsets, [0, 0]),
    wordIds: extend<number | null>(encoding.wordIds, null),
    specialTokensMask: extend(encoding.specialTokensMask, 1),
  };
}
