import { describe, expect, it } from "vitest";
import { createGraph } from "../../../kernels/runtime/graph.ts";
import type { CellId, CellProgram } from "../../../kernels/runtime/program.ts";

const id = (name: string) => name as CellId;

function program(name: string, { reads = "", declares = "", imports = "" } = {}): CellProgram {
  const list = (names: string) => names.split(" ").filter(Boolean);
  return {
    id: id(name),
    inputs: list(reads).map((read) => ({ name: read, at: { line: 1, column: 1 } })),
    outputs: list(declares),
    imports: list(imports).map((local) => ({ module: "gongbu/text", imported: local, local })),
    form: "statements",
    body: "() => {}",
    bodyLine: 1,
    run: "live",
  };
}

describe("the graph of cells", () => {
  it("knows who declares or imports a name, of several the first", () => {
    const graph = createGraph([
      program("a", { declares: "x" }),
      program("b", { declares: "x y", imports: "z" }),
    ]);
    expect(["x", "y", "z", "w"].map((name) => graph.maybeDeclaringCell(name))).toEqual([
      "a",
      "b",
      "b",
      undefined,
    ]);
  });

  it("gives the cells that a cell reads, each once, itself and builtins not among them", () => {
    const graph = createGraph([
      program("a", { declares: "x y" }),
      program("b", { reads: "x y z display", declares: "z" }),
    ]);
    expect(graph.findSources(id("b"))).toEqual(["a"]);
    expect(graph.findSources(id("nowhere"))).toEqual([]);
  });

  it("gives all that a cell needs, sources first", () => {
    const graph = createGraph([
      program("end", { reads: "l r" }),
      program("left", { reads: "s", declares: "l" }),
      program("right", { reads: "l s", declares: "r" }),
      program("start", { declares: "s" }),
      program("apart"),
    ]);
    expect(graph.findAncestors(id("end"))).toEqual(["start", "left", "right"]);
    expect(graph.findAncestors(id("apart"))).toEqual([]);
  });

  it("needs an imported name from no cell", () => {
    const graph = createGraph([
      program("training", { imports: "fit", declares: "model" }),
      program("reader", { reads: "fit" }),
      program("user", { reads: "fit model" }),
    ]);
    expect(graph.findAncestors(id("reader"))).toEqual([]);
    expect(graph.findAncestors(id("user"))).toEqual(["training"]);
  });

  it("comes to an end in a cycle", () => {
    const graph = createGraph([
      program("a", { reads: "y", declares: "x" }),
      program("b", { reads: "x", declares: "y" }),
    ]);
    expect(graph.findAncestors(id("a"))).toEqual(["b"]);
  });

  it("takes names for names, even those that every object has", () => {
    const graph = createGraph([program("a", { reads: "constructor toString" })]);
    expect(graph.maybeDeclaringCell("constructor")).toBeUndefined();
    expect(graph.findSources(id("a"))).toEqual([]);
  });
});
