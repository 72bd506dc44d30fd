/** All steps from a text to its tokens: added ones found, the rest normalised, cut into parts and these into pieces. */
import { createAddedTokenFinder } from "./added-tokens.ts";
import { AlignedText } from "./aligned-text.ts";
import { createNormalizer } from "./normalizers.ts";
import type { PieceModel } from "./piece-model.ts";
import { createPreTokenizer } from "./pre-tokenizers.ts";
import type { Token } from "./template.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";

/** The tokens of a text with their places in it, nothing put around. */
export type TextCutter = (text: string) => Token[];

export function createTextCutter(
  file: TokenizerFile,
  { model, ids }: { readonly model: PieceModel; readonly ids: ReadonlyMap<string, number> },
): TextCutter {
  const normalize = createNormalizer(file.normalizer);
  const preTokenize = createPreTokenizer(file.pre_tokenizer);
  // Added tokens are looked for in the text as it is given, or in the normalised one.
  const findGiven = createAddedTokenFinder(
    file.added_tokens.filter(({ normalized }) => !normalized).map((token) => [token.content, token]),
  );
  const findNormalized = createAddedTokenFinder(
    file.added_tokens
      .filter(({ normalized }) => normalized)
      .map((token) => [normalize(AlignedText.of(token.content)).text, token]),
  );

  return (text) => {
    const tokens: Token[] = [];
    let word = 0;

    const cutNormal = (normal: AlignedText, isFirst: boolean) => {
      if (normal.length === 0) return;
      for (const part of preTokenize(normal, isFirst)) {
        for (const { token, start, end } of model.cut(part.text)) {
          // Every piece of a model has an id: the file was checked.
          const id = ids.get(token) as number;
          tokens.push({ id, offsets: part.span(start, end, text), wordId: word });
        }
        word += 1;
      }
    };
    const cutGiven = (from: number, to: number) => {
      const normal = normalize(AlignedText.of(text.slice(from, to), from));
      let done = 0;
      for (const { token, start, end, from: before, to: after } of findNormalized(normal.text)) {
        cutNormal(normal.slice(done, before), from === 0 && done === 0);
        tokens.push({ id: token.id, offsets: normal.span(start, end, text), wordId: word++ });
        done = after;
      }
      cutNormal(normal.slice(done, normal.length), from === 0 && done === 0);
    };

    let done = 0;
    for (const { token, start, end, from, to } of findGiven(text)) {
      if (done < from) cutGiven(done, from);
      tokens.push({ id: token.id, offsets: [start, end], wordId: word++ });
      done = to;
    }
    if (done < text.length) cutGiven(done, text.length);
    return tokens;
  };
}
