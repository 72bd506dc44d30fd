import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  createSystemTypeHost,
  createTypeChecker,
  type Diagnostic,
} from "../../../../src/notebook/types/index.ts";
import type { CellId } from "../../../../kernels/runtime/program.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const checker = createTypeChecker(createSystemTypeHost({ system: ts.sys, root }));

function check(
  sources: Readonly<Record<string, string>>,
  { solutions = [] as readonly string[] } = {},
): Diagnostic[] {
  return checker.check(
    Object.entries(sources).map(([id, source]) => ({
      id: id as CellId,
      source,
      attributes: { run: "live", ...(solutions.includes(id) ? { solution: id } : {}) },
    })),
  );
}

/** Where the type of a name, as a cell sees it, is not the one given. */
function mismatches(
  sources: Readonly<Record<string, string>>,
  types: Readonly<Record<string, string>>,
): string[] {
  const same =
    "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;";
  const lines = Object.entries(types).map(
    ([name, type]) => `{ const _: Same<typeof ${name}, ${type}> = true; void ${name} }`,
  );
  return check({ ...sources, reader: [same, ...lines].join("\n") }).map(
    ({ message, line }) => `${line}: ${message}`,
  );
}

describe("a notebook whose types fit", () => {
  it("has nothing said against it, whatever form its cells have", () => {
    const sources = {
      knob: "const rate = view(Inputs.range([0.01, 1], { step: 0.01, label: text({ en: 'rate', ko: '학습률' }) }))",
      data: "interface Row { readonly words: string[] }\nconst rows: Row[] = [{ words: ['a'] }]",
      model: "class Model<T> { constructor(readonly_: T) { this.inner = readonly_ }\n  inner: T }",
      use: "const model: Model<Row> = new Model(rows[0]!)\nconst count: number = model.inner.words.length",
      shows: "rate * count",
      object: "{ rate, count };",
      fn: "async function () { await Promises.delay(10); display(signal.aborted, { id: 'x' }) }",
      awaits: "await fetch('x')",
      loose: "function f(x) { try { return x.y } catch (error) { console.log(error.message) } }",
      later: "f(1)\ninvalidation.then(() => console.log(now.toFixed()))",
    };
    expect(check(sources)).toEqual([]);
  });

  it("may read what another cell imports, and import for itself", () => {
    const sources = {
      imports: "import { tokenizeWords } from 'gongbu/text'",
      reads: "const words: readonly string[] = tokenizeWords('a b')",
      again: "import * as all from 'gongbu/text'\nall.tokenizeWords('c')",
    };
    expect(check(sources)).toEqual([]);
  });
});

describe("a name from another cell", () => {
  it("has the type that it has there", () => {
    const [found, ...others] = check({
      a: "const rate = 0.1 as number",
      b: "// a remark\n  const s: string = rate",
    });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ cell: "b", line: 2, column: 9, endLine: 2, endColumn: 10, code: "TS2322" });
    expect(found?.message).toContain("Type 'number' is not assignable to type 'string'");
  });

  it("is seen awaited, by readers only", () => {
    expect(mismatches({ a: "const later = Promise.resolve(3 as number)" }, { later: "number" })).toEqual([]);
    expect(check({ a: "const later = Promise.resolve(3)\nlater.toFixed()" })).toMatchObject([
      { cell: "a", line: 2 },
    ]);
  });

  it("is seen as its latest value when it is a generator", () => {
    const sources = {
      plain: "const step = (function* () { yield 1 as number })()",
      async: "const word = (async function* () { yield 'a' as string })()",
      promised: "const soon = Promise.resolve((function* () { yield Promise.resolve(true as boolean) })())",
      control: "const name = view(Inputs.text({ label: 'name' }))",
      observed: "const size = Generators.observe<number>((change) => change(1))",
    };
    const types = { step: "number", word: "string", soon: "boolean", name: "string", size: "number" };
    expect(mismatches(sources, types)).toEqual([]);
  });

  it("stays what it is when it is a function, an array or anything", () => {
    const sources = {
      a: "function* counts() { yield 1 as number }\nconst list = [1, 2] as number[]\nlet anything: any\nlet nothing: unknown",
      b: "function twice<T>(x: T): T[] { return [x, x] }",
    };
    const types = {
      counts: "() => Generator<number, void, unknown>",
      list: "number[]",
      anything: "any",
      nothing: "unknown",
      twice: "<T>(x: T) => T[]",
    };
    expect(mismatches(sources, types)).toEqual([]);
  });

  it("has a type through a chain of cells", () => {
    const sources = {
      c: "const z = { y }",
      b: "const y = [x]",
      a: "const x = Promise.resolve('s' as string)",
    };
    expect(mismatches(sources, { z: "{ y: string[] }" })).toEqual([]);
  });

  it("may be a type", () => {
    const sources = { a: "type Pair<T> = [T, T]", b: "const pair: Pair<number> = [1, 'x']" };
    expect(check(sources)).toMatchObject([{ cell: "b", line: 1, column: 32, code: "TS2322" }]);
  });

  it("is never a solution's", () => {
    const sources = {
      stub: "function square(x: number): number { return 0 }",
      answer: "function square(x: number): string { return String(x * scale) }",
      scale: "const scale = 2",
    };
    expect(mismatches({ ...sources }, { square: "(x: number) => string" }).length).toBe(1);
    const reader = { ...sources, reader: "const n: number = square(2)" };
    expect(check(reader, { solutions: ["answer"] })).toEqual([]);
  });
});

describe("the place of what is said", () => {
  it.each([
    ["{ a: 1,\n  b: [rate.nothing] }", { line: 2, column: 12, endLine: 2, endColumn: 19 }],
    ["{ a: rate.nothing };", { line: 1, column: 11, endLine: 1, endColumn: 18 }],
    [
      "import type { Text } from 'gongbu/display'\nrate.nothing // 끝",
      { line: 2, column: 6, endLine: 2, endColumn: 13 },
    ],
    ["rate.nothing as string;", { line: 1, column: 6, endLine: 1, endColumn: 13 }],
    ["import { absent } from 'gongbu/text'\nabsent", { line: 1, column: 10, endLine: 1, endColumn: 16 }],
    ["const x = 1\n\n\t'한글'; const y: string = x", { line: 3, column: 14, endLine: 3, endColumn: 15 }],
  ])("is the learner's own in %j", (b, place) => {
    expect(check({ a: "const rate = 0.1", b })).toMatchObject([{ cell: "b", ...place }]);
  });
});

describe("what the compiler tells", () => {
  it.each([
    ["a name that nobody declares", "nobody.knows"],
    ["an unknown module", "import { a } from 'lodash'\na.b"],
    ["a syntax error", "const a: string = 1; const b = ("],
    ["an enum", "enum E { a }"],
  ])("is not told again: %s", (_what, source) => {
    expect(check({ a: source })).toEqual([]);
  });

  it("leaves the other cells checked", () => {
    expect(check({ a: "const a = (", b: "const s: string = 1" })).toMatchObject([{ cell: "b" }]);
  });
});

describe("a worker's names", () => {
  it("are known, and a page's are not", () => {
    expect(check({ a: "self.postMessage(structuredClone(1))" })).toEqual([]);
    expect(check({ a: "document.title" })).toMatchObject([{ code: "TS2584" }]);
  });
});

describe("checking one notebook after another", () => {
  it("keeps nothing of the first", () => {
    expect(check({ a: "const x = 1 as number", b: "const y: number = x" })).toEqual([]);
    expect(check({ a: "const x = 'one'", b: "const y: number = x" })).toMatchObject([{ cell: "b" }]);
  });
});
