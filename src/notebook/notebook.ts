import type { CellId } from "../../kernels/runtime/program.ts";

export type { CellId };

/** A lecture file, parsed. The segments' `source` strings, joined, are the file, byte for byte. */
export interface Notebook {
  /** The file's name in messages; never read from here. */
  readonly path: string;
  readonly frontMatter: FrontMatter;
  readonly segments: readonly Segment[];
}

export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  /** Values for names of the notebook with which tests run it: small settings of what takes long. */
  readonly test?: { readonly set?: Readonly<Record<string, unknown>> };
  /** Every other key, as YAML gave it. */
  readonly [key: string]: unknown;
}

export type Segment = FrontMatterSegment | ProseSegment | CellSegment;

interface SegmentBase {
  /** The segment's own text, line ends included. */
  readonly source: string;
  /** 1-based line of the file on which it begins. */
  readonly line: number;
}

export interface FrontMatterSegment extends SegmentBase {
  readonly kind: "frontMatter";
}

export interface ProseSegment extends SegmentBase {
  readonly kind: "prose";
}

/** A fenced block marked `ts` with an id. `source === open + body + close`. */
export interface CellSegment extends SegmentBase {
  readonly kind: "cell";
  readonly id: CellId;
  readonly attributes: CellAttributes;
  /** The opening fence's line, its line end included. */
  readonly open: string;
  /** What stands between the fences as it is in the file (a fence that is indented keeps its indent here). */
  readonly body: string;
  /** The closing fence's line; empty where the file ends inside the cell. */
  readonly close: string;
  /** `body` as the learner sees and edits it: indent taken off, LF line ends, no last line end. */
  readonly code: string;
  /** 1-based line of the file on which `code` begins. */
  readonly codeLine: number;
}

export interface CellAttributes {
  /** "click": the cell runs only when it is asked to. */
  readonly run: "live" | "click";
  /** The code starts folded. */
  readonly fold: boolean;
  /** The app view shows it; where no cell has this, the app view shows every cell that shows something. */
  readonly app?: boolean;
  /** A stub to fill in, and the exercise's name. */
  readonly exercise?: string;
  /** Yields {passed, hint} for the exercise of this name. */
  readonly check?: string;
  /** Kept apart until the reader asks for it, then put in the stub's place. */
  readonly solution?: string;
  /** Its control is a guess that must be committed before the cells marked `after` with the same name run. */
  readonly bet?: string;
  readonly after?: string;
}

/** An error of the file format: names the file and the line. */
export class NotebookError extends Error {
  override name = "NotebookError";
  readonly path: string;
  readonly line: number;
  readonly code: string;
  readonly text: { readonly en: string; readonly ko: string };
  constructor(options: { path: string; line: number; code: string; text: { en: string; ko: string } }) {
    super(`${options.path}:${options.line}: ${options.text.en}`);
    this.path = options.path;
    this.line = options.line;
    this.code = options.code;
    this.text = options.text;
  }
}
