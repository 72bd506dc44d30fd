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
  first: readonly Token[],
  second?: readonly Token[],
): PlacedToken[] {
  const place = (tokens: readonly Token[], typeId: number) => tokens.map((token) => ({ ...token, typeId }));
  if (!template) return [...place(first, 0), ...place(second ?? [], 1)];
  return (second ? template.pair : template.single).flatMap((part) => {
    if ("Sequence" in part)
      return place(part.Sequence.id === "A" ? first : (second ?? []), part.Sequence.type_id);
    const { id: name, type_id: typeId } = part.SpecialToken;
    return template.special_tokens[name].ids.map((id) => ({
      id,
      offsets: [0, 0] as const,
      wordId: null,
      typeId,
    }));
  });
}
