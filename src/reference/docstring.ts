/** A docstring's comment, read into its text and its tags. */
import type { Docstring } from "./reference.ts";

export const emptyDocstring: Docstring = {
  text: "",
  summary: "",
  korean: undefined,
  examples: [],
  errors: [],
  sources: [],
};

const TAGS = ["ko", "example", "throws", "see"];

/** The comment with its slashes and stars. A tag that is not known throws an error that names `where`. */
export function parseDocstring(comment: string, { where }: { readonly where: string }): Docstring {
  const lines = comment
    .replace(/^\/\*\*[ \t]?/, "")
    .replace(/\s*\*\/$/, "")
    .split("\n")
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*? ?/, "")));
  const [head, ...tagged] = splitAtTags(lines);
  const tags = tagged.map((block) => readTag(block, where));
  const find = (tag: string) => tags.filter(({ name }) => name === tag).map(({ text }) => text);
  const korean = find("ko");
  if (korean.length > 1) throw new Error(`${where}: two @ko lines; one says it.`);
  const text = head.join("\n").trim();
  return {
    text,
    summary: findSummary(text),
    korean: korean[0]?.replace(/\s*\n\s*/g, " "),
    examples: find("example"),
    errors: find("throws"),
    sources: find("see"),
  };
}

/** The lines before the first tag, then each tag's own. */
function splitAtTags(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (/^@\w/.test(line)) blocks.push([]);
    blocks.at(-1)!.push(line);
  }
  return blocks;
}

function readTag(lines: readonly string[], where: string): { name: string; text: string } {
  const [, name, rest] = /^@(\w+)[ \t]*([^]*)$/.exec(lines.join("\n"))!;
  if (!TAGS.includes(name)) {
    const known = TAGS.map((tag) => `@${tag}`).join(", ");
    throw new Error(`${where}: the docstring has a tag @${name}. Known are ${known}.`);
  }
  return { name, text: rest.trim() };
}

/**
 * The first sentence, on one line. A sentence ends with a full stop and a capital letter behind it (but not behind an
 * initial), a paragraph, or the colon before a formula or a list.
 */
function findSummary(text: string): string {
  const paragraph = text.split(/\n\s*\n|(?:^|\n)- /)[0].replace(/\s*\n\s*/g, " ");
  const sentence = /^.*?(?<!(?:^|[\s(]|\.-?)\p{Lu})\.(?= +[\p{Lu}\d"“`(])/u.exec(paragraph)?.[0] ?? paragraph;
  return sentence.replace(/[:,]$/, ".");
}
