/**
 * What the compiler (src/notebook) hands the kernel: a cell as plain data that can cross a worker's boundary.
 */
import type { Localized } from "./localized.ts";

/** A cell's id from its fence, unique in its lecture. Branded, so that a name or a path is never taken for one. */
export type CellId = string & { readonly __brand: "CellId" };

/** One name that an `import` declaration brings into the notebook. */
export interface ImportedName {
  /** The module specifier as written, for instance "gongbu/nn". */
  readonly module: string;
  /** The exported name; "default" for a default import and "*" for a namespace. */
  readonly imported: string;
  /** The name in the notebook. */
  readonly local: string;
}

/** A place in a cell's own source: line and column both count from 1; `endColumn` is exclusive. */
export interface SourceSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** A free name of a cell and where it is first read. */
export interface CellInput {
  readonly name: string;
  readonly at: SourceSpan;
}

/** Something wrong with a cell that is known before it runs. */
export interface CellProblem {
  /** A stable code with a page of its own under docs/errors/, for instance "duplicate-name". */
  readonly code: string;
  readonly text: Localized;
  readonly at?: SourceSpan;
  /** Every cell involved, this one included. */
  readonly cells: readonly CellId[];
}

/** A compiled cell. */
export interface CellProgram {
  readonly id: CellId;
  /** Free names, in order of first appearance; builtins and globals among them. */
  readonly inputs: readonly CellInput[];
  /** Names declared at the top level, imported ones not among them. */
  readonly outputs: readonly string[];
  readonly imports: readonly ImportedName[];
  /** Where each output and each imported name is declared, by name. */
  readonly declaredAt?: Readonly<Record<string, SourceSpan>>;
  /** "expression": the value is shown. "statements": what is passed to `display` is shown. "empty": nothing but imports, types or comments. */
  readonly form: "expression" | "statements" | "empty";
  /**
   * A JavaScript function expression taking the inputs in order. It returns the expression's value, or an object of
   * the declared names. Its first `bodyLine - 1` lines are the wrapper; from there on a line and column are the learner's own.
   */
  readonly body: string;
  /** The 1-based line of `body` on which the learner's first line stands, at its own column. */
  readonly bodyLine: number;
  /** `click`: the cell runs only when asked to, and turns stale when an input changes. */
  readonly run: "live" | "click";
  /** A solution: its names are not the notebook's until its code takes the stub's place, and it is not run as it stands. */
  readonly apart?: boolean;
  /** Its last statement is a value that nothing shows: the page says how to show it. */
  readonly unshown?: SourceSpan;
  /** The cell is not run: it shows this instead, and the names that it would declare fail with it. */
  readonly problem?: CellProblem;
}
