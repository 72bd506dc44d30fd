import { describe, expect, it } from "vitest";
import { compileCell } from "../../../../src/notebook/compile/cell.ts";
import { linkCells } from "../../../../src/notebook/compile/link.ts";
import type { CellId, CellProgram } from "../../../../kernels/runtime/program.ts";
import { compiledAll } from "./programs.ts";

function problemsOf(programs: readonly CellProgram[]): Record<string, string> {
  const found = linkCells(programs).filter(({ problem }) => problem);
  return Object.fromEntries(found.map(({ id, problem }) => [id, problem!.code]));
}

function linked(sources: Readonly<Record<string, string>>): Record<string, CellProgram> {
  return Object.fromEntries(linkCells(compiledAll(sources)).map((cell) => [cell.id, cell]));
}

describe("a notebook without faults", () => {
  it("links without a problem, whatever the order of its cells", () => {
    const sources = {
      shows: "display(loss)",
      trains: "const loss = f(rate, signal)",
      knob: "const rate = view(Inputs.range([0, 1]))",
      makes: "function f(x: number) { return structuredClone(x) }",
    };
    expect(problemsOf(compiledAll(sources))).toEqual({});
  });

  it("may import one name from one module in many cells", () => {
    const sources = {
      a: "import { Linear } from 'gongbu/nn'",
      b: "import { Linear } from 'gongbu/nn'\nLinear",
    };
    expect(problemsOf(compiledAll(sources))).toEqual({});
  });

  it("lets a cell read what another imports", () => {
    expect(
      problemsOf(compiledAll({ a: "import { Linear } from 'gongbu/nn'", b: "new Linear(1, 2)" })),
    ).toEqual({});
  });
});

describe("a name that two cells declare", () => {
  it("is told to both, and the others go on", () => {
    const { a, b, c } = linked({ a: "const x = 1", b: "let y, x", c: "y" });
    expect(a?.problem).toMatchObject({
      code: "duplicate-name",
      cells: ["a", "b"],
      at: { line: 1, column: 7 },
    });
    expect(b?.problem).toMatchObject({
      code: "duplicate-name",
      cells: ["a", "b"],
      at: { line: 1, column: 8 },
    });
    expect(b?.problem?.text.en).toContain("`x` is declared by more than one cell: a, b.");
    expect(c?.problem).toBeUndefined();
  });

  it.each([
    ["declared and imported", "const x = 1", "import { x } from 'gongbu/nn'"],
    ["imported from two modules", "import { x } from 'gongbu/text'", "import { x } from 'gongbu/nn'"],
    ["imported as two things", "import { x } from 'gongbu/nn'", "import { y as x } from 'gongbu/nn'"],
    ["declared by a cell that cannot run", "const x = 1", "const x = 1; enum E {}"],
  ])("may be %s", (_how, a, b) => {
    expect(problemsOf(compiledAll({ a, b }))).toMatchObject({ a: "duplicate-name" });
  });
});

describe("a cycle", () => {
  it("is told to every cell on it, in the order of reading from the first in the document", () => {
    const { a, b, c, before, after } = linked({
      before: "const start = 1",
      a: "const x = z + start",
      b: "const y = x",
      c: "const z = y",
      after: "z",
    });
    for (const cell of [a, b, c]) {
      expect(cell?.problem).toMatchObject({ code: "cycle", cells: ["a", "c", "b"] });
      expect(cell?.problem?.text.en).toContain("a reads `z` from c, c reads `y` from b, b reads `x` from a");
    }
    expect(b?.problem?.at).toMatchObject({ line: 1, column: 11 });
    expect(before?.problem).toBeUndefined();
    expect(after?.problem).toBeUndefined();
  });

  it("names the shortest way round for each cell where two cycles meet", () => {
    const { a, b, c } = linked({ a: "const x = y + z", b: "const y = x", c: "const z = x" });
    expect(b?.problem?.cells).toEqual(["a", "b"]);
    expect(c?.problem?.cells).toEqual(["a", "c"]);
    expect(a?.problem?.cells).toEqual(["a", "b"]);
  });

  it("is not made by imports, nor by a cell that reads its own names", () => {
    const sources = { a: "import { f } from 'gongbu/nn'\nconst x = f(y)", b: "const y = f(() => y)" };
    expect(problemsOf(compiledAll(sources))).toEqual({});
  });
});

