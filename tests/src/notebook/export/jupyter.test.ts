import { describe, expect, it } from "vitest";
import { figure, html, markdown, table } from "../../../../kernels/runtime/display/index.ts";
import { inspectOutput } from "../../../../kernels/runtime/display/inspect.ts";
import { toJupyter } from "../../../../src/notebook/export/jupyter.ts";
import { english, executed, korean } from "./executed.ts";

const both = { en: "loss", ko: "손실" };
const source = `---
title: Lesson
---
# A lesson

Some prose.

\`\`\`ts {id=a fold}
const x = 1
display(x)
\`\`\`

\`\`\`ts {id=b}
x
\`\`\`
`;

interface Jupyter {
  nbformat: number;
  nbformat_minor: number;
  metadata: { kernelspec: { name: string; display_name: string }; title?: string };
  cells: {
    cell_type: string;
    id: string;
    metadata: object;
    source: string[];
    outputs?: { output_type: string; data?: Record<string, unknown>; [key: string]: unknown }[];
    execution_count?: null;
  }[];
}

const exported = (...args: Parameters<typeof toJupyter>) => JSON.parse(toJupyter(...args)) as Jupyter;

/** What the exporter makes of one output, in a language. */
function outputOf(output: Parameters<typeof english.plainText>[0], options = english) {
  return exported(executed(source, { a: [output] }), options).cells[1].outputs![0];
}

describe("a lecture as a Jupyter notebook", () => {
  it("has its prose and cells in order, as lines that joined are the source", () => {
    const { nbformat, nbformat_minor, cells, metadata } = exported(executed(source), english);
    expect([nbformat, nbformat_minor, metadata.title, metadata.kernelspec.name]).toEqual([
      4,
      5,
      "Lesson",
      "gongbu",
    ]);
    expect(cells.map(({ cell_type, source: lines }) => [cell_type, lines.join("")])).toEqual([
      ["markdown", "# A lesson\n\nSome prose."],
      ["code", "const x = 1\ndisplay(x)"],
      ["code", "x"],
    ]);
    expect(cells[1].source).toEqual(["const x = 1\n", "display(x)"]);
    expect(cells[1]).toMatchObject({
      metadata: { gongbu: { id: "a", fold: true } },
      execution_count: null,
      outputs: [],
    });
  });

  it("has ids that the format takes, each once", () => {
    const tricky = `Prose.\n\n\`\`\`ts {id=prose-1}\n1\n\`\`\`\n\nMore.\n\n\`\`\`ts {id=prose-3}\n1\n\`\`\`\n\nEnd.\n`;
    const ids = exported(executed(tricky), english).cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  });

  it("has figures under Plotly's MIME type, in one language", () => {
    const output = outputOf(figure([{ y: [1, 2], name: both }], { title: { text: both } }), korean);
    expect(output).toMatchObject({
      output_type: "display_data",
      metadata: {},
      data: {
        "application/vnd.plotly.v1+json": {
          data: [{ y: [1, 2], name: "손실" }],
          layout: { title: { text: "손실" } },
        },
        "text/plain": ["[figure] 손실, 손실"],
      },
    });
  });

  it("has tables and HTML as HTML, markdown as markdown, each with its plain text", () => {
    expect(outputOf(table([{ word: "<b>", n: 1 }])).data).toMatchObject({
      "text/html": expect.arrayContaining(["<tr><td>&lt;b&gt;</td><td>1</td></tr>\n"]) as unknown,
      "text/plain": ["word  n\n", "<b>   1"],
    });
    expect(outputOf(html("<i>x</i>")).data).toEqual({ "text/html": ["<i>x</i>"], "text/plain": ["x"] });
    expect(outputOf(markdown(both), korean).data).toEqual({
      "text/markdown": ["손실"],
      "text/plain": ["손실"],
    });
  });

  it("has what was logged as streams, warnings and errors apart", () => {
    const parts = [inspectOutput("said").value];
    const log = (level: "log" | "warn") => outputOf({ kind: "log", level, parts, count: 1 });
    expect(log("log")).toEqual({ output_type: "stream", name: "stdout", text: ["said\n"] });
    expect(log("warn")).toMatchObject({ name: "stderr" });
  });

  it("has errors with their name and words", () => {
    const error = { name: "TypeError", text: both, cell: "a", at: { line: 1, column: 2 } };
    expect(outputOf({ kind: "error", error }, korean)).toEqual({
      output_type: "error",
      ename: "TypeError",
      evalue: "손실",
      traceback: ["TypeError: 손실 (cell a, line 1, column 2)"],
    });
  });

  it("has values as text", () => {
    expect(outputOf(inspectOutput([1, 2])).data).toEqual({ "text/plain": ["[1, 2]"] });
  });
});
