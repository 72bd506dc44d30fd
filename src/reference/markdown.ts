/** A module's reference as a Markdown file: what docs/reference holds, to read in an editor or where the code is hosted. */
import { isValue, type Entry, type Member, type OptionGroup, type ReferenceModule } from "./reference.ts";

/** From docs/reference/ to the project's root. */
const ROOT = "../../";

export const NOTE = "<!-- Made from the docstrings by `npm run docs`; a change here is lost. -->";

export function renderModuleMarkdown(module: ReferenceModule): string {
  const { specifier, doc, entries, file } = module;
  const anchors = getAnchors(entries);
  const blocks = [
    NOTE,
    `# ${specifier}`,
    doc.text,
    doc.korean,
    `Source: ${link(file)}`,
    ...renderContents(entries, anchors),
    ...entries.flatMap((entry) => renderEntry(entry)),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/** The list of the modules. */
export function renderIndexMarkdown(modules: readonly ReferenceModule[]): string {
  const rows = modules.map(
    ({ name, specifier, doc }) => `| [\`${specifier}\`](${name}.md) | ${doc.summary} | ${doc.korean ?? ""} |`,
  );
  const text =
    "What the cells of a lecture can import from the library. Each page is made from the docstrings of the code, " +
    "and each entry names the file to read on in.";
  return `${[NOTE, "# Reference", text, ["| module | what | 한국어 |", "| --- | --- | --- |", ...rows].join("\n")].join("\n\n")}\n`;
}

function renderContents(entries: readonly Entry[], anchors: ReadonlyMap<Entry, string>): string[] {
  const rows = entries
    .filter(isValue)
    .map(
      (entry) =>
        `| [\`${entry.name}\`](#${anchors.get(entry)}) | ${cell(entry.doc.summary)} | ${cell(entry.doc.korean ?? "")} |`,
    );
  const types = entries
    .filter((entry) => !isValue(entry))
    .map((entry) => `[\`${entry.name}\`](#${anchors.get(entry)})`);
  return [
    ["| name | what | 한국어 |", "| --- | --- | --- |", ...rows].join("\n"),
    types.length > 0 ? `Types: ${types.join(", ")}` : "",
  ];
}

function renderEntry(entry: Entry): string[] {
  const { name, signature, doc, options, members, file } = entry;
  return [
    `## ${name}`,
    fence(signature),
    doc.text,
    doc.korean ?? "",
    ...options.flatMap(renderOptions),
    entry.kind === "class" && members.length > 0 ? "**Members**" : "",
    renderMembers(members),
    ...doc.errors.map((text) => `**Throws** ${text}`),
    ...doc.examples.flatMap((code) => ["**Example**", fence(code)]),
    ...doc.sources.map((text) => `**See** ${text}`),
    `Source: ${link(file)}`,
  ];
}

function renderOptions({ name, members, more }: OptionGroup): string[] {
  const others = more.map((other) => `\`${other}\``).join(", ");
  const title = `**\`${name}\`**`;
  if (more.includes(name)) return [`${title}: listed above.`];
  return [title, renderMembers(members), others === "" ? "" : `And the options of ${others}.`];
}

function renderMembers(members: readonly Member[]): string {
  return members
    .map(({ code, doc }) => {
      const text = doc.text === "" ? "" : ` — ${doc.text.replace(/\n(?!\n)/g, "\n  ")}`;
      return `- \`${code}\`${text}`;
    })
    .join("\n");
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function link(file: string): string {
  return `[${file}](${ROOT}${file})`;
}

/** GitHub's anchors: names in lower case, and a number where two differ only in case. */
function getAnchors(entries: readonly Entry[]): ReadonlyMap<Entry, string> {
  const taken = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const slug = entry.name.toLowerCase();
      const count = taken.get(slug) ?? 0;
      taken.set(slug, count + 1);
      return [entry, count === 0 ? slug : `${slug}-${count}`];
    }),
  );
}
