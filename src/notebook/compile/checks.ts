import * as complaints from "./complaints.ts";
import { isReserved } from "./builtins.ts";
import { maybeNotErasable } from "./erasable.ts";
import { CellFault } from "./fault.ts";
import { maybeForbidden } from "./forbidden.ts";
import type { PlacedImport } from "./imports.ts";
import { isImportable } from "./modules.ts";
import { spanAt } from "./position.ts";
import type { CellReading } from "./reading.ts";

/** Throws a CellFault for text that is not TypeScript, or that is more than a cell can be. */
export function checkSyntax({ syntax: { file, errors }, place }: CellReading): void {
  const forbidden = maybeForbidden(file);
  if (forbidden) {
    const { construct, node } = forbidden;
    throw new CellFault(
      complaints.forbidden(construct),
      place({ start: node.getStart(file), end: node.end }),
    );
  }
  const [error] = errors;
  if (error) throw new CellFault(complaints.syntaxError(error.message, error.code), place(error));
  const kept = maybeNotErasable(file);
  if (kept) {
    const { construct, node } = kept;
    throw new CellFault(
      complaints.notErasable(construct),
      place({ start: node.getStart(file), end: node.end }),
    );
  }
}

/** Throws a CellFault for a name that the cell brings in twice, or that is the kernel's own. */
export function checkNames({ source, imports, declared }: CellReading): void {
  const names = [
    ...imports.filter(({ called }) => !called).map(({ local, ...place }) => ({ ...place, name: local })),
    ...declared,
  ];
  const seen = new Set<string>();
  for (const { name, start, end } of names) {
    if (seen.has(name)) throw new CellFault(complaints.declaredTwice(name), spanAt(source, { start, end }));
    seen.add(name);
  }
  const reserved =
    declared.find(({ name }) => isReserved(name)) ??
    imports.find((name) => isReserved(name.local) && !isInputs(name));
  if (reserved) {
    const name = "local" in reserved ? reserved.local : reserved.name;
    throw new CellFault(complaints.reservedName(name), spanAt(source, reserved));
  }
}

/** Throws a CellFault for a module that the kernel does not have. */
export function checkModules({ source, modules }: CellReading): void {
  for (const { module, ...range } of modules) {
    if (module !== undefined && isImportable(module)) continue;
    const complaint = module === undefined ? complaints.computedImport() : complaints.unknownImport(module);
    throw new CellFault(complaint, spanAt(source, range));
  }
}

/** `import * as Inputs from "@observablehq/inputs"` gives the builtin under its own name. */
function isInputs({ module, imported, local }: PlacedImport): boolean {
  return module === "@observablehq/inputs" && imported === "*" && local === "Inputs";
}
