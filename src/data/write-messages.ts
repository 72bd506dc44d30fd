/**
 * `npx tsx src/data/write-messages.ts`: writes notebooks/data/messages anew from the installed TypeScript compiler.
 *
 * The compiler's package holds a file of translations for each language, a key to a text, and its own table of messages,
 * with key, number and English text. The table is no part of the compiler's documented interface; it is read by name.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { nearDuplicates } from "../../kernels/nlp/data/near-duplicates.ts";
import { createRandom } from "../../kernels/nlp/random.ts";

const FOLDER = new URL("../../notebooks/data/messages/", import.meta.url);
/** Texts more alike than this are of one template: the words that they share, and the pairs of words. */
const ALIKE = [
  { n: 1, threshold: 0.5 },
  { n: 2, threshold: 0.3 },
];
const SHARES = { test: 0.15, dev: 0.05 };
/** A template of more messages than this is learnt, never tested: it would fill the test split alone. */
const LARGEST_TESTED = 12;

interface Message {
  readonly code: number;
  readonly key: string;
  readonly message: string;
}

const require = createRequire(import.meta.url);
const { Diagnostics } = require("typescript") as { Diagnostics: Record<string, Message> };
const library = new URL("./", `file://${require.resolve("typescript")}`);
const translations = new Map<string, Record<string, string>>();
for (const entry of await readdir(library, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const file = new URL(`${entry.name}/diagnosticMessages.generated.json`, library);
  translations.set(entry.name, JSON.parse(await readFile(file, "utf8")) as Record<string, string>);
}

const messages = Object.values(Diagnostics)
  .filter(({ key }) => [...translations.values()].some((texts) => texts[key] !== undefined))
  .sort((a, b) => a.code - b.code);
const splits = toSplits(toTemplates(messages.map(({ message }) => message.replace(/\{\d+\}/g, " "))));
await writeLanguage("en", ({ message }) => message);
for (const [language, texts] of translations) await writeLanguage(language, ({ key }) => texts[key]);

async function writeLanguage(
  language: string,
  textOf: (message: Message) => string | undefined,
): Promise<void> {
  const lines = messages.flatMap((message, index) => {
    const text = textOf(message)?.replace(/\s+/g, " ").trim();
    return text ? [`${message.code}\t${splits[index]}\t${text}`] : [];
  });
  await writeFile(new URL(`messages.${language}.tsv`, FOLDER), `code\tsplit\ttext\n${lines.join("\n")}\n`);
}

/** For each text the number of its template: texts that are alike, or that a chain of such texts joins. */
function toTemplates(texts: readonly string[]): number[] {
  const leaders = texts.map((_, index) => index);
  const leader = (index: number): number => {
    if (leaders[index] !== index) leaders[index] = leader(leaders[index]);
    return leaders[index];
  };
  for (const options of ALIKE)
    for (const { first, second } of nearDuplicates(texts, options)) leaders[leader(second)] = leader(first);
  return texts.map((_, index) => leader(index));
}

function toSplits(templates: readonly number[]): ("train" | "dev" | "test")[] {
  const sizes = new Map<number, number>();
  for (const template of templates) sizes.set(template, (sizes.get(template) ?? 0) + 1);
  const small = [...sizes.keys()].filter((template) => sizes.get(template)! <= LARGEST_TESTED);
  const splitOf = new Map<number, "dev" | "test">();
  const left = {
    test: Math.round(SHARES.test * templates.length),
    dev: Math.round(SHARES.dev * templates.length),
  };
  for (const template of createRandom(0).shuffle(small)) {
    const split = left.test > 0 ? "test" : "dev";
    if (left[split] <= 0) break;
    splitOf.set(template, split);
    left[split] -= sizes.get(template)!;
  }
  return templates.map((template) => splitOf.get(template) ?? "train");
}
