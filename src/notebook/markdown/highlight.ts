/** TypeScript as HTML with the classes that the editor gives the same tokens. */
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/javascript";

export const typescript = parser.configure({ dialect: "ts" });

/** A part of the code that leads somewhere: [from, to) in UTF-16 code units. */
export interface CodeLink {
  readonly from: number;
  readonly to: number;
  readonly href: string;
  /** In a tab of its own, so that what runs on the page goes on. Default false. */
  readonly newTab?: boolean;
}

export interface HighlightOptions {
  /** In order, none within another. Default: none. */
  readonly links?: readonly CodeLink[];
}

/** `code` escaped, its tokens in spans with `tok-…` classes, its lines as they are. */
export function highlightTypeScript(code: string, { links = [] }: HighlightOptions = {}): string {
  let html = "";
  let at = 0;
  highlightCode(
    code,
    typescript.parse(code),
    classHighlighter,
    (text, classes) => {
      const inner = linkText(text, { links, at });
      html += classes ? `<span class="${classes}">${inner}</span>` : inner;
      at += text.length;
    },
    () => {
      html += "\n";
      at += 1;
    },
  );
  return html;
}

/** A piece of the code that begins at `at` (default 0), escaped, with the parts of it that are links. */
export function linkText(
  text: string,
  { links, at = 0 }: { readonly links: readonly CodeLink[]; readonly at?: number },
): string {
  let html = "";
  let done = 0;
  for (const { from, to, href, newTab } of links) {
    const [begin, end] = [Math.max(from - at, done), Math.min(to - at, text.length)];
    if (begin >= end) continue;
    const tab = newTab ? ' target="_blank" rel="noopener"' : "";
    const name = escapeHtml(text.slice(begin, end));
    html += `${escapeHtml(text.slice(done, begin))}<a class="code-link" href="${escapeHtml(href)}"${tab}>${name}</a>`;
    done = end;
  }
  return html + escapeHtml(text.slice(done));
}

/** Text for HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
