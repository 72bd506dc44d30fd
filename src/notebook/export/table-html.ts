import type { TableOutput } from "../../../kernels/runtime/display/output.ts";
import { escapeHtml } from "../markdown/highlight.ts";
import { inLanguage, type ExportLanguage } from "./executed.ts";

/** A table output as an HTML table. */
export function tableHtml({ columns, rows }: TableOutput, language: ExportLanguage): string {
  const cell = (value: unknown) => escapeHtml(value === null ? "" : String(inLanguage(value, language)));
  const head = columns.map(({ label }) => `<th>${cell(label)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((value) => `<td>${cell(value)}</td>`).join("")}</tr>`)
    .join("\n");
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}
