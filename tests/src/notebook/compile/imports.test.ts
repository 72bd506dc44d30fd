import { describe, expect, it } from "vitest";
import { namespaceName } from "../../../../src/notebook/compile/imports.ts";
import { importableModules } from "../../../../src/notebook/compile/modules.ts";
import { compiled, run } from "./programs.ts";

describe("an import declaration", () => {
  it("becomes the names that it brings in", () => {
    const source = [
      "import tf from '@tensorflow/tfjs'",
      "import * as metrics from 'gongbu/metrics'",
      "import { Linear, relu as rectify } from 'gongbu/nn'",
    ].join("\n");
    expect(compiled(source).imports).toEqual([
      { module: "@tensorflow/tfjs", imported: "default", local: "tf" },
      { module: "gongbu/metrics", imported: "*", local: "metrics" },
      { module: "gongbu/nn", imported: "Linear", local: "Linear" },
      { module: "gongbu/nn", imported: "relu", local: "rectify" },
    ]);
  });

  it("makes its names inputs of a cell that uses them", () => {
    const { inputs, outputs } = compiled("import { Linear } from 'gongbu/nn'\nconst layer = new Linear()");
    expect(inputs.map(({ name }) => name)).toEqual(["Linear"]);
    expect(outputs).toEqual(["layer"]);
  });

  it("vanishes when it is of types only", () => {
    const source = [
      "import type { A } from 'anywhere'",
      "import { type B } from 'elsewhere'",
      "import { type C, d } from 'gongbu/nn'",
    ].join("\n");
    expect(compiled(source).imports).toEqual([{ module: "gongbu/nn", imported: "d", local: "d" }]);
    expect(compiled(source).problem).toBeUndefined();
  });

  it("may stand over several lines and keeps them", () => {
    const { body, bodyLine } = compiled("import {\n  a,\n  b,\n} from 'gongbu/nn'\na + b");
    expect(body.split("\n")[bodyLine - 1 + 4]).toBe("a + b");
  });

  it("does not let the lines around it run together", () => {
    expect(run("const f = g\nimport { x } from 'gongbu/nn'\n(1 + 1)", { g: () => 5 })).toMatchObject({
      f: expect.any(Function) as unknown,
    });
  });

  it("may bring in Inputs under its own name", () => {
    expect(compiled("import * as Inputs from '@observablehq/inputs'").problem).toBeUndefined();
  });
});

describe("an import call", () => {
  it("is a promise of the module, which the kernel loads beforehand", async () => {
    const source = "const { a } = await import('gongbu/nn'); const b = await import(\"gongbu/nn\")";
    expect(compiled(source).imports).toEqual([{ module: "gongbu/nn", imported: "*", local: "$nn" }]);
    await expect(run(source, { $nn: { a: 7 } })).resolves.toEqual({ a: 7, b: { a: 7 } });
  });

  it("keeps its lines when it stands on several", async () => {
    const source = "const m = await import(\n  'gongbu/text'\n); const at = 1";
    expect(compiled(source).body.split("\n")).toHaveLength(2 + source.split("\n").length);
    await expect(run(source, { $text: 3 })).resolves.toEqual({ m: 3, at: 1 });
  });

  it("is found in an object that stands without parentheses", async () => {
    await expect(
      (run("{ m: import('gongbu/nn'), n: 1 }", { $nn: 2 }) as { m: Promise<number> }).m,
    ).resolves.toBe(2);
  });

  it.each(importableModules)("of %s fits where it stood", (module) => {
    const call = `import("${module}")`;
    expect(`(async()=>${namespaceName(module)})()`.length).toBeLessThanOrEqual(call.length);
    const [, line] = compiled(`${call}, after`).body.split("\n");
    expect(line).toHaveLength(`${call}, after`.length);
  });

  it("leaves types that are written with import() alone", () => {
    expect(compiled("let a: import('gongbu/nn').Linear").imports).toEqual([]);
  });
});
