/** A cell as the kernel holds it: its program, its variables in Observable's runtime, and how far it has come. */
import type { Variable } from "@observablehq/runtime";
import { sourceUrl } from "./errors.ts";
import type { CellId, CellProgram } from "./program.ts";
import type { CellState } from "./protocol.ts";
import type { Run } from "./run.ts";
import { SHADOWED } from "./scope.ts";

export interface Cell {
  readonly program: CellProgram;
  /** The program as text: a cell whose program is unchanged keeps its values. */
  readonly key: string;
  /** The variable whose definition is the cell's code. */
  readonly body: Variable;
  /** The body's variable and one for each name that the cell yields. */
  readonly variables: Variable[];
  /** What keeps the cell live: a cell without watches is computed for nobody. */
  readonly watches: Variable[];
  readonly values: Map<string, unknown>;
  state: CellState;
  /** Interrupted before its run had begun: the one that was due does not begin. */
  cancelled: boolean;
  run: Run | undefined;
  runs: number;
  /** Slots by the id that the run gave them, how many it has filled, and how many controls it has shown. */
  slots: { readonly ids: Map<string, number>; count: number; controls: number };
  evaluated?: EvaluatedBody;
  /** Of a cell that runs when asked only. */
  click?: Click;
}

export interface Click {
  /** Hears of the inputs from the first request on. */
  collector: Variable | undefined;
  /** A run waits for the inputs. */
  wanted: boolean;
  /** The number of the run that was asked for last: until it has begun, what the cell has is an earlier one's. */
  asked: number;
  /** The inputs have changed since the last run began. */
  stale: boolean;
  /** Settles the body's variable as it was before the first click. */
  begin: (() => void) | undefined;
}

type EvaluatedBody = (...shadowed: unknown[]) => (...inputs: unknown[]) => unknown;

/** The part of a run that is the cell's code, and the one that is the value of its expression. */
export const BODY = "body";
export const VALUE = "value";

/** Names that belong to a run, not to the notebook. */
export const PER_RUN: ReadonlySet<string> = new Set([
  "display",
  "view",
  "invalidation",
  "signal",
  "Promises",
  ...SHADOWED,
]);

/** What is left of a cell that was taken out: its successor goes on counting, and waits for its last run. */
export interface FormerCell {
  readonly run: Run | undefined;
  readonly runs: number;
}

export function createCell(program: CellProgram, body: Variable, former?: FormerCell): Cell {
  return {
    program,
    key: programKey(program),
    body,
    variables: [body],
    watches: [],
    values: new Map(),
    state: "idle",
    cancelled: false,
    run: former?.run,
    runs: former?.runs ?? 0,
    slots: { ids: new Map(), count: 0, controls: 0 },
  };
}

export function programKey(program: CellProgram): string {
  return JSON.stringify(program);
}

/** What a run yields: the names that the cell declares, or its expression's value. */
export function partsOf({ form, outputs, problem }: CellProgram): readonly string[] {
  if (problem) return [];
  return form === "expression" ? [VALUE] : outputs;
}

/** Names that must have values before the cell can run. */
export function inputNames({ inputs, imports, problem }: CellProgram): string[] {
  if (problem) return [];
  const names = [...inputs.map(({ name }) => name), ...imports.map(({ local }) => local)];
  return [...new Set(names)].filter((name) => !PER_RUN.has(name));
}

/** The name of the body's variable; no name of a cell can be the same. */
export function bodyName(id: CellId): string {
  return `cell:${id}`;
}

/** The name of the variable that holds a part. */
export function partName(id: CellId, part: string): string {
  return part === VALUE ? `value:${id}` : part;
}

/** Evaluates a cell's function expression in strict mode, under a name by which stack traces are read. */
export function evaluateBody({ id, body }: CellProgram): EvaluatedBody {
  const source = `(${SHADOWED.join(", ")}) => { "use strict"; return (${body}\n); }\n//# sourceURL=${sourceUrl(id)}`;
  // By way of globalThis: the code sees globals and what it is given, nothing of this module.
  return globalThis.eval(source) as EvaluatedBody;
}
