/** The last step of a tokenizer: special tokens around one text or between two. */
import type { TemplateSpec } from "./tokenizer-file.ts";

export interface Token {
  readonly id: number;
  readonly offsets: readonly [start: number, end: number];
  readonly wordId: number | null;
}

export interface PlacedToken extends Token {
  readonly typeId: number;
}

export function fillTemplate(
  template: TemplateSpec | null,
  { first, second, addSpecialTokens = true }: FillTemplateOptions,
): PlacedToken[] {
  const place = (tokens: readonly Token[], typeId: number) => tokens.map((token) => ({ ...token, typeId }));
  if (!template) return [...place(first, 0), ...place(second ?? [], 1)];
  return (second ? template.pair : template.single).flatMap((part) => {
    if ("Sequence" in part)
      return place(part.Sequence.id === "A" ? first : (second ?? []), part.Sequence.type_id);
    if (!addSpecialTokens) return [];
    const { id: name, type_id: typeId } = part.SpecialToken;
    return template.special_tokens[name].ids.map((id) => ({
      id,
      offsets: [0, 0] as const,
      wordId: null,
      typeId,
    }));
  });
}

export interface FillTemplateOptions {
  readonly first: readonly Token[];
  readonly second?: readonly Token[];
  readonly addSpecialTokens?: boolean;
}

/**
 * How many tokens of two texts stay where `room` tokens fit: only the longer one loses some, and when both are too long
 * each gets half. The odd token goes to the longer one, of two equally long ones to the second. The rule "longest_first"
 * of Hugging Face's library.
 */
export function shareRoom(
  [first, second]: readonly [first: number, second: number],
  room: number,
): [first: number, second: number] {
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second, Math.floor(room / 2));
  return first > second ? [room - shorter, shorter] : [shorter, room - shorter];
}
