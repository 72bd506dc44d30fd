import MarkdownIt from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import { findFormulas } from "./formulas.ts";
import { createSanitizer } from "./sanitizer.ts";

/**
 * Safe HTML of a cell's Markdown. Raw HTML in it stays text. Formulas are set aside before Markdown reads the
 * source (`_` and `*` mean something else in TeX) and put in after sanitising, which would drop KaTeX's positions.
 */
export async function renderMarkdown(markdown: string): Promise<string> {
  const { text, formulas } = findFormulas(markdown);
  const sanitize = createSanitizer(window, { baseUrl: document.baseURI });
  const box = document.createElement("div");
  // In Korean a particle follows without a blank: **92 %**입니다 is no emphasis by CommonMark's own rule.
  const reader = new MarkdownIt({ html: false, linkify: false, typographer: false }).use(cjkFriendly);
  box.append(sanitize(reader.render(text)));
  if (formulas.length > 0) {
    const [{ default: katex }] = await Promise.all([import("katex"), import("katex/dist/katex.min.css")]);
    replaceMarks(box, (index) => {
      const { tex, display } = formulas[index];
      const span = document.createElement("span");
      span.innerHTML = katex.renderToString(tex, { displayMode: display, throwOnError: false, trust: false });
      return span;
    });
  }
  return box.innerHTML;
}

/** Each mark of a formula in the text becomes the node that `toNode` makes. */
function replaceMarks(box: HTMLElement, toNode: (index: number) => Node): void {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const node of texts) {
    const parts = node.data.split(/\uE000(\d+)\uE001/);
    if (parts.length === 1) continue;
    // Splitting on one group gives text, index, text, index, …
    node.replaceWith(...parts.map((part, i) => (i % 2 === 0 ? part : toNode(Number(part)))));
  }
}
