/** Generated lecture files for the property tests. */
import fc from "fast-check";

export interface GeneratedNotebook {
  readonly source: string;
  /** What its cells are, as the parser should find them. */
  readonly cells: readonly { readonly id: string; readonly code: string }[];
}

/** Lines of code as LF text; fences among them, as in a cell that prints Markdown. */
export const cellCode = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "const x = 1;",
          "",
          "  return 2",
          "```",
          "~~~~",
          " ````",
          "   ```",
          "\t```",
          "    ```",
          "`a`",
          "한글",
          "   ",
        ],
      ),
      fc.string({ maxLength: 8 }).map((text) => text.replace(/[\r\n]/g, "")),
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.join("\n"));

/** Prose that closes every block that it opens, so that what follows it stands at the top level. */
const proseText = fc.constantFrom(
  ...["A paragraph.", "# A heading", "- a list\n- of two", "> a quote\nlazily continued", "| a |\n| - |"],
  ...["```ts\nquoted\n```", "````md\n```ts {id=inner}\n```\n````", "- item\n\n  ```ts {id=inList}\n  ```"],
  ...[
    "<!-- a comment\n```ts {id=inComment}\n-->",
    "> ```ts {id=inQuote}\n> ```",
    "    ```ts {id=inCode}",
    "",
    "***",
  ],
);

const lineEnd = fc.constantFrom("\n", "\n", "\r\n", "\r");

const cellParts = fc.record({
  code: cellCode,
  indent: fc.constantFrom("", "", " ", "   "),
  character: fc.constantFrom("`", "`", "~"),
  attributes: fc.constantFrom(
    "",
    " run=click",
    " fold",
    " app",
    ' exercise="an $name"',
    "  bet='$name' ",
    " run=live",
  ),
  closing: fc.constantFrom("", " ", "\t"),
  longer: fc.nat({ max: 2 }),
});

const block = fc.oneof(
  fc.record({ prose: proseText, blanks: fc.nat({ max: 2 }) }),
  fc.record({ cell: cellParts, blanks: fc.nat({ max: 2 }) }),
);

export const notebookSource: fc.Arbitrary<GeneratedNotebook> = fc
  .record({
    mark: fc.constantFrom("", "", "\uFEFF"),
    frontMatter: fc.constantFrom("", "---\ntitle: T # kept\n---\n", "---\n---  \n"),
    blocks: fc.array(block, { maxLength: 8, size: "max" }),
    ends: fc.array(lineEnd, { minLength: 1, maxLength: 5 }),
    finalEnd: fc.boolean(),
  })
  .map(({ mark, frontMatter, blocks, ends, finalEnd }) => {
    const cells: { id: string; code: string }[] = [];
    let text: string = frontMatter;
    for (const part of blocks) {
      if ("prose" in part) {
        text += `${part.prose}\n`;
      } else {
        const id = `cell${cells.length}`;
        text += writeCell(part.cell, id);
        cells.push({ id, code: part.cell.code });
      }
      text += "\n".repeat("prose" in part ? part.blanks + 1 : part.blanks);
      // A list takes in what is indented below it: a line that is not ends it.
      if ("prose" in part) text += "<!-- -->\n";
    }
    if (!finalEnd) text = text.replace(/\n+$/, "");
    return { source: mark + withLineEnds(text, ends), cells };
  });

function writeCell({ code, indent, character, attributes, closing, longer }: CellParts, id: string): string {
  const runs = code.match(/[`~]+/g)?.map((run) => run.length) ?? [];
  const run = character.repeat(Math.max(2, ...runs) + 1);
  const lines = code === "" ? [] : code.split("\n").map((line) => (line === "" ? "" : indent + line));
  const info = `ts {id=${id}${attributes.replace("$name", id)}}`;
  return [indent + run + info, ...lines, indent + run + character.repeat(longer) + closing, ""].join("\n");
}

type CellParts = typeof cellParts extends fc.Arbitrary<infer Parts> ? Parts : never;

/** The line ends in turn; a lone CR is never put before an empty line's LF, which would make one line end of two. */
function withLineEnds(text: string, ends: readonly string[]): string {
  let index = 0;
  let previous = "";
  return text.replace(/([^\n]*)\n/g, (_whole, line: string) => {
    let end = ends[index++ % ends.length];
    if (line === "" && previous === "\r" && end === "\n") end = "\r\n";
    previous = end;
    return line + end;
  });
}