describe("a name that nobody declares", () => {
  it("is told with its place and the nearest name", () => {
    const { b } = linked({ a: "const tokenizer = 1", b: "1 +\n  tokeniser" });
    expect(b?.problem).toMatchObject({ code: "missing-name", cells: ["b"], at: { line: 2, column: 3 } });
    expect(b?.problem?.text.en).toContain("Did you mean `tokenizer`?");
  });

  it("is told no name when none is near", () => {
    expect(linked({ a: "const x = 1", b: "somethingElse" }).b?.problem?.text.en).not.toContain(
      "Did you mean",
    );
  });

  it("may be one that the kernel offers", () => {
    expect(linked({ a: "dislpay(1)" }).a?.problem?.text.en).toContain("Did you mean `display`?");
  });

  it("is told that the page is out of reach when it is the page's", () => {
    expect(linked({ a: "localStorage.clear()" }).a?.problem).toMatchObject({ code: "missing-name" });
    expect(linked({ a: "localStorage.clear()" }).a?.problem?.text.en).toContain("runs in a worker");
  });

  it("is not one that a cell with a problem of its own would declare", () => {
    expect(problemsOf(compiledAll({ a: "const x = 1\nconst y = (", b: "x" }))).toEqual({ a: "syntax-error" });
  });
});

describe("a solution", () => {
  const solution = compileCell({
    id: "answer" as CellId,
    source: "function softmax(x) { return helper(x) }\nconst extra = 1",
    attributes: { run: "live", solution: "softmax" },
  });

  it("does not declare a second time what its stub declares", () => {
    const others = compiledAll({ stub: "function softmax(x) {}", helper: "const helper = 1" });
    expect(problemsOf([...others, solution])).toEqual({});
  });

  it("keeps its other names to itself, and says so to a cell that reads one", () => {
    const others = compiledAll({
      stub: "function softmax(x) {}",
      helper: "const helper = 1",
      reader: "extra",
    });
    const reader = linkCells([...others, solution]).find(({ id }) => id === "reader");
    expect(reader?.problem).toMatchObject({ code: "missing-name", cells: ["reader", "answer"] });
  });

  it("is itself told of a name that nobody declares", () => {
    expect(problemsOf([solution])).toEqual({ answer: "missing-name" });
  });
});

describe("linking again", () => {
  it("takes back what no longer holds and keeps a cell's own problem", () => {
    const cells = linkCells(compiledAll({ a: "const x = 1", b: "const x = 2", c: "enum E {}" }));
    const [a, , c] = cells;
    expect(problemsOf([a!, c!])).toEqual({ c: "not-erasable" });
  });

  it("changes nothing when nothing has changed", () => {
    const once = linkCells(
      compiledAll({ a: "const x = y", b: "const y = x", c: "nothing", d: "const z = 1" }),
    );
    expect(linkCells(once)).toEqual(once);
  });
});

describe("the linker's module", () => {
  it("is reached without the compiler", async () => {
    const seen = new Set<string>();
    const { readFile } = await import("node:fs/promises");
    const follow = async (url: URL): Promise<void> => {
      if (seen.has(url.href)) return;
      seen.add(url.href);
      const source = await readFile(url, "utf8");
      for (const [, typed, specifier] of source.matchAll(/^import (type )?.*?from "([^"]+)";$/gms)) {
        if (typed) continue;
        expect(specifier).toMatch(/^\./);
        await follow(new URL(specifier!, url));
      }
    };
    await follow(new URL("../../../../src/notebook/compile/link.ts", import.meta.url));
    expect(seen.size).toBeGreaterThan(3);
  });
});
