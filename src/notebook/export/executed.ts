import type { Output } from "../../../kernels/runtime/display/output.ts";
import type { CellId, Notebook } from "../notebook.ts";

/** A notebook and what its cells showed in one run: what is exported. */
export interface ExecutedNotebook {
  readonly notebook: Notebook;
  readonly cells: readonly { readonly id: CellId; readonly outputs: readonly Output[] }[];
}

export type ExportLanguage = "en" | "ko";

export interface ExportOptions {
  readonly language: ExportLanguage;
  /** An output as text: kernels/runtime/display/plain.ts. */
  readonly plainText: (output: Output, language: ExportLanguage) => string;
  /** Plotly's script, for an HTML file that draws its figures; without it they are told in words. */
  readonly plotly?: string;
}

/** Data in which every `{en, ko}` has become the words of one language. */
export function inLanguage(value: unknown, language: ExportLanguage): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language));
  if ("en" in value && "ko" in value && typeof value[language] === "string") return value[language];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inLanguage(item, language)]));
}
