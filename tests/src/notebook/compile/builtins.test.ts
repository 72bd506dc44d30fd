import { describe, expect, it } from "vitest";
import { createBuiltins } from "../../../../kernels/runtime/builtins.ts";
import { PER_RUN } from "../../../../kernels/runtime/cell.ts";
import { bundleOf } from "../../../../kernels/runtime/modules.ts";
import {
  isBuiltin,
  isPageOnly,
  isReserved,
  kernelBuiltins,
} from "../../../../src/notebook/compile/builtins.ts";
import { isImportable } from "../../../../src/notebook/compile/modules.ts";
import { builtinDeclarations } from "../../../../src/notebook/types/builtins.ts";
import { compiled } from "./programs.ts";

describe("what the compiler takes for granted", () => {
  it.each([...Object.keys(createBuiltins()), ...PER_RUN])(
    "has %s, which the kernel gives to every cell",
    (name) => {
      const isGlobal = compiled(name).inputs.length === 0;
      expect(isGlobal || isBuiltin(name)).toBe(true);
    },
  );

  it.each(kernelBuiltins)("keeps %s from being declared", (name) => {
    expect(isReserved(name)).toBe(true);
    expect(compiled(`const ${name} = 1`).problem?.code).toBe("reserved-name");
  });

  it("has every module of the kernel's registry", () => {
    for (const module of Object.keys(bundleOf)) expect(isImportable(module), module).toBe(true);
  });

  it("keeps a page's names apart from a worker's", () => {
    expect([isPageOnly("localStorage"), isBuiltin("localStorage")]).toEqual([true, false]);
    expect([isPageOnly("self"), isBuiltin("self")]).toEqual([false, true]);
  });
});

describe("the type checker's builtins", () => {
  it.each(kernelBuiltins.filter((name) => name !== "fetch" && name !== "console"))("declare %s", (name) => {
    expect(builtinDeclarations).toMatch(new RegExp(`^declare (const|function) ${name}\\b`, "m"));
  });
});
