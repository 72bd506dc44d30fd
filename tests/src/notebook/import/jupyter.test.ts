import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "../../../../kernels/runtime/display/index.ts";
import { toJupyter } from "../../../../src/notebook/export/jupyter.ts";
import { parseNotebook } from "../../../../src/notebook/format/index.ts";
import { fromJupyter } from "../../../../src/notebook/import/jupyter.ts";
import { english, executed } from "../export/executed.ts";
import { notebookSource } from "../format/generated.ts";

const path = "lesson.ipynb";
const back = (ipynb: string) => fromJupyter(ipynb, { path });
const exported = (source: string) => toJupyter(executed(source), english);

interface Jupyter {
  cells: { cell_type: string; source: string | string[]; metadata: object; id?: string }[];
  metadata: Record<string, unknown>;
}
const edit = (ipynb: string, change: (notebook: Jupyter) => void) => {
  const notebook = JSON.parse(ipynb) as Jupyter;
  change(notebook);
  return JSON.stringify(notebook);
};

describe("a lecture that comes back from Jupyter", () => {
  it("is the same file, byte for byte, whatever its fences, blanks and line ends", () => {
    fc.assert(
      fc.property(notebookSource, ({ source }) => {
        expect(back(exported(source)).source).toBe(source);
      }),
      { numRuns: 200 },
    );
  });

  it("leaves its outputs behind", () => {
    const source = "# A\n\n```ts {id=a}\n1\n```\n";
    expect(back(toJupyter(executed(source, { a: [table([{ x: 1 }])] }), english)).source).toBe(source);
  });

  it("has what was changed there, and nothing else is different", () => {
    const source = "---\r\ntitle: T\r\n---\r\nText.\r\n~~~ts { fold id=a }\r\n1\r\n~~~\r\n\r\n\r\nEnd.";
    const changed = edit(exported(source), ({ cells }) => {
      cells[0].source = ["Other."];
      cells[1].source = ["~~~\n", "2"];
    });
    expect(back(changed).source).toBe(
      "---\r\ntitle: T\r\n---\r\nOther.\r\n~~~~ts { fold id=a }\r\n~~~\r\n2\r\n~~~~\r\n\r\n\r\nEnd.",
    );
  });

  it("has cells that were added there: prose where they stand, code with an id of its own", () => {
    const added = edit(exported("# A\n\n```ts {id=a}\n1\n```\n"), ({ cells }) => {
      cells.push(
        { cell_type: "markdown", source: "More.", metadata: {} },
        { cell_type: "code", id: "a", source: "a + 1", metadata: {} },
      );
    });
    const { source, notes } = back(added);
    expect(source).toBe("# A\n\n```ts {id=a}\n1\n```\n\nMore.\n\n```ts {id=cell-1}\na + 1\n```\n");
    expect(notes).toEqual([]);
  });
});

describe("a notebook of somebody else's", () => {
  const python = JSON.stringify({
    nbformat: 4,
    metadata: { kernelspec: { language: "python" } },
    cells: [
      { cell_type: "markdown", source: ["# Counting\n", "words"], attachments: { "a.png": {} } },
      { cell_type: "code", source: 'print("```")' },
      { cell_type: "raw", source: "as it is" },
    ],
  });

  it("becomes prose and quoted code, with a title, and says what could not come along", () => {
    const { source, notes } = back(python);
    expect(source).toBe(
      '---\ntitle: "Counting"\n---\n\n# Counting\nwords\n\n````python\nprint("```")\n````\n\n```text\nas it is\n```\n',
    );
    expect(parseNotebook(source, { path: "lesson.md" }).segments.map(({ kind }) => kind)).toEqual([
      "frontMatter",
      "prose",
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/Cell 1 has attached pictures/),
      expect.stringMatching(/Cell 2 is python: it is quoted/),
    ]);
  });

  it.each([
    ["text", /not JSON/],
    ['{"nbformat": 3}', /nbformat is 3, cells are missing/],
    ['{"nbformat": 4, "cells": [{"cell_type": "code"}]}', /cell 1 has no source/],
  ])("is refused by name when it is none: %s", (text, message) => {
    expect(() => back(text)).toThrow(message);
    expect(() => back(text)).toThrow(/^lesson\.ipynb/);
  });
});
