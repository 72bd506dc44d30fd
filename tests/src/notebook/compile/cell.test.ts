import { describe, expect, it } from "vitest";
import { compileCell } from "../../../../src/notebook/compile/cell.ts";
import type { CellId } from "../../../../kernels/runtime/program.ts";
import { compiled, evaluated, run } from "./programs.ts";

describe("a cell of one expression", () => {
  it.each([
    ["a + 1", 3],
    ["a + 1;", 3],
    ["a as number", 2],
    ["f(a) as number", 20],
    ["f(a) satisfies number;", 20],
    ["f<number>(a)!", 20],
    ["// before\na // after", 2],
    ["/* before */ a /* after */;", 2],
    ["a // ends in a semicolon;", 2],
    ["({ a })", { a: 2 }],
    ["{ a, b: 1 }", { a: 2, b: 1 }],
    ["{ a: 1 };", { a: 1 }],
    ["`${a} of ${`${a}`}`", "2 of 2"],
    ["a, 5", 5],
    ["[a]\n  .map((x: number): number => x * 2)", [4]],
    ["import { zeros } from 'gongbu/nn'\na", 2],
    ["type Pair = [number, number]\na", 2],
    ["(() => {\n  return a\n})()", 2],
  ])("%j gives its value", (source, value) => {
    expect(compiled(source).form).toBe("expression");
    expect(run(source, { a: 2, f: (x: number) => x * 10 })).toEqual(value);
  });

  it("may be a function or a class without a name", () => {
    expect((run("function () { return 7 }") as () => number)()).toBe(7);
    expect((run("async () => 7") as () => Promise<number>)()).toBeInstanceOf(Promise);
    expect(typeof run("class { x: number = 1 }")).toBe("function");
  });

  it("is asynchronous when it awaits at its top level", async () => {
    await expect(run("await (later as Promise<number>)", { later: Promise.resolve(4) })).resolves.toBe(4);
    expect(compiled("async () => await later").body).not.toMatch(/^async/);
  });

  it.each([
    "[...(function* () { yield a })()]",
    "(function () { return arguments.length })()",
    "x => { return x }",
  ])("%j may use in a function what is only for functions", (source) => {
    expect(compiled(source).problem).toBeUndefined();
  });
});

describe("a cell of statements", () => {
  it("returns the names that it declares", () => {
    const source =
      "const [a, { b, c: [d = 4] }, ...e] = given; function f(): number { return a } class G {} let h: string; var i = 1";
    const { outputs, form } = compiled(source);
    expect(form).toBe("statements");
    expect(outputs).toEqual(["a", "b", "d", "e", "f", "G", "h", "i"]);
    expect(run(source, { given: [1, { b: 2, c: [] }, 5] })).toMatchObject({ a: 1, b: 2, d: 4, e: [5], i: 1 });
  });

  it.each([
    ["function named() {}", ["named"]],
    ["async function named() {}", ["named"]],
    ["class Named {}", ["Named"]],
    ["{ const hidden = 1; display(hidden) }", []],
    ["for (const x of xs) display(x)", []],
    ["if (a) { var inner = 1 }", []],
    ["display(1); display(2)", []],
  ])("%j is not an expression", (source, outputs) => {
    expect(compiled(source)).toMatchObject({ form: "statements", outputs });
    expect(compiled(source).problem).toBeUndefined();
  });

  it("does not declare its types", () => {
    const source = "interface A { x: number }\ntype B = A\ndeclare const c: B\nconst d: A = { x: c.x }";
    expect(compiled(source)).toMatchObject({
      outputs: ["d"],
      inputs: [{ name: "c", at: { line: 4, column: 19 } }],
    });
  });

  it("may end in a comment or without a semicolon", () => {
    expect(run("const a = 1 // one")).toEqual({ a: 1 });
    expect(run("const a = 1\nconst b = a")).toEqual({ a: 1, b: 1 });
  });

  it("is asynchronous for `for await`", async () => {
    const source = "const seen = []; for await (const x of xs) seen.push(x)";
    await expect(run(source, { xs: [1, Promise.resolve(2)] })).resolves.toEqual({ seen: [1, 2] });
  });

  it("runs in strict mode, as a module does", () => {
    expect(run("const self = (function () { return this })()")).toEqual({ self: undefined });
  });
});

