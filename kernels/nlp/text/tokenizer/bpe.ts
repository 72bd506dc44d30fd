import type { Piece } from "./piece-model.ts";
import type { BPESpec } from "./tokenizer-file.ts";

/**
 * Byte pair encoding: the part begins as single characters, and the pair that was merged first in training is merged
 * first here, until no pair is known. Source: R. Sennrich et al., "Neural Machine Translation of Rare Words with Subword
 * Units", 2016.
 */
export function createBPE({
  vocab,
  merges,
  unk_token: unknown,
  fuse_unk: fuses,
}: BPESpec): (part: string) => Piece[] {
  const ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank]));

  return (part) => {
    const pieces: Piece[] = [];
    let at = 0;
    for (const character of part) {
      pieces.push({ token: character, start: at, end: at + character.length });
      at += character.length;
    }
    for (;;) {
      const best = findFirstMerge(pieces, ranks);
      if (best === undefined) break;
      const [left, right] = [pieces[best], pieces[best + 1]];
      pieces.splice(best, 2, { token: left.token + right.token, start: left.start, end: right.end });
    }
    return replaceUnknown(pieces);
  };

  function replaceUnknown(pieces: readonly Piece[]): Piece[] {
    const known: Piece[] = [];
    for (const piece of pieces) {
      if (Object.hasOwn(vocab, piece.token)) known.push(piece);
      else if (unknown !== null) {
        const last = known.at(-1);
        if (fuses && last?.token === unknown) known[known.length - 1] = { ...last, end: piece.end };
        else known.push({ ...piece, token: unknown });
      }
    }
    return known;
  }
}

/** The place of the pair with the lowest rank, the leftmost of several. */
function findFirstMerge(pieces: readonly Piece[], ranks: ReadonlyMap<string, number>): number | undefined {
  let best: number | undefined;
  let lowest = Infinity;
  for (let place = 0; place + 1 < pieces.length; place++) {
    const rank = ranks.get(`${pieces[place].token} ${pieces[place + 1].token}`) ?? Infinity;
    if (rank < lowest) [best, lowest] = [place, rank];
  }
  return best;
}
