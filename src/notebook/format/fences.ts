/**
 * Finds the fenced code blocks that stand at a document's top level, as CommonMark's block rules see them. Containers
 * (quotes, list items), HTML blocks and paragraphs are followed only as far as they decide where a fence stands:
 * a fence within a list item, a quote, a comment or a longer fence is not at the top level.
 * GitHub's tables are taken for paragraphs, which differ from them in no way that matters to a fence outside a list.
 */
import { maybeHtmlBlock, type HtmlBlockEnd } from "./htmlBlock.ts";
import { maybeListItem } from "./listItem.ts";

export interface Fence {
  /** Index of the opening line. */
  readonly open: number;
  /** Index of the closing line; undefined where the document ends inside the fence. */
  readonly close: number | undefined;
}

export interface FenceMark {
  /** Columns of indent, 0 to 3. */
  readonly indent: number;
  /** The run of backticks or tildes. */
  readonly run: string;
  /** All that stands after the run, as it is written. */
  readonly info: string;
}

type Container =
  { readonly kind: "quote" } | { readonly kind: "item"; readonly contentIndent: number; empty: boolean };

type Leaf =
  | { readonly kind: "none" | "paragraph" }
  | { readonly kind: "fence"; readonly mark: FenceMark }
  | { readonly kind: "html"; readonly end: HtmlBlockEnd };

const none: Leaf = { kind: "none" };
const paragraph: Leaf = { kind: "paragraph" };

/** Reads `line` as the opening line of a fence. */
export function maybeFenceMark(line: string): FenceMark | undefined {
  const match = /^( {0,3})(?:(`{3,})([^`]*)|(~{3,})(.*))$/s.exec(line);
  if (!match) return undefined;
  const [, indent, ticks, ticksInfo, tildes, tildesInfo] = match;
  return { indent: indent.length, run: ticks ?? tildes, info: ticksInfo ?? tildesInfo };
}

/** Whether `line` ends a fence that was opened with `run`. */
export function closesFence(line: string, { run }: { run: string }): boolean {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line);
  return match !== null && match[1][0] === run[0] && match[1].length >= run.length;
}

/** The fences at the top level of a document, in order. */
export function findTopLevelFences(lines: readonly string[]): Fence[] {
  const fences: { open: number; close: number | undefined }[] = [];
  let containers: Container[] = [];
  let leaf: Leaf = none;

  lines.forEach((text, index) => {
    const line = expandTabs(text);
    const { matched, position: start } = matchContainers(containers, line);
    const allMatched = matched === containers.length;
    const atTop = containers.length === 0;
    let rest = line.slice(start);

    if (allMatched && leaf.kind === "fence") {
      if (closesFence(rest, leaf.mark)) {
        if (atTop) fences[fences.length - 1].close = index;
        leaf = none;
      }
      return;
    }
    if (allMatched && leaf.kind === "html") {
      if (endsHtml(rest, leaf.end)) leaf = none;
      return;
    }

    const open = containers.slice(0, matched);
    let before: Leaf = allMatched ? leaf : none;
    const lazy = !allMatched && leaf.kind === "paragraph";

    for (;;) {
      const step = startBlock(rest, { before, lazy: lazy && open.length === matched });
      if (step.kind === "quote" || step.kind === "item") {
        open.push(
          step.kind === "quote"
            ? { kind: "quote" }
            : { kind: "item", contentIndent: step.contentIndent, empty: true },
        );
        rest = rest.slice(step.contentStart);
        before = none;
        continue;
      }
      if (step.kind === "text" && lazy && open.length === matched) return;
      leaf = step.kind === "leaf" ? step.leaf : step.kind === "text" ? paragraph : none;
      break;
    }
    containers = open;
    if (leaf.kind === "fence" && containers.length === 0) fences.push({ open: index, close: undefined });
    containers.forEach((container, depth) => {
      const last = depth === containers.length - 1;
      if (container.kind === "item" && !(last && isBlank(rest))) container.empty = false;
    });
  });
  return fences;
}

/** How many of the open containers `line` belongs to, and the column after their marks. */
function matchContainers(
  containers: readonly Container[],
  line: string,
): { matched: number; position: number } {
  let position = 0;
  let matched = 0;
  for (const container of containers) {
    const rest = line.slice(position);
    const indent = indentOf(rest);
    if (container.kind === "quote") {
      if (indent > 3 || rest[indent] !== ">") break;
      position += indent + (rest[indent + 1] === " " ? 2 : 1);
    } else if (isBlank(rest)) {
      if (container.empty) break;
      position += Math.min(indent, container.contentIndent);
    } else {
      if (indent < container.contentIndent) break;
      position += container.contentIndent;
    }
    matched++;
  }
  return { matched, position };
}

type Step =
  | { readonly kind: "quote"; readonly contentStart: number }
  | { readonly kind: "item"; readonly contentIndent: number; readonly contentStart: number }
  | { readonly kind: "leaf"; readonly leaf: Leaf }
  | { readonly kind: "text" | "blank" };

/** The block that begins with `rest`. `before` is what it would interrupt; `lazy`: or else it continues a paragraph. */
function startBlock(rest: string, { before, lazy }: { before: Leaf; lazy: boolean }): Step {
  if (isBlank(rest)) return { kind: "blank" };
  const indent = indentOf(rest);
  const inParagraph = before.kind === "paragraph";
  // Four columns are an indented code block, which holds no line but its own.
  if (indent > 3) return inParagraph || lazy ? { kind: "text" } : { kind: "leaf", leaf: none };
  const content = rest.slice(indent);
  if (content[0] === ">") return { kind: "quote", contentStart: indent + (content[1] === " " ? 2 : 1) };
  if (/^#{1,6}(?: |$)/.test(content)) return { kind: "leaf", leaf: none };
  const mark = maybeFenceMark(rest);
  if (mark) return { kind: "leaf", leaf: { kind: "fence", mark } };
  const html = maybeHtmlBlock(content, { interruptsParagraph: inParagraph || lazy });
  if (html) return { kind: "leaf", leaf: endsHtml(content, html) ? none : { kind: "html", end: html } };
  if (inParagraph && /^(?:=+|-+) *$/.test(content)) return { kind: "leaf", leaf: none };
  if (/^(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(content)) return { kind: "leaf", leaf: none };
  const item = maybeListItem(rest, { indent, interruptsParagraph: inParagraph });
  if (item) return { kind: "item", ...item };
  return { kind: "text" };
}

function endsHtml(line: string, end: HtmlBlockEnd): boolean {
  return end === "blank" ? isBlank(line) : end.test(line);
}

function isBlank(line: string): boolean {
  return /^ *$/.test(line);
}

function indentOf(line: string): number {
  return /^ */.exec(line)![0].length;
}

/** Tabs as the spaces up to the next of every fourth column. */
function expandTabs(line: string): string {
  const [first, ...pieces] = line.split("\t");
  return pieces.reduce((done, piece) => done + " ".repeat(4 - (done.length % 4)) + piece, first);
}
