import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { findBestCut } from "../tokenizer/unigram.ts";
import {
  assembleTokenizer,
  checkSubwordOptions,
  checkTexts,
  chooseAlphabet,
  countParts,
  toTrainingSetting,
  type SubwordTrainingOptions,
} from "./training-options.ts";

export type TrainUnigramOptions = SubwordTrainingOptions;

/** Characters of the longest piece. */
const LONGEST = 10;
/** The first vocabulary is so many times as large as the last. */
const SEED_FACTOR = 8;
/** So much of the vocabulary stays in each round. */
const SHRINKING = 0.75;
/** Rounds of expectation and maximisation between two cuts of the vocabulary. */
const ROUNDS = 2;
/** A piece that is expected less often is dropped. */
const RAREST = 0.5;

const METASPACE = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true } as const;

interface Word {
  readonly characters: readonly string[];
  readonly count: number;
}

/**
 * A vocabulary with a probability for each piece: a text is cut where the product of its pieces' probabilities is
 * largest. Learnt from above: begin with many substrings; expect how often each is used over all ways to cut (EM); drop
 * those whose loss costs least; again, until `vocabSize` is reached. Source: T. Kudo, "Subword Regularization", 2018.
 *
 * @ko 조각마다 확률을 두고 가장 그럴듯하게 나누는 유니그램 토크나이저를 학습합니다.
 * @example
 * const tokenizer = trainUnigram(train.texts, { vocabSize: 1000, template: "sequence" });
 */
export function trainUnigram(texts: readonly string[], options: TrainUnigramOptions = {}): Tokenizer {
  const where = "trainUnigram";
  checkTexts(texts, { where });
  const setting = toTrainingSetting(options, { where, marksBlanks: true });
  const smallest = setting.special.length + 1;
  const { vocabSize, minFrequency, limitAlphabet } = checkSubwordOptions(options, { where, smallest });
  const parts = countParts(texts, { normalizer: setting.normalizer, cutter: METASPACE });
  const alphabet = new Set(chooseAlphabet(parts, limitAlphabet));
  const words = [...parts].map(([part, count]): Word => ({ characters: [...part], count }));
  const wanted = vocabSize - setting.special.length;

  let scores = chooseSeeds(words, { alphabet, minFrequency, size: wanted * SEED_FACTOR });
  for (;;) {
    for (let round = 0; round < ROUNDS; round++) scores = maximize(expect(words, scores), alphabet);
    if (scores.size <= wanted) break;
    scores = prune(words, scores, { alphabet, size: Math.max(wanted, Math.floor(scores.size * SHRINKING)) });
  }
  const pieces = [...scores].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return assembleTokenizer(setting, {
    cutter: METASPACE,
    decoder: METASPACE,
    model: {
      type: "Unigram",
      unk_id: setting.special.indexOf(setting.unknown),
      byte_fallback: false,
      vocab: [...setting.special.map((token): [string, number] => [token, 0]), ...pieces],
    },
  });
}

/** All characters, and the substrings that cover most: those with the largest count × length. */
function chooseSeeds(
  words: readonly Word[],
  { alphabet, minFrequency, size }: { alphabet: ReadonlySet<string>; minFrequency: number; size: number },
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { characters, count } of words) {
    for (let start = 0; start < characters.length; start++) {
      let piece = "";
      for (let end = start; end < Math.min(characters.length, start + LONGEST); end++) {
        if (!alphabet.has(characters[end])) break;
        piece += characters[end];
        counts.set(piece, (counts.get(piece) ?? 0) + count);
      }
    }
  }
  const long = [...counts].filter(([piece, count]) => !alphabet.has(piece) && count >= minFrequency);
  const weight = ([piece, count]: readonly [string, number]) => count * [...piece].length;
  const chosen = long.sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1)).slice(0, size);
  const seeds = [
    ...[...alphabet].map((character): [string, number] => [character, counts.get(character) ?? 0]),
    ...chosen,
  ];
  return toScores(new Map(seeds.map((seed) => [seed[0], weight(seed)])));
}

