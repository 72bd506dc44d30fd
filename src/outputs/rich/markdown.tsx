import type { MarkdownOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { RichHtml } from "./rich-html.tsx";

/** Markdown from a cell, its formulas between dollar signs included. */
export function Markdown({ output, language }: { output: MarkdownOutput; language: Language }) {
  const source = inLanguage(output.markdown, language);
  return <RichHtml source={source} toSafeHtml={toSafeHtml} placeholder={source} label={LABEL[language]} />;
}

const LABEL = { en: "Formatted text", ko: "서식이 있는 글" };

async function toSafeHtml(markdown: string): Promise<string> {
  const { renderMarkdown } = await import("./render-markdown.ts");
  return renderMarkdown(markdown);
}
