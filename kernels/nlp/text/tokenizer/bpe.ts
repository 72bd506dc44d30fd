import { maybeBytePieces } from "./byte-fallback.ts";
import type { Piece } from "./piece-model.ts";
import type { BPESpec } from "./tokenizer-file.ts";

/**
 * Byte pair encoding: the part begins as single characters, and the pair that was merged first in training is merged
 * first here, until no pair is known. Source: R. Sennrich et al., "Neural Machine Translation of Rare Words with Subword
 * Units", 2016.
 */
export function createBPE(spec: BPESpec): (part: string) => Piece[] {
  const { vocab, unk_token: unknown, byte_fallback: toBytes, fuse_unk: fuses } = spec;
  const prefix = spec.continuing_subword_prefix ?? "";
  const suffix = spec.end_of_word_suffix ?? "";
  // Rank by the left token, then by the right one.
  const ranks = new Map<string, Map<string, number>>();
  spec.merges.forEach(([left, right], rank) => {
    let ofLeft = ranks.get(left);
    if (!ofLeft) ranks.set(left, (ofLeft = new Map<string, number>()));
    if (!ofLeft.has(right)) ofLeft.set(right, rank);
  });
  const isKnown = (token: string) => Object.hasOwn(vocab, token);

  return (part) => {
    if (spec.ignore_merges && isKnown(part)) return [{ token: part, start: 0, end: part.length }];
    const pieces = toCharacters(part);
    const rankAt = (place: number) =>
      ranks.get(pieces[place]?.token)?.get(pieces[place + 1]?.token) ?? Infinity;
    // The rank of each pair of neighbours; a merge changes two of them alone.
    const rankOf = pieces.map((_, place) => rankAt(place));
    for (;;) {
      const best = findLowest(rankOf);
      if (best === undefined) break;
      const [left, right] = [pieces[best], pieces[best + 1]];
      const token = left.token + right.token.slice(prefix.length);
      pieces.splice(best, 2, { token, start: left.start, end: right.end });
      rankOf.splice(best, 2, rankAt(best));
      if (best > 0) rankOf[best - 1] = rankAt(best - 1);
    }
    return replaceUnknown(pieces);
  };

  function toCharacters(part: string): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const character of part) {
      const end = at + character.length;
      const token = (at > 0 ? prefix : "") + character + (end === part.length ? suffix : "");
      pieces.push({ token, start: at, end });
      at = end;
    }
    return pieces;
  }

  function replaceUnknown(pieces: readonly Piece[]): Piece[] {
    const known: Piece[] = [];
    for (const piece of pieces) {
      const bytes = toBytes && !isKnown(piece.token) ? maybeBytePieces(piece, isKnown) : undefined;
      if (isKnown(piece.token)) known.push(piece);
      else if (bytes) known.push(...bytes);
      else if (unknown !== null) {
        const last = known.at(-1);
        if (fuses && last?.token === unknown) known[known.length - 1] = { ...last, end: piece.end };
        else known.push({ ...piece, token: unknown });
      }
    }
    return known;
  }
}

/** The place of the lowest rank, the leftmost of several; undefined where no pair has one. */
function findLowest(ranks: readonly number[]): number | undefined {
  let best: number | undefined;
  let lowest = Infinity;
  for (let place = 0; place < ranks.length; place++) {
    if (ranks[place] < lowest) [best, lowest] = [place, ranks[place]];
  }
  return best;
}
