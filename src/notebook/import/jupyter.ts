/**
 * A Jupyter notebook as a lecture file. One that was exported from a lecture gives back the same bytes, but for what was
 * changed in Jupyter; any other becomes a lecture as far as it can, and what cannot come along is said.
 */
import type { CellId } from "../notebook.ts";
import { isCellId, parseNotebook, serializeNotebook, setCellCode } from "../format/index.ts";

export interface ImportedNotebook {
  /** The lecture's file. */
  readonly source: string;
  /** What could not come along, a sentence each. */
  readonly notes: readonly string[];
}

/** What the exporter keeps of a cell where Jupyter has no place for it. */
interface CellNote {
  readonly id?: string;
  readonly before?: string;
  readonly open?: string;
  readonly body?: string;
  readonly close?: string;
}

interface JupyterCell {
  readonly cell_type: string;
  readonly id?: string;
  readonly source: string | readonly string[];
  readonly metadata?: { readonly gongbu?: CellNote };
  readonly attachments?: object;
}

interface JupyterNotebook {
  readonly nbformat: number;
  readonly cells: readonly JupyterCell[];
  readonly metadata?: {
    readonly title?: unknown;
    readonly gongbu?: { readonly frontMatter?: string; readonly end?: string };
    readonly kernelspec?: { readonly language?: string; readonly name?: string };
    readonly language_info?: { readonly name?: string };
  };
}

/** Throws an error that names the file for what is no notebook of nbformat 4. */
export function fromJupyter(text: string, { path }: { readonly path: string }): ImportedNotebook {
  const notebook = readNotebook(text, path);
  const language =
    notebook.metadata?.language_info?.name ?? notebook.metadata?.kernelspec?.language ?? "python";
  const ids = new Set(notebook.cells.flatMap(({ metadata }) => metadata?.gongbu?.id ?? []));
  const notes: string[] = [];
  const changed = new Map<CellId, string>();
  const { frontMatter, end } = notebook.metadata?.gongbu ?? {};
  const parts = [frontMatter ?? inventFrontMatter(notebook, path)];

  notebook.cells.forEach((cell, index) => {
    const source = joinLines(cell.source);
    const { before, open, body, close, id } = cell.metadata?.gongbu ?? {};
    // A cell that was made in Jupyter stands a blank line behind the one before.
    parts.push(before ?? separate(parts[parts.length - 1]));
    if (cell.attachments)
      notes.push(`Cell ${index + 1} has attached pictures, which a lecture file cannot hold.`);
    if (cell.cell_type === "markdown") {
      parts.push(source);
    } else if (cell.cell_type === "code" && open !== undefined && body !== undefined && id !== undefined) {
      parts.push(open + body + (close ?? ""));
      changed.set(id as CellId, source);
    } else if (cell.cell_type === "code" && isTypeScript(language)) {
      parts.push(fence(`ts {id=${inventId(cell.id, ids)}}`, source));
    } else {
      const word = cell.cell_type === "code" ? language : "text";
      if (cell.cell_type === "code")
        notes.push(`Cell ${index + 1} is ${language}: it is quoted, for a lecture's cells are TypeScript.`);
      parts.push(fence(word, source));
    }
  });
  // Behind a lecture's own last cell its own end; behind what was added in Jupyter, a line end.
  const last = notebook.cells.at(-1);
  const isOwn = last === undefined || last.metadata?.gongbu?.before !== undefined;
  parts.push(isOwn && end !== undefined ? end : separate(parts[parts.length - 1]).slice(1));
  return { source: applyChanges(parts.join(""), { changed, path }), notes };
}

/** Cells whose code Jupyter has changed get it, in fences long enough for it. */
function applyChanges(
  source: string,
  { changed, path }: { changed: ReadonlyMap<CellId, string>; path: string },
): string {
  let notebook = parseNotebook(source, { path });
  for (const segment of notebook.segments) {
    if (segment.kind !== "cell") continue;
    const code = changed.get(segment.id);
    if (code !== undefined && code !== segment.code) notebook = setCellCode(notebook, segment.id, code);
  }
  return serializeNotebook(notebook);
}

function readNotebook(text: string, path: string): JupyterNotebook {
  let notebook: Partial<JupyterNotebook>;
  try {
    notebook = JSON.parse(text) as Partial<JupyterNotebook>;
  } catch (cause) {
    throw new Error(`${path} is no Jupyter notebook: it is not JSON (${(cause as Error).message}).`, {
      cause,
    });
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells))
    throw new Error(
      `${path} is no Jupyter notebook of nbformat 4: nbformat is ${String(notebook?.nbformat)}, cells ${Array.isArray(notebook?.cells) ? "are there" : "are missing"}. Save it again in JupyterLab or VS Code.`,
    );
  notebook.cells.forEach((cell: Partial<JupyterCell> | null, index) => {
    const { source } = cell ?? {};
    if (
      typeof source !== "string" &&
      !(Array.isArray(source) && source.every((line) => typeof line === "string"))
    )
      throw new Error(`${path}: cell ${index + 1} has no source that could be read.`);
  });
  return notebook as JupyterNotebook;
}

function inventFrontMatter({ metadata, cells }: JupyterNotebook, path: string): string {
  const heading = cells.map(({ source }) => /^# +(.+)$/m.exec(joinLines(source))?.[1]).find(Boolean);
  const title =
    typeof metadata?.title === "string" ? metadata.title : (heading ?? path.replace(/^.*\/|\.ipynb$/g, ""));
  return `---\ntitle: ${JSON.stringify(title)}\n---\n`;
}

function separate(before: string): string {
  if (before === "" || before.endsWith("\n\n")) return "";
  return before.endsWith("\n") ? "\n" : "\n\n";
}

/** A fence longer than every run of backticks in the code. */
function fence(info: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${info}\n${code}${code === "" || code.endsWith("\n") ? "" : "\n"}${marks}\n`;
}

function inventId(wanted: string | undefined, taken: Set<string>): string {
  let id = wanted !== undefined && isCellId(wanted) ? wanted : "cell-1";
  for (let number = 1; taken.has(id); number++) id = `cell-${number}`;
  taken.add(id);
  return id;
}

function isTypeScript(language: string): boolean {
  return /^(typescript|javascript|ts|js)$/i.test(language);
}

function joinLines(source: string | readonly string[]): string {
  return typeof source === "string" ? source : source.join("");
}
