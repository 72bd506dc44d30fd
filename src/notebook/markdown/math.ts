/**
 * Math in dollar signs, as GitHub reads it: `$…$` within a line of text, `$$…$$` set off. An opening dollar sign has
 * no blank after it, a closing one no blank before it and no digit after it, so that prices stay prices.
 */
import katex from "katex";
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** Adds the syntax. The tokens are of type `math`, their `content` the TeX and `block` whether it is set off. */
export function readMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("escape", "math", inlineMath);
  markdown.block.ruler.after("fence", "math", blockMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

/** TeX as HTML with MathML for screen readers. Throws where KaTeX cannot read it. */
export function renderMath(tex: string, { display }: { display: boolean }): string {
  return katex.renderToString(tex, {
    displayMode: display,
    throwOnError: true,
    strict: "ignore",
    trust: false,
  });
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== "$") return false;
  const run = /^\$+/.exec(src.slice(pos, posMax))![0];
  const end =
    run.length > 2 ? undefined : maybeMathEnd(src.slice(0, posMax), { start: pos + run.length, mark: run });
  if (end === undefined) {
    // The run is text as a whole: no part of it begins a formula.
    if (!silent) state.pending += run;
    state.pos += run.length;
    return true;
  }
  if (!silent) {
    const token = state.push("math", "math", 0);
    token.content = src.slice(pos + run.length, end).trim();
    token.block = run === "$$";
    token.markup = run;
  }
  state.pos = end + run.length;
  return true;
}

/** Where the dollar signs stand that close the formula from `start` on, if it is one. */
function maybeMathEnd(source: string, { start, mark }: { start: number; mark: string }): number | undefined {
  if (mark === "$" && /\s/.test(source[start] ?? " ")) return undefined;
  let end = start;
  do {
    end = source.indexOf(mark, end + 1);
    if (end < 0) return undefined;
  } while (isEscaped(source, end) || (mark === "$" && /\s/.test(source[end - 1])));
  if (mark === "$" && /[\d$]/.test(source[end + 1] ?? "")) return undefined;
  return source.slice(start, end).trim() === "" ? undefined : end;
}

// The signature of markdown-it's block rules.
function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine] - state.blkIndent > 3) return false;
  const lineText = (line: number) =>
    state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]).trimEnd();
  const first = lineText(startLine);
  if (!first.startsWith("$$")) return false;

  let last = startLine;
  if (!(first.length > 4 && first.endsWith("$$"))) {
    // "$$x$$ and text" is a paragraph with math in it.
    if (first.indexOf("$$", 2) >= 0) return false;
    for (;;) {
      last++;
      if (last >= endLine || (state.sCount[last] < state.blkIndent && !state.isEmpty(last))) return false;
      if (lineText(last).endsWith("$$")) break;
    }
  } else if (first.indexOf("$$", 2) !== first.length - 2) {
    return false;
  }
  if (silent) return true;

  const source = state.getLines(startLine, last + 1, state.blkIndent, false).trim();
  const token = state.push("math", "math", 0);
  token.content = source.slice(2, -2).trim();
  token.block = true;
  token.markup = "$$";
  token.map = [startLine, last + 1];
  state.line = last + 1;
  return true;
}

function isEscaped(source: string, position: number): boolean {
  return /\\*$/.exec(source.slice(0, position))![0].length % 2 === 1;
}
