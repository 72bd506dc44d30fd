import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deleteCell, insertCell, moveCell } from "../../../../src/notebook/format/arrange.ts";
import { findCells, getCell } from "../../../../src/notebook/format/cells.ts";
import { renameCell, setCellAttributes, setCellCode } from "../../../../src/notebook/format/edit.ts";
import { parseNotebook } from "../../../../src/notebook/format/parse.ts";
import { serializeNotebook } from "../../../../src/notebook/format/serialize.ts";
import type { CellAttributes, CellId, CellSegment, Notebook } from "../../../../src/notebook/notebook.ts";
import { cellCode, notebookSource } from "./generated.ts";

const path = "x.md";
const a = "a" as CellId;
const b = "b" as CellId;

function parse(source: string): Notebook {
  return parseNotebook(source, { path });
}

function cell(id: string, code = id): string {
  return `\`\`\`ts {id=${id}}\n${code}\n\`\`\`\n`;
}

/** The text before and after a cell. */
function around({ segments }: Notebook, id: string): [string, string] {
  const index = segments.findIndex((segment) => segment.kind === "cell" && segment.id === id);
  return [
    serializeNotebook({ segments: segments.slice(0, index) }),
    serializeNotebook({ segments: segments.slice(index + 1) }),
  ];
}

/** A generated notebook and one of its cells. */
const notebookAndCell = notebookSource
  .filter(({ cells }) => cells.length > 0)
  .chain(({ source, cells }) =>
    fc.record({
      notebook: fc.constant(parse(source)),
      id: fc.constantFrom(...cells.map(({ id }) => id as CellId)),
    }),
  );

describe("setCellCode", () => {
  test("leaves every byte outside the cell and reads back as the code given", () => {
    fc.assert(
      fc.property(notebookAndCell, cellCode, ({ notebook, id }, code) => {
        const edited = setCellCode(notebook, id, code);
        expect(getCell(edited, id).code).toBe(code);
        expect(around(edited, id)).toEqual(around(notebook, id));
        expect(parse(serializeNotebook(edited))).toEqual(edited);
      }),
      { numRuns: 500 },
    );
  });

  test("gives the same bytes for the same code", () => {
    fc.assert(
      fc.property(notebookAndCell, ({ notebook, id }) => {
        const edited = setCellCode(notebook, id, getCell(notebook, id).code);
        expect(serializeNotebook(edited)).toBe(serializeNotebook(notebook));
      }),
    );
  });

  test("writes the cell's own line ends and indent, and leaves the lines that are the same", () => {
    const notebook = parse("  ```ts {id=a}\r\n  one\n two\r\n  three\r\n  ```\r\nend\n");
    expect(serializeNotebook(setCellCode(notebook, a, "one\ntwo\n\n  2.5\nthree"))).toBe(
      "  ```ts {id=a}\r\n  one\n two\r\n\r\n    2.5\r\n  three\r\n  ```\r\nend\n",
    );
  });

  test("grows the fences when the code holds one that would close them", () => {
    const notebook = parse(cell("a") + "text\n");
    expect(serializeNotebook(setCellCode(notebook, a, "`\n````\n`"))).toBe(
      "`````ts {id=a}\n`\n````\n`\n`````\ntext\n",
    );
    expect(serializeNotebook(setCellCode(notebook, a, "    ```\n~~~\n```ts"))).toBe(
      "```ts {id=a}\n    ```\n~~~\n```ts\n```\ntext\n",
    );
  });

  test("takes CRLF code for LF code", () => {
    expect(getCell(setCellCode(parse(cell("a")), a, "1\r\n2"), a).code).toBe("1\n2");
  });

  test("says which id is not there", () => {
    expect(() => setCellCode(parse(cell("a")), b, "")).toThrow('no cell with the id "b"');
  });
});

describe("renameCell", () => {
  test("changes the id and no other byte", () => {
    const notebook = parse('text\n~~~ts { fold  id="a" run=click }\n1\n~~~\n');
    expect(serializeNotebook(renameCell(notebook, a, "better"))).toBe(
      "text\n~~~ts { fold  id=better run=click }\n1\n~~~\n",
    );
  });

  test("refuses an id that is taken, malformed, or of no cell", () => {
    const notebook = parse(cell("a") + "\n" + cell("b"));
    expect(() => renameCell(notebook, b, "a")).toThrow(
      'x.md:5: Two cells have the id "a"; the first is on line 1',
    );
    expect(() => renameCell(notebook, a, "not an id")).toThrow('"not an id" cannot be');
    expect(() => renameCell(notebook, "c" as CellId, "d")).toThrow('no cell with the id "c"');
  });
});

