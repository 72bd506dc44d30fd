import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { closesFence, findTopLevelFences } from "../../../../src/notebook/format/fences.ts";

const markdown = new MarkdownIt({ html: true });

/** The fences outside every container, as markdown-it, a full CommonMark parser, finds them. */
function findFencesWithMarkdownIt(lines: readonly string[]): number[] {
  return markdown
    .parse(lines.join("\n"), {})
    .filter(({ type, level }) => type === "fence" && level === 0)
    .map(({ map }) => map![0]);
}

function openings(lines: readonly string[]): number[] {
  return findTopLevelFences(lines).map(({ open }) => open);
}

const indent = fc.constantFrom("", "", "", " ", "  ", "   ", "    ", "     ", "\t", " \t");
const noMark = fc.constant("");
const mark = fc.constantFrom(
  ...["> ", ">", ">\t", "- ", "-   ", "-\t", "-     ", "* ", "1. ", "2. ", "10) ", "-", "1."],
);
// Lone inline tags are left out: markdown-it lets them end a lazily continued paragraph, the specification does not.
const content = fc.constantFrom(
  ...[
    "```",
    "```",
    "```",
    "````",
    "~~~",
    "~~~~",
    "```ts {id=a}",
    "~~~ts {id=a}",
    "```a`b",
    "``",
    "text",
    "",
    "",
  ],
  ...["# heading", "---", "===", "- - -", "<div>", "</div>", "<!-- comment -->", "<!--", "-->"],
  ...["<pre>", "<?x", "?>", "<!X", "``` ", "~~~\t", "    code", "* * *", "<b> text", "***", "+"],
);
const markdownLine = fc
  .tuple(
    indent,
    fc.oneof({ weight: 2, arbitrary: noMark }, mark),
    fc.oneof({ weight: 5, arbitrary: noMark }, mark),
    indent,
    content,
  )
  .map((parts) => parts.join(""));

describe("fences at the top level", () => {
  test("are those that markdown-it finds outside every container", () => {
    const lines = fc.array(markdownLine, { minLength: 1, maxLength: 9, size: "max" });
    fc.assert(
      fc.property(lines, (lines) => {
        expect(openings(lines)).toEqual(findFencesWithMarkdownIt(lines));
      }),
      { numRuns: 5000 },
    );
  });

  test("close with at least as long a run of the same character and nothing after it but blanks", () => {
    const lines = ["````ts", "```", "~~~~", "```` x", "  `````\t", "text"];
    expect(findTopLevelFences(lines)).toEqual([{ open: 0, close: 4 }]);
  });

  test("are open to the end of the document where nothing closes them", () => {
    expect(findTopLevelFences(["text", "~~~", "```", "    ~~~"])).toEqual([{ open: 1, close: undefined }]);
  });

  test("stand outside of list items, quotes, comments, HTML blocks, indented code and longer fences", () => {
    expect(openings(["- item", "", "  ```", "  ```"])).toEqual([]);
    expect(openings(["1. item", "   ```", "   ```"])).toEqual([]);
    expect(openings(["> ```", "> ```"])).toEqual([]);
    expect(openings(["<!--", "```", "```", "-->"])).toEqual([]);
    expect(openings(["<details>", "```", "```", "</details>"])).toEqual([]);
    expect(openings(["    ```", "    ```"])).toEqual([]);
    expect(openings(["````", "```", "```", "````"])).toEqual([0]);
  });

  test("stand in no block that a lone tag begins, which is no block where a paragraph goes on", () => {
    expect(openings(["<b>", "```"])).toEqual([]);
    expect(openings(["</pre>", "```"])).toEqual([]);
    expect(openings(["text", "<b>", "```"])).toEqual([2]);
    expect(openings(["> text", "<b x='1'>", "```"])).toEqual([2]);
    expect(openings(["> ***", "<b>", "```"])).toEqual([]);
  });

  test("follow a list, a quote or an HTML block that has ended", () => {
    expect(openings(["- item", "```", "```"])).toEqual([1]);
    expect(openings(["> quote", "```", "```"])).toEqual([1]);
    expect(openings(["<details>", "", "```", "```"])).toEqual([2]);
    expect(openings(["<!-- one line -->", "```", "```"])).toEqual([1]);
  });
});

describe("closesFence", () => {
  test("refuses four columns of indent, another character, a shorter run and text", () => {
    expect(closesFence("   ```", { run: "```" })).toBe(true);
    expect(closesFence("    ```", { run: "```" })).toBe(false);
    expect(closesFence("~~~", { run: "```" })).toBe(false);
    expect(closesFence("```", { run: "````" })).toBe(false);
    expect(closesFence("``` ts", { run: "```" })).toBe(false);
  });
});
