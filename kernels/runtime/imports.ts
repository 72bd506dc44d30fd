/** Names that cells import: each is one variable for all the cells that import it, loaded once. */
import type { Module, Variable } from "@observablehq/runtime";
import { KernelError } from "./errors.ts";
import type { ModuleRegistry } from "./modules.ts";
import type { CellId, CellProgram } from "./program.ts";

export interface Imports {
  /** Declares what the cell imports. */
  add(program: CellProgram): void;
  /** The cell is gone: names that no other cell imports go with it. */
  remove(cell: CellId): void;
  /** Loads anew what of the imported names that the cell reads could not be loaded: it may be there now. */
  retry(program: CellProgram): void;
  /** Why one of the names that the cell imports, or reads of another cell's import, could not be loaded. */
  maybeFailure(program: CellProgram): { readonly error: unknown } | undefined;
}

export interface ImportsOptions {
  /** Where the names are declared. */
  readonly module: Module;
  readonly modules: ModuleRegistry;
}

interface Import {
  readonly variable: Variable;
  readonly users: Set<CellId>;
  readonly load: () => Promise<unknown>;
  failure?: { readonly error: unknown };
}

export function createImports({ module, modules }: ImportsOptions): Imports {
  const imports = new Map<string, Import>();

  function declare({ local, imported, module: from }: CellProgram["imports"][number]): Import {
    const made: Import = {
      variable: module.variable(),
      users: new Set(),
      async load() {
        made.failure = undefined;
        try {
          return await importName(from, imported);
        } catch (error) {
          made.failure = { error };
          throw error;
        }
      },
    };
    made.variable.define(local, [], made.load);
    imports.set(local, made);
    return made;
  }

  async function importName(from: string, imported: string): Promise<unknown> {
    const namespace = await modules.load(from);
    if (imported === "*") return namespace;
    if (imported in namespace) return namespace[imported];
    const known = Object.keys(namespace).sort().join(", ");
    throw new KernelError("unknown-export", {
      en: `"${from}" exports no "${imported}". It exports: ${known}.`,
      ko: `"${from}" 모듈은 "${imported}"을(를) 내보내지 않습니다. 내보내는 이름: ${known}.`,
    });
  }

  return {
    add(program) {
      if (program.problem) return;
      for (const wanted of program.imports)
        (imports.get(wanted.local) ?? declare(wanted)).users.add(program.id);
    },
    remove(cell) {
      for (const [name, { variable, users }] of imports) {
        if (!users.delete(cell) || users.size > 0) continue;
        variable.delete();
        imports.delete(name);
      }
    },
    retry(program) {
      for (const name of namesOf(program)) {
        const known = imports.get(name);
        if (known?.failure) known.variable.define(name, [], known.load);
      }
    },
    maybeFailure: (program) => namesOf(program).flatMap((name) => imports.get(name)?.failure ?? [])[0],
  };
}

/** What a cell imports and what it reads: the names among which imported ones are. */
function namesOf({ imports, inputs }: CellProgram): string[] {
  return [...new Set([...imports.map(({ local }) => local), ...inputs.map(({ name }) => name)])];
}
