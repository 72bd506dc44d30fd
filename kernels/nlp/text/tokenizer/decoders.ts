/** The way back: tokens to a text. */
import { fromByteLetters } from "./byte-level.ts";
import type { DecoderSpec } from "./tokenizer-file.ts";

/** Without a decoder tokens are words with a blank between them. */
export function joinTokens(tokens: readonly string[], spec: DecoderSpec | null): string {
  switch (spec?.type) {
    case undefined:
      return tokens.join(" ");
    case "WordPiece":
      return tokens
        .map((token, place) => {
          if (place > 0 && token.startsWith(spec.prefix)) return token.slice(spec.prefix.length);
          return place === 0 ? token : ` ${token}`;
        })
        .join("");
    case "Metaspace": {
      const text = tokens.join("").replaceAll(spec.replacement, " ");
      return text.startsWith(" ") && spec.prepend_scheme !== "never" ? text.slice(1) : text;
    }
    case "ByteLevel":
      return fromByteLetters(tokens.join(""));
    case "Fuse":
      return tokens.join("");
    default:
      return spec satisfies never;
  }
}
