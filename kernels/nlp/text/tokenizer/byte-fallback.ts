/** What stands for a character that is not in a vocabulary: its bytes, as tokens of their own. */
import type { Piece } from "./piece-model.ts";

/** Tokens such as <0xED>, one for each byte of the piece's token; undefined where not all of them are known. */
export function maybeBytePieces(
  { token, start, end }: Piece,
  isKnown: (token: string) => boolean,
): Piece[] | undefined {
  const tokens = Array.from(
    new TextEncoder().encode(token),
    (byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  return tokens.every(isKnown) ? tokens.map((name) => ({ token: name, start, end })) : undefined;
}
