import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findNotebookErrors, findSegments, parseNotebook } from "../../../../src/notebook/format/parse.ts";
import { serializeNotebook } from "../../../../src/notebook/format/serialize.ts";
import { notebookSource } from "./generated.ts";

const path = "generated.md";

/** Strings of the pieces of which lecture files are made, in any order. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...["\n", "\n", "\r\n", "\r", "```", "~~~", "````", "ts {id=a}", "ts {id=b run=click}", "ts", "---"],
        ...[
          "> ",
          "- ",
          "    ",
          "  ",
          "\t",
          "<!--",
          "-->",
          "<div>",
          "\uFEFF",
          "title: x",
          "`",
          "{",
          "}",
          "\0",
        ],
      ),
      fc.string({ maxLength: 4, unit: "binary" }),
    ),
    { maxLength: 40, size: "max" },
  )
  .map((parts) => parts.join(""));

describe("parse and serialize", () => {
  test("are inverses on generated notebooks", () => {
    fc.assert(
      fc.property(notebookSource, ({ source, cells }) => {
        const notebook = parseNotebook(source, { path });
        expect(serializeNotebook(notebook)).toBe(source);
        const found = notebook.segments.filter((segment) => segment.kind === "cell");
        expect(found.map(({ id, code }) => ({ id, code }))).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  test("split any string into segments that join to the same bytes", () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: "binary" })), (source) => {
        const segments = findSegments(source, { path });
        expect(serializeNotebook({ segments })).toBe(source);
        for (const segment of segments) {
          expect(segment.source).not.toBe("");
          if (segment.kind === "cell") {
            expect(segment.open + segment.body + segment.close).toBe(segment.source);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("agree with findNotebookErrors on which strings can be read", () => {
    fc.assert(
      fc.property(pieces, (source) => {
        const [first] = findNotebookErrors(source, { path });
        if (first) expect(() => parseNotebook(source, { path })).toThrow(first.message);
        else expect(serializeNotebook(parseNotebook(source, { path }))).toBe(source);
      }),
      { numRuns: 2000 },
    );
  });

  test("give each segment the line on which it begins", () => {
    fc.assert(
      fc.property(notebookSource, ({ source }) => {
        let text = "";
        for (const segment of parseNotebook(source, { path }).segments) {
          expect(segment.line).toBe(1 + (text.match(/\r\n|\r|\n/g)?.length ?? 0));
          text += segment.source;
        }
      }),
    );
  });
});