describe("an empty cell", () => {
  it.each([
    "",
    "  \n",
    "// a remark",
    "type A = 1",
    "import type { A } from 'gongbu/nn'",
    "import { a } from 'gongbu/nn'",
    ";",
  ])("%j has nothing to show", (source) => {
    expect(compiled(source)).toMatchObject({ form: "empty", outputs: [] });
    expect(run(source)).toEqual({});
  });
});

describe("what a cell reads", () => {
  it("comes in the order of first appearance, with its place and without JavaScript's own names", () => {
    const source = "const loss = model(batch) + Math.abs(rate)\nconst again = model(loss, display)";
    expect(compiled(source).inputs).toEqual([
      { name: "model", at: { line: 1, column: 14, endLine: 1, endColumn: 19 } },
      { name: "batch", at: { line: 1, column: 20, endLine: 1, endColumn: 25 } },
      { name: "rate", at: { line: 1, column: 38, endLine: 1, endColumn: 42 } },
      { name: "display", at: { line: 2, column: 27, endLine: 2, endColumn: 34 } },
    ]);
  });

  it("leaves out names that stand only in types", () => {
    const source = "const t: Tokenizer = make<Options>(x as Vocabulary)";
    expect(compiled(source).inputs.map(({ name }) => name)).toEqual(["make", "x"]);
  });

  it("leaves out parameters, members, keys and labels", () => {
    const source = "outer: for (const { a: b } of list) { ((c) => c.d + b)({ e: 1 }); break outer }";
    expect(compiled(source).inputs.map(({ name }) => name)).toEqual(["list"]);
  });

  it("keeps its place in an object that stands without parentheses", () => {
    expect(compiled("{ a: 1,\n  b: x }").inputs).toEqual([
      { name: "x", at: { line: 2, column: 6, endLine: 2, endColumn: 7 } },
    ]);
  });
});

describe("a cell's attributes", () => {
  it("say how it runs and whether it is kept apart", () => {
    const attributes = { run: "click", solution: "softmax" } as const;
    expect(compileCell({ id: "c" as CellId, source: "1", attributes })).toMatchObject({
      run: "click",
      apart: true,
    });
    expect(compiled("1")).not.toHaveProperty("apart");
  });

  it("leave the program plain data that crosses a worker's boundary", () => {
    const program = compiled("const a: number = b");
    expect(structuredClone(program)).toEqual(program);
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  });
});

describe("where names are declared", () => {
  it("is told for outputs and imports", () => {
    expect(compiled("import tf, { a as b } from '@tensorflow/tfjs'\n  let c = tf").declaredAt).toEqual({
      tf: { line: 1, column: 8, endLine: 1, endColumn: 10 },
      b: { line: 1, column: 19, endLine: 1, endColumn: 20 },
      c: { line: 2, column: 7, endLine: 2, endColumn: 8 },
    });
  });
});

describe("the places in a stack", () => {
  const placeIn = (error: unknown) => {
    const [, line, column] = (error as Error).stack!.match(/cell:cell:(\d+):(\d+)/)!;
    return { line: Number(line), column: Number(column) };
  };

  it.each([
    ["an expression", "/* 한글 */ (1 as number,\n  missing.of(undefined))", { line: 2, column: 11 }],
    [
      "statements",
      "import { a } from 'gongbu/nn'\nconst x: Map<string, number> = new Map();\n  x!.get(missing.of.course as string)",
      { line: 3, column: 21 },
    ],
    ["a first line", "const y = missing.of.course", { line: 1, column: 22 }],
    ["an object", "{ a: missing.of.course }", { line: 1, column: 17 }],
    [
      "a generic arrow",
      "const f = <T,>(x: T): T => x;\nf<number>(missing.of.course)",
      { line: 2, column: 22 },
    ],
    ["an import call", "const nn = $ => import('gongbu/nn'); missing.of.course", { line: 1, column: 49 }],
  ])("are the learner's own in %s", (_name, source, place) => {
    const program = compiled(source);
    expect(program.problem).toBeUndefined();
    const values: Record<string, unknown> = { missing: {} };
    try {
      evaluated(program)(...program.inputs.map(({ name }) => values[name]));
      expect.unreachable("the cell should have thrown");
    } catch (error) {
      const { line, column } = placeIn(error);
      expect({ line: line - program.bodyLine + 1, column }).toEqual(place);
    }
  });
});
