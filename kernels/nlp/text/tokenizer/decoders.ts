/** The way back: tokens to a text. */
import { decodeBytes, fromByteLetters } from "./byte-level.ts";
import { toRegExp } from "./pattern.ts";
import type { DecoderSpec } from "./tokenizer-file.ts";

export interface JoinTokensOptions {
  /** Tokens that were added to the model's: they are no byte letters. */
  readonly isAdded: (token: string) => boolean;
}

/** Without a decoder tokens are words with a blank between them. */
export function joinTokens(
  tokens: readonly string[],
  spec: DecoderSpec | null,
  options: JoinTokensOptions,
): string {
  return spec ? decodeTokens(tokens, spec, options).join("") : tokens.join(" ");
}

/** Each step makes of a list of tokens another one, which in the end is put together without blanks. */
function decodeTokens(
  tokens: readonly string[],
  spec: DecoderSpec,
  options: JoinTokensOptions,
): readonly string[] {
  switch (spec.type) {
    case "WordPiece":
      return tokens.map((token, place) => {
        const continues = spec.prefix !== "" && token.startsWith(spec.prefix);
        const joined = place === 0 ? token : continues ? token.slice(spec.prefix.length) : ` ${token}`;
        return spec.cleanup ? cleanUp(joined) : joined;
      });
    case "Metaspace":
      return tokens.map((token, place) => {
        const text = token.replaceAll(spec.replacement, " ");
        return place === 0 && text.startsWith(" ") && spec.prepend_scheme !== "never" ? text.slice(1) : text;
      });
    case "BPEDecoder":
      return tokens.map((token, place) =>
        token.replaceAll(spec.suffix, place === tokens.length - 1 ? "" : " "),
      );
    case "ByteLevel":
      return decodeByteLevel(tokens, options);
    case "ByteFallback":
      return decodeByteFallback(tokens);
    case "Fuse":
      return [tokens.join("")];
    case "Replace": {
      const pattern = toRegExp(spec.pattern);
      return tokens.map((token) => token.replaceAll(pattern, () => spec.content));
    }
    case "Strip":
      return tokens.map((token) => stripToken(token, spec));
    case "Sequence":
      return spec.decoders.reduce((list, step) => decodeTokens(list, step, options), tokens);
    default:
      return spec satisfies never;
  }
}

/** A character may be spread over several tokens, so that only all of them together are bytes of a text. */
function decodeByteLevel(tokens: readonly string[], { isAdded }: JoinTokensOptions): string[] {
  const texts: string[] = [];
  let letters = "";
  for (const token of [...tokens, undefined]) {
    if (token !== undefined && !isAdded(token)) letters += token;
    else {
      texts.push(fromByteLetters(letters), token ?? "");
      letters = "";
    }
  }
  return texts;
}

/** Tokens such as <0xED>, one for each byte of a character that the vocabulary does not have. */
function decodeByteFallback(tokens: readonly string[]): string[] {
  const texts: string[] = [];
  let bytes: number[] = [];
  for (const token of [...tokens, ""]) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    if (byte !== undefined) bytes.push(Number.parseInt(byte, 16));
    else {
      texts.push(decodeBytes(Uint8Array.from(bytes)), token);
      bytes = [];
    }
  }
  return texts;
}

function stripToken(
  token: string,
  { content, start, stop }: Extract<DecoderSpec, { type: "Strip" }>,
): string {
  let stripped = token;
  for (let times = 0; times < start && stripped.startsWith(content); times++)
    stripped = stripped.slice(content.length);
  for (let times = 0; times < stop && stripped.endsWith(content); times++)
    stripped = stripped.slice(0, stripped.length - content.length);
  return stripped;
}

/** English is written without a blank before these. */
function cleanUp(text: string): string {
  return text
    .replace(/ ([.?!,])/g, "$1")
    .replace(/ ' /g, "'")
    .replace(/ (n't|'m|'s|'ve|'re)/g, "$1");
}