describe("setCellAttributes", () => {
  const attributes: fc.Arbitrary<Partial<CellAttributes>> = fc.record(
    {
      run: fc.constantFrom("live", "click"),
      fold: fc.boolean(),
      exercise: fc.constantFrom(undefined, "plain", "two words", "a}b", 'a "quote"', "한글"),
      bet: fc.constantFrom(undefined, "bet-1"),
    },
    { requiredKeys: [] },
  );

  test("sets what is named, keeps the rest, and leaves every byte outside the cell's first line", () => {
    fc.assert(
      fc.property(notebookAndCell, attributes, ({ notebook, id }, attributes) => {
        const before = getCell(notebook, id);
        const edited = setCellAttributes(notebook, id, attributes);
        const after = getCell(edited, id);
        const wanted = { ...before.attributes, ...attributes };
        expect(JSON.parse(JSON.stringify(after.attributes))).toEqual(JSON.parse(JSON.stringify(wanted)));
        expect([after.body, after.close]).toEqual([before.body, before.close]);
        expect(around(edited, id)).toEqual(around(notebook, id));
      }),
    );
  });

  test("writes in place and takes away with the blank before it", () => {
    const notebook = parse("```ts {id=a run=click fold}\n```\n");
    expect(setCellAttributes(notebook, a, { run: "live", exercise: "e 1" }).segments[0].source).toBe(
      '```ts {id=a fold exercise="e 1"}\n```\n',
    );
    expect(setCellAttributes(notebook, a, { fold: undefined }).segments[0].source).toBe(
      "```ts {id=a run=click}\n```\n",
    );
  });

  test("refuses values that no fence can hold and names that nobody has", () => {
    const notebook = parse(cell("a"));
    expect(() => setCellAttributes(notebook, a, { exercise: "a`b" })).toThrow("no backtick");
    expect(() => setCellAttributes(notebook, a, { exercise: `'"` })).toThrow("one kind of quotes");
    expect(() => setCellAttributes(notebook, a, { exercise: "" })).toThrow("not empty");
    expect(() => setCellAttributes(notebook, a, { check: "none" })).toThrow("does not exist");
    expect(() => setCellAttributes(notebook, a, { colour: "red" } as object)).toThrow(
      'no attribute "colour"',
    );
  });
});

