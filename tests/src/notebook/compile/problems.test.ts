import { describe, expect, it } from "vitest";
import { compiled } from "./programs.ts";

describe("a cell that cannot run", () => {
  it.each([
    ["const a = (", "syntax-error", { line: 1, column: 12 }],
    ["const a = 1\nconst b = 'open", "syntax-error", { line: 2, column: 16 }],
    ["let x = 1; let x = 2", "syntax-error", { line: 1, column: 16 }],
    ["import { x } from 'gongbu/nn'\nlet x = 2", "syntax-error", { line: 2, column: 5 }],
    ["{ a: 1, b: }", "syntax-error", { line: 1, column: 10 }],
    ["return 3", "syntax-error", { line: 1, column: 1 }],
    ["import.meta.url", "syntax-error", { line: 1, column: 1 }],
    ["x =>\n  1; arguments", "syntax-error", { line: 2, column: 6 }],
    ["let a\nenum Color { red }", "not-erasable", { line: 2, column: 1 }],
    ["namespace N { export const a = 1 }", "not-erasable", { line: 1, column: 1 }],
    ["class A { constructor(readonly x: number) {} }", "not-erasable", { line: 1, column: 23 }],
    ["import x = require('y')", "not-erasable", { line: 1, column: 1 }],
    ["export = 3", "not-erasable", { line: 1, column: 1 }],
    ["@frozen class A {}", "not-erasable", { line: 1, column: 1 }],
    ["const a = <number>b", "not-erasable", { line: 1, column: 11 }],
    ["const c = 2 * 3 as number ** 2", "not-erasable", { line: 1, column: 11 }],
    ["using file = open()", "not-erasable", { line: 1, column: 1 }],
    ["let a;\n  export const b = 1", "export-in-cell", { line: 2, column: 3 }],
    ["export default 1", "export-in-cell", { line: 1, column: 1 }],
    ["const a = 1; export { a }", "export-in-cell", { line: 1, column: 14 }],
    ["for (const x of xs) yield x", "yield-in-cell", { line: 1, column: 21 }],
    ["let a\nyield (a)", "yield-in-cell", { line: 2, column: 1 }],
    ["x = 1", "assigned-elsewhere", { line: 1, column: 1 }],
    ["let y\n;[y, x] = [1, 2]", "assigned-elsewhere", { line: 2, column: 6 }],
    ["const f = () => { count++ }", "assigned-elsewhere", { line: 1, column: 19 }],
    ["import { x } from 'gongbu/nn'\nx = 1", "assigned-elsewhere", { line: 2, column: 1 }],
    ["Math = 1", "assigned-elsewhere", { line: 1, column: 1 }],
    ["const window = 5", "reserved-name", { line: 1, column: 7 }],
    ["function display() {}", "reserved-name", { line: 1, column: 10 }],
    ["import { Map } from 'gongbu/nn'", "reserved-name", { line: 1, column: 10 }],
    ["import { a } from 'gongbu/ten'", "unknown-import", { line: 1, column: 19 }],
    ["await import('lodash')", "unknown-import", { line: 1, column: 14 }],
    ["await import(name)", "unknown-import", { line: 1, column: 7 }],
    ["import 'lodash'", "unknown-import", { line: 1, column: 8 }],
  ])("%j: %s", (source, code, at) => {
    const { problem } = compiled(source);
    expect(problem).toMatchObject({ code, at, cells: ["cell"] });
    expect(problem?.text.en).toMatch(/[.?]$/);
    expect(problem?.text.ko).toMatch(/[가-힣]/);
  });

  it.each([
    ["enum Color { red }\nconst a = 1", ["Color", "a"]],
    ["const a = 1\nconst b = (", ["a", "b"]],
    ["const display = 1, b = 2", ["display", "b"]],
    ["import { a } from 'elsewhere'\nconst b = a", ["b"]],
  ])("%j still tells what it would declare", (source, outputs) => {
    expect(compiled(source)).toMatchObject({ outputs });
  });

  it("has a body that does nothing", () => {
    expect(compiled("const a = (").body).toBe('function () { "use strict";\n\nreturn {  }; }');
  });

  it("keeps what it reads when only its import is unknown", () => {
    const { inputs, imports } = compiled("import { a } from 'elsewhere'\na(b)");
    expect(inputs.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(imports).toEqual([{ module: "elsewhere", imported: "a", local: "a" }]);
  });
});

describe("an unknown import", () => {
  it("is told the nearest module that there is", () => {
    expect(compiled("import { a } from 'gongbu/metric'").problem?.text.en).toContain(
      'Did you mean "gongbu/metrics"?',
    );
    expect(compiled("import { a } from 'gongbu/metric'").problem?.text.ko).toContain(
      '"gongbu/metrics"을(를)',
    );
  });

  it("is told no other module when none is near", () => {
    expect(compiled("import _ from 'lodash'").problem?.text.en).not.toContain("Did you mean");
  });
});

describe("a syntax error's Korean", () => {
  it("is a translation by TypeScript's number, names kept", () => {
    expect(compiled("const a = [1, 2").problem?.text.ko).toBe(
      "이 셀은 올바른 TypeScript가 아닙니다: 여기에 `]`이(가) 있어야 합니다.",
    );
  });

  it("is a translation by Acorn's wording where TypeScript had nothing to say", () => {
    expect(compiled("let a; let a").problem?.text.ko).toContain("`a`이(가) 이미 선언되어 있습니다.");
  });
});
