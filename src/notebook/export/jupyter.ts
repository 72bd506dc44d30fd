/**
 * A lecture that was run, as a Jupyter notebook (nbformat 4.5): https://nbformat.readthedocs.io/en/latest/format_description.html
 * What Jupyter has no place for (front matter, fences, the blanks between cells) is kept in metadata, so that
 * src/notebook/import/jupyter.ts gives back the same file.
 */
import type { Output } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type ExecutedNotebook, type ExportOptions } from "./executed.ts";
import { maybePlotlyFigure } from "./figures.ts";
import { tableHtml } from "./table-html.ts";

/** Plotly's own MIME type: JupyterLab and VS Code draw it. */
const PLOTLY = "application/vnd.plotly.v1+json";

export function toJupyter({ notebook, cells }: ExecutedNotebook, options: ExportOptions): string {
  const outputs = new Map(cells.map((cell) => [cell.id, cell.outputs]));
  const taken = new Set(
    notebook.segments.flatMap((segment) => (segment.kind === "cell" ? [String(segment.id)] : [])),
  );
  let prose = 0;
  const nextProseId = (): string => {
    const id = `prose-${++prose}`;
    return taken.has(id) ? nextProseId() : id;
  };
  const frontMatter = notebook.segments.find(({ kind }) => kind === "frontMatter")?.source;
  /** Blanks that stand before the next cell. */
  let before = "";
  const exported = notebook.segments.flatMap((segment) => {
    if (segment.kind === "frontMatter") return [];
    if (segment.kind === "prose") {
      const source = segment.source.trim();
      const [start, end] = cutAround(segment.source, source);
      if (!source) {
        before += segment.source;
        return [];
      }
      const metadata = { gongbu: { before: before + start } };
      before = end;
      return [{ cell_type: "markdown", id: nextProseId(), metadata, source: toLines(source) }];
    }
    const { id, attributes, code, open, body, close } = segment;
    const gongbu = { id, ...attributes, before, open, body, close };
    before = "";
    return [
      {
        cell_type: "code",
        id: id.slice(0, 64),
        metadata: { gongbu },
        execution_count: null,
        source: toLines(code),
        outputs: (outputs.get(id) ?? []).map((output) => toJupyterOutput(output, options)),
      },
    ];
  });
  const metadata = {
    kernelspec: { name: "gongbu", display_name: "Gongbu (TypeScript)", language: "typescript" },
    language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    title: notebook.frontMatter.title,
    gongbu: { frontMatter: frontMatter ?? "", end: before },
  };
  return `${JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: exported }, null, 1)}\n`;
}

function toJupyterOutput(output: Output, { language, plainText }: ExportOptions): object {
  const plain = plainText(output, language);
  if (output.kind === "log") {
    const name = output.level === "error" || output.level === "warn" ? "stderr" : "stdout";
    return { output_type: "stream", name, text: toLines(`${plain}\n`) };
  }
  if (output.kind === "error") {
    const { name, text } = output.error;
    const evalue = typeof text === "string" ? text : text[language];
    return { output_type: "error", ename: name, evalue, traceback: toLines(plain) };
  }
  return {
    output_type: "display_data",
    metadata: {},
    data: { "text/plain": toLines(plain), ...richData(output, language) },
  };
}

function richData(output: Output, language: ExportOptions["language"]): Record<string, unknown> {
  switch (output.kind) {
    case "figure":
    case "training":
      return { [PLOTLY]: maybePlotlyFigure(output, language) };
    case "markdown":
      return { "text/markdown": toLines(inLanguage(output.markdown, language) as string) };
    case "html":
      return { "text/html": toLines(output.html) };
    case "table":
      return { "text/html": toLines(tableHtml(output, language)) };
    default:
      return {};
  }
}

/** What stands before and after a part of a text. */
function cutAround(text: string, part: string): [string, string] {
  const start = text.indexOf(part);
  return [text.slice(0, start), text.slice(start + part.length)];
}

/** Jupyter keeps text as a list of lines with their ends. */
function toLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
