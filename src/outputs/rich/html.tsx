import type { HtmlOutput } from "../../../kernels/runtime/display/output.ts";
import { RichHtml } from "./rich-html.tsx";

/** HTML from a cell, sanitised. */
export function Html({ output }: { output: HtmlOutput }) {
  return <RichHtml source={output.html} toSafeHtml={toSafeHtml} placeholder="" label="HTML" />;
}

async function toSafeHtml(html: string): Promise<string> {
  const { createSanitizer } = await import("./sanitizer.ts");
  const box = document.createElement("div");
  box.append(createSanitizer(window, { baseUrl: document.baseURI })(html));
  return box.innerHTML;
}
