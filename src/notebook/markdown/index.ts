export { MarkdownError } from "./error.ts";
export type { Heading } from "./headings.ts";
export {
  escapeHtml,
  highlightTypeScript,
  linkText,
  type CodeLink,
  type HighlightOptions,
} from "./highlight.ts";
export { findReferenceLinks, type ReferenceLinksOptions } from "./reference-links.ts";
export { renderMarkdown, renderProse, type MarkdownOptions, type RenderedProse } from "./render.ts";
