/** Headings and their anchors: `## Loss {#loss}` has the anchor it names, others one made of their words. */
import type { MarkdownIt, Token } from "markdown-it";
import { MarkdownError } from "./error.ts";

export interface Heading {
  readonly anchor: string;
  /** The anchor that the heading itself names, if it does. */
  readonly named: string | undefined;
  readonly level: number;
  /** Its words without markup; math as TeX. */
  readonly text: string;
  /** Which of the sources it stands in, counted from 0, and on which line of it, counted from 1. */
  readonly source: number;
  readonly line: number;
  /** Within a quote or a list: such a heading is no part of the outline. */
  readonly nested: boolean;
}

/** Takes `{#anchor}` off the headings' text; it is kept in the token's `meta`. */
export function readAnchors(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "anchors", ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const inline = tokens[index + 1];
      const match = /(?:^|[ \t]+)\{#([\p{L}\p{N}_-]+)\}[ \t]*$/u.exec(inline.content);
      if (!match) return;
      inline.content = inline.content.slice(0, match.index);
      token.meta = { anchor: match[1] };
    });
  });
}

/**
 * The headings of several sources that make one page, each given its `id`. `anchors` are those of the same headings in
 * another language, in order; without them a heading gets the one it names, or its slug.
 */
export function setAnchors(
  sources: readonly (readonly Token[])[],
  { anchors }: { anchors?: readonly string[] },
): Heading[] {
  const found = sources.flatMap((tokens, source) =>
    tokens.flatMap((token, index) =>
      token.type === "heading_open" ? [{ token, inline: tokens[index + 1], source }] : [],
    ),
  );
  const taken = new Set<string>();
  for (const { token, source } of found) {
    const named = namedAnchor(token);
    if (named === undefined || anchors) continue;
    if (taken.has(named)) throw duplicateAnchor(named, { source, line: lineOf(token) });
    taken.add(named);
  }
  return found.map(({ token, inline, source }, index) => {
    const named = namedAnchor(token);
    const text = plainText(inline);
    const anchor = anchors?.[index] ?? named ?? freeSlug(text, taken);
    taken.add(anchor);
    token.attrSet("id", anchor);
    const level = Number(token.tag.slice(1));
    return { anchor, named, level, text, source, line: lineOf(token), nested: token.level > 0 };
  });
}

/** The words in lower case with hyphens between them, without punctuation: GitHub's way. */
export function slugOf(text: string): string {
  const slug = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
  return slug === "" ? "section" : slug;
}

function freeSlug(text: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(text);
  let free = slug;
  for (let count = 1; taken.has(free); count++) free = `${slug}-${count}`;
  return free;
}

function namedAnchor(token: Token): string | undefined {
  return (token.meta as { anchor: string } | null)?.anchor;
}

function lineOf(token: Token): number {
  return token.map![0] + 1;
}

function plainText(inline: Token): string {
  const text = (token: Token): string => {
    if (token.type === "softbreak" || token.type === "hardbreak") return " ";
    if (token.type === "html_inline") return "";
    return token.children ? token.children.map(text).join("") : token.content;
  };
  return text(inline).trim();
}

function duplicateAnchor(anchor: string, { source, line }: { source: number; line: number }): MarkdownError {
  return new MarkdownError("duplicate-anchor", {
    source,
    line,
    text: {
      en: `Two headings name the anchor {#${anchor}}. Give one of them another.`,
      ko: `앵커 {#${anchor}}을(를) 쓰는 제목이 둘 있습니다. 하나를 다른 이름으로 바꿔 주십시오.`,
    },
  });
}
