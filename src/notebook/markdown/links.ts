/** Where a link or an image of a lecture file leads on the site. */
import type { MarkdownIt } from "markdown-it";

/**
 * Rewrites what is relative in a lecture file, so that one text leads right on GitHub, where the lectures lie in
 * one folder, and on the site, where each has a folder of its own. `base` comes from the environment of the parse.
 */
export function rewriteLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "links", ({ tokens, env }) => {
    const { base } = env as { base: string };
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const name = token.type === "image" ? "src" : "href";
        const url = token.attrGet(name);
        if (url !== null) token.attrSet(name, resolveUrl(url, { base }));
      }
    }
  });
}

/** `02-x.md#part` as `../02-x/#part`, `pictures/a.png` as `../pictures/a.png`; what is not relative stays. */
export function resolveUrl(url: string, { base }: { base: string }): string {
  if (url === "" || /^(?:[a-z][a-z0-9+.-]*:|\/|#|\?)/i.test(url)) return url;
  const path = url.replace(/^(?:\.\/)+/, "");
  const lecture = /^([^/?#]+?)(?:\.ko)?\.md(#.*)?$/.exec(path);
  return lecture ? `${base}${lecture[1]}/${lecture[2] ?? ""}` : base + path;
}
