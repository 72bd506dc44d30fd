/** A quote that begins with `[!NOTE]`, `[!TIP]` or `[!QUESTION]` on a line of its own, as GitHub writes alerts, is an aside. */
import type { MarkdownIt, Token } from "markdown-it";

/** Turns such quotes into `<aside class="note">` and its like. */
export function readAsides(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "asides", ({ tokens }) => {
    for (let index = tokens.length - 1; index >= 0; index--) {
      if (tokens[index].type === "blockquote_open") readAside(tokens, index);
    }
  });
}

function readAside(tokens: Token[], index: number): void {
  const [quote, paragraph, inline] = tokens.slice(index);
  if (paragraph?.type !== "paragraph_open") return;
  const mark = /^\[!(NOTE|TIP|QUESTION)\][ \t]*(?:\n|$)/i.exec(inline.content);
  if (!mark) return;
  const end = tokens.findIndex(
    ({ type, level }, at) => at > index && type === "blockquote_close" && level === quote.level,
  );
  quote.tag = "aside";
  quote.attrSet("class", mark[1].toLowerCase());
  tokens[end].tag = "aside";
  inline.content = inline.content.slice(mark[0].length);
  if (inline.content === "") tokens.splice(index + 1, 3);
}
