/** HTML in Markdown: comments are left out, everything else is shown as the text that it is. */
import type { MarkdownIt } from "markdown-it";
import { escapeHtml } from "./highlight.ts";

/**
 * The parser must know HTML, or a comment's lines would be read as Markdown; no tag of it reaches the page.
 */
export function refuseHtml(markdown: MarkdownIt): void {
  markdown.set({ html: true });
  markdown.renderer.rules.html_inline = (tokens, index) => escapeHtml(withoutComments(tokens[index].content));
  markdown.renderer.rules.html_block = (tokens, index) => {
    const text = withoutComments(tokens[index].content).trim();
    return text === "" ? "" : `<p>${escapeHtml(text)}</p>\n`;
  };
}

function withoutComments(html: string): string {
  return html.replace(/<!--(?:>|->|.*?-->|.*$)/gs, "");
}