describe("insertCell", () => {
  test("keeps all that was there and adds one cell after the one named", () => {
    fc.assert(
      fc.property(notebookAndCell, cellCode, ({ notebook, id }, code) => {
        const edited = insertCell(notebook, { after: id, id: "added", code, attributes: { fold: true } });
        const ids = findCells(notebook).map((cell) => cell.id);
        expect(findCells(edited).map((cell) => cell.id)).toEqual(
          ids.flatMap((other) => (other === id ? [other, "added"] : [other])),
        );
        const added = getCell(edited, "added");
        expect([added.code, added.attributes]).toEqual([code, { run: "live", fold: true }]);
        const source = serializeNotebook(notebook);
        const [before, after] = around(edited, "added");
        const [kept] = [serializeNotebook(notebook).slice(0, source.length - around(notebook, id)[1].length)];
        expect(before.startsWith(kept)).toBe(true);
        expect(before.slice(kept.length).trim()).toBe("");
        expect(after.endsWith(around(notebook, id)[1])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("sets it off by blank lines where there are none, with the file's line end", () => {
    const source = (...cells: string[]) => cells.join("").replaceAll("\n", "\r\n");
    const notebook = parse(source(cell("a"), "text\n"));
    expect(serializeNotebook(insertCell(notebook, { after: a, id: "b", code: "b" }))).toBe(
      source(cell("a"), "\n", cell("b"), "\ntext\n"),
    );
    expect(serializeNotebook(insertCell(notebook, { before: a, id: "b", code: "b" }))).toBe(
      source(cell("b"), "\n", cell("a"), "text\n"),
    );
    expect(serializeNotebook(insertCell(notebook, { id: "b", code: "b" }))).toBe(
      source(cell("a"), "text\n\n", cell("b")),
    );
  });

  test("puts the first cell into an empty file and below front matter", () => {
    expect(serializeNotebook(insertCell(parse(""), { id: "a", code: "a" }))).toBe(cell("a"));
    expect(serializeNotebook(insertCell(parse("---\ntitle: T\n---"), { id: "a", code: "a" }))).toBe(
      `---\ntitle: T\n---\n\n${cell("a")}`,
    );
  });

  test("refuses a taken id, an unknown place, and a place inside an open code block", () => {
    const notebook = parse(cell("a") + "\n```\nnever closed\n");
    expect(() => insertCell(notebook, { id: "a", code: "" })).toThrow("Two cells");
    expect(() => insertCell(notebook, { after: b, id: "c", code: "" })).toThrow('no cell with the id "b"');
    expect(() => insertCell(notebook, { id: "c", code: "" })).toThrow(
      'x.md:4: The cell "c" cannot stand here',
    );
  });
});

describe("deleteCell", () => {
  test("takes exactly the cell's bytes where blank lines stand around it", () => {
    const notebook = parse(`one\n\n${cell("a")}\ntwo\n`);
    expect(serializeNotebook(deleteCell(notebook, a))).toBe("one\n\n\ntwo\n");
  });

  test("leaves a blank line between two paragraphs that it had parted", () => {
    expect(serializeNotebook(deleteCell(parse(`one\n${cell("a")}two\n`), a))).toBe("one\n\ntwo\n");
  });

  test("keeps a list from taking in the cell below", () => {
    const indented = "  ```ts {id=b}\n  b\n  ```\n";
    const notebook = parse(`- item\n\n${cell("a")}${indented}`);
    const edited = deleteCell(notebook, a);
    expect(findCells(edited).map(({ id }) => id)).toEqual(["b"]);
    expect(serializeNotebook(edited)).toBe(`- item\n\n<!-- -->\n\n${indented}`);
  });

  test("refuses to take an exercise from its check", () => {
    const notebook = parse("```ts {id=a exercise=e}\n```\n\n```ts {id=b check=e}\n```\n");
    expect(() => deleteCell(notebook, a)).toThrow("check=e names an exercise that does not exist");
    expect(findCells(deleteCell(notebook, b)).map(({ id }) => id)).toEqual(["a"]);
  });

  test("keeps all other text and cells of any notebook", () => {
    fc.assert(
      fc.property(notebookAndCell, ({ notebook, id }) => {
        const edited = deleteCell(notebook, id);
        const [before, after] = around(notebook, id);
        const text = serializeNotebook(edited);
        expect(text.startsWith(before)).toBe(true);
        expect(text.endsWith(after)).toBe(true);
        expect(text.slice(before.length, text.length - after.length)).toMatch(/^(?:<!-- -->|\s)*$/);
        expect(findCells(edited).map(({ id }) => id)).toEqual(
          findCells(notebook).flatMap((cell) => (cell.id === id ? [] : [cell.id])),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("moveCell", () => {
  test("moves the cell with its bytes and keeps every other cell's", () => {
    fc.assert(
      fc.property(notebookAndCell, fc.nat(), fc.boolean(), ({ notebook, id }, pick, isAfter) => {
        const cells = findCells(notebook);
        const target = cells[pick % cells.length].id;
        const edited = moveCell(notebook, id, isAfter ? { after: target } : { before: target });
        const others = cells.filter((cell) => cell.id !== id).map((cell) => cell.id);
        const expected = others.flatMap((other) =>
          other !== target ? [other] : isAfter ? [other, id] : [id, other],
        );
        if (target !== id) expect(findCells(edited).map((cell) => cell.id)).toEqual(expected);
        const unended = ({ source }: CellSegment) => source.replace(/(?:\r\n|\r|\n)$/, "");
        for (const cell of cells) expect(unended(getCell(edited, cell.id))).toBe(unended(cell));
      }),
      { numRuns: 500 },
    );
  });

  test("moves to the end by default and keeps blank lines around what it moves", () => {
    const notebook = parse(`one\n\n${cell("a")}\ntwo\n\n${cell("b")}`);
    expect(serializeNotebook(moveCell(notebook, a, {}))).toBe(`one\n\n\ntwo\n\n${cell("b")}\n${cell("a")}`);
    expect(serializeNotebook(moveCell(notebook, b, { before: a }))).toBe(
      `one\n\n${cell("b")}\n${cell("a")}\ntwo\n\n`,
    );
  });

  test("says which place is not there", () => {
    expect(() => moveCell(parse(cell("a")), a, { after: b })).toThrow('no cell with the id "b"');
  });
});
