/** A lecture that was run, as one HTML file to read: prose, code, and what each cell showed. */
import type { Output } from "../../../kernels/runtime/display/output.ts";
import { escapeHtml, highlightTypeScript } from "../markdown/highlight.ts";
import { renderProse } from "../markdown/render.ts";
import type { ExecutedNotebook, ExportOptions } from "./executed.ts";
import { maybePlotlyFigure } from "./figures.ts";
import { tableHtml } from "./table-html.ts";

const STYLE = `
body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; font: 1.05rem/1.65 Georgia, serif; color: #222; }
pre { overflow-x: auto; padding: .75rem 1rem; background: #f6f6f4; font: .85rem/1.5 ui-monospace, monospace; }
pre.output { background: none; border-left: 2px solid #ccc; }
pre.failed { border-color: #b00; }
.figure { min-height: 300px; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { padding: .2rem .6rem; border-bottom: 1px solid #ddd; text-align: left; }
.tok-keyword { color: #7a3e9d; } .tok-string { color: #22702f; } .tok-comment { color: #777; } .tok-number { color: #9a5b00; }
`;

export function toHtmlDocument({ notebook, cells }: ExecutedNotebook, options: ExportOptions): string {
  const { language } = options;
  const outputs = new Map(cells.map((cell) => [cell.id, cell.outputs]));
  const prose = notebook.segments.filter((segment) => segment.kind === "prose");
  const rendered = renderProse(prose.map(({ source }) => source));
  const body = notebook.segments.map((segment) => {
    if (segment.kind === "frontMatter") return "";
    if (segment.kind === "prose") return rendered.html[prose.indexOf(segment)];
    const shown = (outputs.get(segment.id) ?? []).map((output) => outputHtml(output, options));
    return `<section id="cell-${segment.id}"><pre><code>${highlightTypeScript(segment.code)}</code></pre>\n${shown.join("\n")}</section>`;
  });
  const drawn = body.some((part) => part.includes(FIGURE));
  const title = escapeHtml(notebook.frontMatter.title ?? "Gongbu");
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body.join("\n")}
${drawn && options.plotly !== undefined ? `<script>${options.plotly}</script>\n<script>${DRAW}</script>` : ""}
</body>
</html>
`;
}

const FIGURE = '<div class="figure" role="img"';

/** Reads each figure's data, which is no script, and draws it. */
const DRAW = `for (const box of document.querySelectorAll(".figure")) {
  const { data, layout } = JSON.parse(box.querySelector("script").textContent);
  Plotly.newPlot(box, data, { ...layout, autosize: true }, { displaylogo: false, responsive: true });
}`;

function outputHtml(output: Output, { language, plainText, plotly }: ExportOptions): string {
  const figure = plotly === undefined ? undefined : maybePlotlyFigure(output, language);
  if (figure) {
    const label = escapeHtml(plainText(output, language)).replaceAll('"', "&quot;");
    // No "<" is left that could end the data.
    const data = JSON.stringify(figure).replaceAll("<", "\\u003c");
    return `${FIGURE} aria-label="${label}"><script type="application/json">${data}</script></div>`;
  }
  // HTML that a cell made is kept as text: nothing in this file has been through the page's sanitiser.
  if (output.kind === "table") return tableHtml(output, language);
  const failed = output.kind === "error" ? " failed" : "";
  return `<pre class="output${failed}">${escapeHtml(plainText(output, language))}</pre>`;
}
