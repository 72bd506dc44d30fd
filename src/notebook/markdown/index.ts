export { MarkdownError } from "./error.ts";
export type { Heading } from "./headings.ts";
export { highlightTypeScript } from "./highlight.ts";
export { renderMarkdown, renderProse, type MarkdownOptions, type RenderedProse } from "./render.ts";