/** How often each piece is used, over all ways to cut every word, each weighted with its probability. */
function expect(words: readonly Word[], scores: ReadonlyMap<string, number>): Map<string, number> {
  const expected = new Map<string, number>();
  for (const { characters, count } of words) {
    const length = characters.length;
    const edges = findEdges(characters, scores);
    // log Σ over the ways from the beginning to a place, and from a place to the end.
    const forward = [0, ...Array<number>(length).fill(-Infinity)];
    for (const { start, end, score } of edges) forward[end] = addLogs(forward[end], forward[start] + score);
    const backward = [...Array<number>(length).fill(-Infinity), 0];
    for (const { start, end, score } of edges.toReversed())
      backward[start] = addLogs(backward[start], score + backward[end]);
    if (forward[length] === -Infinity) continue;
    for (const { start, end, score, piece } of edges) {
      const share = Math.exp(forward[start] + score + backward[end] - forward[length]);
      if (share > 0) expected.set(piece, (expected.get(piece) ?? 0) + share * count);
    }
  }
  return expected;
}

interface Edge {
  readonly start: number;
  readonly end: number;
  readonly piece: string;
  readonly score: number;
}

/** Every piece at every place where it fits, by where it starts. */
function findEdges(characters: readonly string[], scores: ReadonlyMap<string, number>): Edge[] {
  const edges: Edge[] = [];
  for (let start = 0; start < characters.length; start++) {
    let piece = "";
    for (let end = start + 1; end <= Math.min(characters.length, start + LONGEST); end++) {
      piece += characters[end - 1];
      const score = scores.get(piece);
      if (score !== undefined) edges.push({ start, end, piece, score });
    }
  }
  return edges;
}

/** New log-probabilities. Single characters stay, however rare: without them a word could not be cut. */
function maximize(expected: ReadonlyMap<string, number>, alphabet: ReadonlySet<string>): Map<string, number> {
  const kept = [...expected].filter(([piece, count]) => count >= RAREST || alphabet.has(piece));
  const counts = new Map(kept.map(([piece, count]) => [piece, Math.max(count, RAREST)]));
  for (const character of alphabet) if (!counts.has(character)) counts.set(character, RAREST);
  return toScores(counts);
}

/** Keeps the pieces that are missed most: whose uses would cost most if they were cut up further. */
function prune(
  words: readonly Word[],
  scores: ReadonlyMap<string, number>,
  { alphabet, size }: { alphabet: ReadonlySet<string>; size: number },
): Map<string, number> {
  const used = new Map<string, number>();
  for (const { characters, count } of words) {
    for (const [start, end] of findBestCut(characters, { scores, longest: LONGEST, unknownScore: -1e6 })) {
      const piece = characters.slice(start, end).join("");
      used.set(piece, (used.get(piece) ?? 0) + count);
    }
  }
  const losses = [...scores.keys()]
    .filter((piece) => !alphabet.has(piece))
    .map((piece): [string, number] => [piece, (used.get(piece) ?? 0) * costOfParting(piece, scores)]);
  const room = Math.max(0, size - alphabet.size);
  const kept = losses.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, room);
  const pieces = new Set([...alphabet, ...kept.map(([piece]) => piece)]);
  return new Map([...scores].filter(([piece]) => pieces.has(piece)));
}

/** How much log-probability one use of the piece would lose. */
function costOfParting(piece: string, scores: ReadonlyMap<string, number>): number {
  const characters = [...piece];
  // One shorter than the piece: it cannot be its own part.
  const cut = findBestCut(characters, { scores, longest: characters.length - 1, unknownScore: -1e6 });
  const parted = cut.reduce(
    (sum, [start, end]) => sum + (scores.get(characters.slice(start, end).join("")) ?? -1e6),
    0,
  );
  return (scores.get(piece) as number) - parted;
}

function toScores(counts: ReadonlyMap<string, number>): Map<string, number> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return new Map([...counts].map(([piece, count]) => [piece, Math.log(Math.max(count, 1e-12) / total)]));
}

/** log(eᵃ + eᵇ) */
function addLogs(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}
