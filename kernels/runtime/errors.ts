/** Errors as data: what crosses from a cell to the page, the terminal and a file. */
import type { PlainError } from "./display/output.ts";
import type { Localized } from "./localized.ts";
import type { SourceSpan } from "./program.ts";

/** Thrown inside a run whose cell was interrupted, removed or started anew. */
export class AbortError extends Error {
  override name = "AbortError";
}

/** An error of the kernel itself, for a person: with a code and in both languages. */
export class KernelError extends Error {
  override name = "KernelError";
  readonly code: string;
  readonly text: Localized;
  constructor(code: string, text: Localized, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
  }
}

/** Where a cell's evaluated body begins in the text that was evaluated: `line` 1 of the learner's is there. */
export type BodyLineOf = (cell: string) => number | undefined;

/** The name under which a cell's code appears in stack traces: "cell:ID". */
export function sourceUrl(cell: string): string {
  return `cell:${cell}`;
}

const FRAME = /^\s*(?:at )?(?:async )?(.*?)[ (@]*cell:([^\s:()]+):(\d+):(\d+)\)?\s*$/;
const CAUSE_DEPTH = 4;

/**
 * Any thrown value as a PlainError. Frames are those that lie in cells, with the learner's own lines and columns.
 */
export function toPlainError(thrown: unknown, bodyLineOf: BodyLineOf, depth = 0): PlainError {
  if (!(thrown instanceof Error)) return { name: "Thrown value", text: describe(thrown) };
  const frames = cellFrames(String(thrown.stack ?? ""), bodyLineOf);
  const { code, text } = thrown as { code?: unknown; text?: unknown };
  return {
    name: String(thrown.name),
    text: isLocalized(text) ? { en: text.en, ko: text.ko } : String(thrown.message || thrown.name),
    ...(typeof code === "string" && { code }),
    ...(frames.length > 0 && { cell: frames[0].cell, at: frames[0].at, frames }),
    ...(thrown.cause !== undefined &&
      depth < CAUSE_DEPTH && { cause: toPlainError(thrown.cause, bodyLineOf, depth + 1) }),
  };
}

/** A PlainError as an Error again, on this side of a boundary: `toPlainError` gives the same data back. */
export function fromPlainError(plain: PlainError): Error {
  const message = typeof plain.text === "string" ? plain.text : plain.text.en;
  const error = new Error(message, plain.cause && { cause: fromPlainError(plain.cause) });
  error.name = plain.name;
  return Object.assign(
    error,
    plain.code && { code: plain.code },
    typeof plain.text === "object" && { text: plain.text },
  );
}

/** The cells' frames of a V8 or Firefox stack, innermost first. */
export function cellFrames(stack: string, bodyLineOf: BodyLineOf): NonNullable<PlainError["frames"]> {
  const frames: { cell: string; name: string; at: SourceSpan }[] = [];
  for (const line of stack.split("\n")) {
    const match = FRAME.exec(line);
    if (!match) continue;
    const cell = match[2];
    const bodyLine = bodyLineOf(cell);
    if (bodyLine === undefined) continue;
    const at = { line: Number(match[3]) - bodyLine + 1, column: Number(match[4]) };
    if (at.line < 1) continue;
    frames.push({ cell, name: match[1].replace(/^(?:Object\.)?(?:eval|<anonymous>|anonymous)$/, ""), at });
  }
  return frames;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function isLocalized(value: unknown): value is Localized {
  if (typeof value !== "object" || value === null || !("en" in value) || !("ko" in value)) return false;
  return typeof value.en === "string" && typeof value.ko === "string";
}

function describe(thrown: unknown): string {
  try {
    return String(typeof thrown === "object" ? JSON.stringify(thrown) : thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}
