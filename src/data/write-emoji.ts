/**
 * `npx tsx src/data/write-emoji.ts FOLDER`: writes notebooks/data/emoji anew from the unpacked npm package emojibase-data.
 * (The package is large and nothing else needs it: `npm pack emojibase-data@17.0.0`, then `tar xzf`.)
 */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { createRandom } from "../../kernels/nlp/random.ts";

const FOLDER = new URL("../../notebooks/data/emoji/", import.meta.url);
/** By the package's numbers; 2, components such as skin tones, is left out. */
const GROUPS = [
  "smileys",
  "people",
  "",
  "nature",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
];

interface Emoji {
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
}

const source = pathToFileURL(`${process.argv[2]}/`);
const random = createRandom(0);
const splitOf = new Map<string, string>();
for (const language of ["en", "ko"]) {
  const rows = JSON.parse(await readFile(new URL(`${language}/data.json`, source), "utf8")) as Emoji[];
  const kept = rows.filter(({ group }) => group !== undefined && GROUPS[group] !== "");
  for (const base of random.shuffle([...new Set(kept.map(toBase))])) {
    if (splitOf.has(base)) continue;
    const drawn = random.uniform();
    splitOf.set(base, drawn < 0.6 ? "train" : drawn < 0.7 ? "dev" : "test");
  }
  const lines = kept.map((row) =>
    [row.emoji, row.label, (row.tags ?? []).join(", "), GROUPS[row.group!], splitOf.get(toBase(row))].join(
      "\t",
    ),
  );
  await writeFile(
    new URL(`emoji.${language}.tsv`, FOLDER),
    `emoji\tname\tkeywords\tgroup\tsplit\n${lines.join("\n")}\n`,
  );
}

/** Man, woman and person raising a hand are one: their first sign is. A flag is its two letters, a family its first member. */
function toBase({ emoji }: Emoji): string {
  const signs = [...emoji];
  return /^\p{Regional_Indicator}/u.test(emoji) ? emoji : signs[0];
}
