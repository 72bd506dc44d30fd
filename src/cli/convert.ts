/** `gongbu convert`: a lecture as a Jupyter notebook or an HTML file without running it, and a Jupyter notebook as a lecture. */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { plainText } from "../../kernels/runtime/display/plain.ts";
import { toHtmlDocument } from "../notebook/export/html.ts";
import { toJupyter } from "../notebook/export/jupyter.ts";
import { parseNotebook } from "../notebook/format/index.ts";
import { fromJupyter } from "../notebook/import/jupyter.ts";
import { CommandError } from "./command-error.ts";
import type { Terminal } from "./main.ts";

export async function convertCommand(paths: readonly string[], { stderr }: Terminal): Promise<number> {
  const [from, to, ...more] = paths;
  if (!from || !to || more.length > 0)
    throw new CommandError(`convert takes two files, from and to, but was given ${paths.length}.`);
  const source = await read(from);
  const { text, notes } = convert(source, { from, to });
  await write(to, text);
  for (const note of notes) stderr.write(`${from}: ${note}\n`);
  stderr.write(`Written: ${to}\n`);
  return 0;
}

function convert(
  source: string,
  { from, to }: { from: string; to: string },
): { text: string; notes: readonly string[] } {
  const options = { language: "en", plainText } as const;
  const kinds = [from, to].map((path) => /\.(md|ipynb|html)$/.exec(path)?.[1]).join(" → ");
  const executed = () => ({ notebook: parseNotebook(source, { path: from }), cells: [] });
  switch (kinds) {
    case "md → ipynb":
      return { text: toJupyter(executed(), options), notes: [] };
    case "md → html":
      return { text: toHtmlDocument(executed(), options), notes: [] };
    case "ipynb → md": {
      const { source: text, notes } = readJupyter(source, from);
      return { text, notes };
    }
    default:
      throw new CommandError(
        `convert makes .ipynb or .html of a lecture's .md, and .md of an .ipynb, but was given ${basename(from)} and ${basename(to)}.`,
      );
  }
}

function readJupyter(text: string, path: string) {
  try {
    return fromJupyter(text, { path });
  } catch (error) {
    throw new CommandError((error as Error).message, { cause: error });
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CommandError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new CommandError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
