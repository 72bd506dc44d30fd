/** Markdown to HTML, without a DOM: what a lecture's prose becomes when the site is built. */
import MarkdownIt, { type Token } from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import { readAsides } from "./asides.ts";
import { MarkdownError } from "./error.ts";
import { readAnchors, setAnchors, type Heading } from "./headings.ts";
import { escapeHtml, highlightTypeScript } from "./highlight.ts";
import { refuseHtml } from "./html.ts";
import { rewriteLinks } from "./links.ts";
import { readMath, renderMath } from "./math.ts";

export interface MarkdownOptions {
  /** Anchors of the same headings in another language, in order. Default: each heading's own. */
  readonly anchors?: readonly string[];
  /** What stands before relative links and images. Default: "../", from a lecture's folder to the site's root. */
  readonly base?: string;
  /** Math that KaTeX cannot read: an error (the default), or shown as it is written. */
  readonly invalidMath?: "throw" | "show";
}

export interface RenderedProse {
  /** One a source. */
  readonly html: readonly string[];
  readonly headings: readonly Heading[];
}

/** One Markdown text as HTML that holds no HTML of the text's own. */
export function renderMarkdown(markdown: string, options: MarkdownOptions = {}): string {
  return renderProse([markdown], options).html[0];
}

/**
 * Several Markdown texts that make one page, each rendered by itself: no block reaches from one into the next, but a
 * link may use an address that another text defines, and no two headings get one anchor.
 */
export function renderProse(
  sources: readonly string[],
  { anchors, base = "../", invalidMath = "throw" }: MarkdownOptions = {},
): RenderedProse {
  const env = { base, references: {} };
  const definitions = createMarkdown();
  definitions.core.ruler.enableOnly(["normalize", "block"]);
  const texts = sources.map((source) => source.replace(/^\uFEFF/, ""));
  for (const text of texts) definitions.parse(text, env);

  const markdown = createMarkdown();
  const parsed = texts.map((text) => markdown.parse(text, env));
  parsed.forEach((tokens, source) => fillMath(tokens, { source, invalidMath }));
  const headings = setAnchors(parsed, { anchors });
  return { html: parsed.map((tokens) => markdown.renderer.render(tokens, markdown.options, env)), headings };
}

function createMarkdown(): MarkdownIt {
  // In Korean a particle follows without a blank: **92 %**입니다 is no emphasis by CommonMark's own rule.
  const markdown = new MarkdownIt({ highlight }).use(cjkFriendly);
  for (const extend of [refuseHtml, readMath, readAsides, readAnchors, rewriteLinks]) extend(markdown);
  markdown.renderer.rules.math = (tokens, index) => tokens[index].meta as string;
  return markdown;
}

function highlight(code: string, language: string): string {
  return /^(?:ts|tsx|js|jsx|typescript|javascript)$/i.test(language)
    ? highlightTypeScript(code)
    : escapeHtml(code);
}

/** Renders the math of a text ahead of the rest, while the line that it stands on is still known. */
function fillMath(
  tokens: readonly Token[],
  { source, invalidMath }: { source: number; invalidMath: "throw" | "show" },
): void {
  for (const token of tokens) {
    for (const math of [token, ...(token.children ?? [])]) {
      if (math.type !== "math") continue;
      try {
        math.meta = renderMath(math.content, { display: math.block }) + (math === token ? "\n" : "");
      } catch (error) {
        if (invalidMath === "throw") throw badMath(math.content, { source, line: token.map![0] + 1, error });
        math.meta = `<code>${escapeHtml(math.markup + math.content + math.markup)}</code>`;
      }
    }
  }
}

function badMath(
  tex: string,
  { source, line, error }: { source: number; line: number; error: unknown },
): MarkdownError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MarkdownError("bad-math", {
    source,
    line,
    cause: error,
    text: {
      en: `The formula $${tex}$ cannot be read: ${reason}. Correct the TeX, or write \\$ for a dollar sign.`,
      ko: `수식 $${tex}$을(를) 읽을 수 없습니다: ${reason}. TeX를 고치거나, 달러 기호라면 \\$로 써 주십시오.`,
    },
  });
}
