import type { Localized } from "../../../kernels/runtime/localized.ts";

/** Something in Markdown that cannot be rendered. Who knows the file turns it into an error of that file. */
export class MarkdownError extends Error {
  override name = "MarkdownError";
  readonly code: "bad-math" | "duplicate-anchor";
  /** 1-based line of the source. */
  readonly line: number;
  /** Which of several sources, counted from 0. */
  readonly source: number;
  readonly text: Localized;
  constructor(
    code: MarkdownError["code"],
    { line, source, text, cause }: { line: number; source: number; text: Localized; cause?: unknown },
  ) {
    super(`line ${line}: ${text.en}`, { cause });
    this.code = code;
    this.line = line;
    this.source = source;
    this.text = text;
  }
}
