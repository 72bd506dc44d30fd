import { maybeBytePieces } from "./byte-fallback.ts";
import type { Piece } from "./piece-model.ts";
import type { UnigramSpec } from "./tokenizer-file.ts";

/** What an unknown character costs more than the least likely piece. */
const UNKNOWN_PENALTY = 10;

/**
 * The likeliest way to cut the part: the one whose pieces' log-probabilities have the largest sum, found by Viterbi's
 * algorithm. Unknown characters side by side are one. Source: T. Kudo, "Subword Regularization", 2018.
 */
export function createUnigram({
  vocab,
  unk_id: unknownId,
  byte_fallback: toBytes,
}: UnigramSpec): (part: string) => Piece[] {
  const unknown = unknownId === null ? undefined : vocab[unknownId][0];
  const scores = new Map(vocab.filter((_, id) => id !== unknownId));
  const lowest = vocab.reduce((least, [, score]) => Math.min(least, score), Infinity);
  const longest = vocab.reduce((most, [piece]) => Math.max(most, [...piece].length), 1);
  const setting = { scores, longest, unknownScore: lowest - UNKNOWN_PENALTY };

  return (part) => {
    const characters = [...part];
    const pieces: Piece[] = [];
    let at = 0;
    /** Of characters side by side that are no pieces. */
    let strange: Piece | undefined;
    const settle = () => {
      if (strange) pieces.push(...replaceUnknown(strange));
      strange = undefined;
    };
    for (const [from, to] of findBestCut(characters, setting)) {
      const token = characters.slice(from, to).join("");
      const [start, end] = [at, at + token.length];
      at = end;
      if (!scores.has(token)) {
        strange = { token: (strange?.token ?? "") + token, start: strange?.start ?? start, end };
        continue;
      }
      settle();
      pieces.push({ token, start, end });
    }
    settle();
    return pieces;
  };

  function replaceUnknown(piece: Piece): Piece[] {
    const bytes = toBytes ? maybeBytePieces(piece, (token) => scores.has(token)) : undefined;
    return bytes ?? (unknown === undefined ? [] : [{ ...piece, token: unknown }]);
  }
}

export interface CutSetting {
  /** Log-probability of each piece. */
  readonly scores: ReadonlyMap<string, number>;
  /** Characters of the longest piece. */
  readonly longest: number;
  /** Of a character that is no piece. */
  readonly unknownScore: number;
}

/** Viterbi: best[end] = max over start of best[start] + score(start…end); the pieces as [start, end) in characters. */
export function findBestCut(
  characters: readonly string[],
  { scores, longest, unknownScore }: CutSetting,
): [start: number, end: number][] {
  const best = [0, ...Array<number>(characters.length).fill(-Infinity)];
  const from = Array<number>(characters.length + 1).fill(0);
  for (let start = 0; start < characters.length; start++) {
    let piece = "";
    for (let end = start + 1; end <= Math.min(characters.length, start + longest); end++) {
      piece += characters[end - 1];
      const score = scores.get(piece) ?? (end === start + 1 ? unknownScore : undefined);
      if (score === undefined || best[start] + score <= best[end]) continue;
      best[end] = best[start] + score;
      from[end] = start;
    }
  }
  const cuts: [number, number][] = [];
  for (let end = characters.length; end > 0; end = from[end]) cuts.unshift([from[end], end]);
  return cuts;
}
