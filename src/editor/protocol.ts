import type { CellProgram } from "../../kernels/runtime/program.ts";
import type { CellSource } from "../notebook/compile/cell.ts";

/** What the page asks of the language worker. Each request gets exactly one reply with its id. */
export interface ToLanguageWorker {
  readonly id: number;
  readonly type: "compile";
  readonly cell: CellSource;
}

export type FromLanguageWorker =
  | { readonly id: number; readonly ok: true; readonly program: CellProgram }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
    };
