import { describe, expect, test } from "vitest";
import { findNotebookErrors, parseNotebook } from "../../../../src/notebook/format/parse.ts";
import { serializeNotebook } from "../../../../src/notebook/format/serialize.ts";
import type { CellSegment } from "../../../../src/notebook/notebook.ts";
import { oddities } from "./oddities.ts";

const path = "x.md";

function parse(source: string) {
  return parseNotebook(source, { path });
}

function cellsOf(source: string): CellSegment[] {
  return parse(source).segments.filter((segment) => segment.kind === "cell");
}

function cell({ id = "a", code = "1" } = {}): string {
  return `\`\`\`ts {id=${id}}\n${code}\n\`\`\`\n`;
}

function codes(source: string): string[] {
  return findNotebookErrors(source, { path }).map(({ code, line }) => `${line} ${code}`);
}

describe("parseNotebook", () => {
  test("reads front matter, prose and cells with their lines", () => {
    const source = `---\ntitle: Words\nlevel: 2\n---\n# Words\n\n${cell({ code: "1 + 1\n" })}The end.`;
    const { frontMatter, segments } = parse(source);
    expect(frontMatter).toEqual({ title: "Words", level: 2 });
    expect(segments.map(({ kind, line }) => [kind, line])).toEqual([
      ["frontMatter", 1],
      ["prose", 5],
      ["cell", 7],
      ["prose", 11],
    ]);
    expect(segments[2]).toMatchObject({ id: "a", code: "1 + 1\n", codeLine: 8, body: "1 + 1\n\n" });
  });

  test("reads every attribute, quoted or not", () => {
    const info = `ts {id=x run=click fold app exercise="word pieces" check='word pieces' solution="word pieces" bet=b after=b}`;
    expect(cellsOf("```" + info + "\n```\n")[0].attributes).toEqual({
      run: "click",
      fold: true,
      app: true,
      exercise: "word pieces",
      check: "word pieces",
      solution: "word pieces",
      bet: "b",
      after: "b",
    });
    expect(cellsOf(cell())[0].attributes).toEqual({ run: "live", fold: false });
  });

  test("reads tildes, longer and indented fences, and takes the fence's indent off the code", () => {
    const [tildes, longer] = cellsOf(
      "  ~~~ts {id=a}\n  one\n    two\n three\n~~~~\n\n`````ts {id=b}\n```\n`````\n",
    );
    expect(tildes.code).toBe("one\n  two\nthree");
    expect(longer.code).toBe("```");
  });

  test("reads CRLF and lone CR into LF code", () => {
    expect(cellsOf("```ts {id=a}\r\none\r\ntwo\r\n```\r\n")[0].code).toBe("one\ntwo");
    expect(cellsOf("```ts {id=a}\rone\rtwo\r```")[0].code).toBe("one\ntwo");
  });

  test.each([
    ["a fence without an id", "```ts\n1\n```\n"],
    ["another language", "```js {id=a}\n1\n```\n"],
    ["line marks of other tools", "```ts {1,3-4}\n1\n```\n"],
    ["a fence in a list", "- item\n  ```ts {id=a}\n  1\n  ```\n"],
    ["a fence in a quote", "> ```ts {id=a}\n> 1\n> ```\n"],
    ["a fence in a comment", "<!--\n```ts {id=a}\n1\n```\n-->\n"],
    ["a fence in a longer fence", "````md\n```ts {id=a}\n1\n```\n````\n"],
    ["a fence with four spaces of indent", "    ```ts {id=a}\n    1\n    ```\n"],
    ["an unclosed fence of quoted code", "```\n~~~ts {id=a}\n"],
  ])("leaves %s to the prose", (_name, source) => {
    expect(parse(source).segments).toEqual([{ kind: "prose", source, line: 1 }]);
  });

  test("keeps a byte-order mark out of front matter and cells", () => {
    expect(parse("\uFEFF---\ntitle: T\n---\n").frontMatter).toEqual({ title: "T" });
    expect(parse(`\uFEFF${cell()}`).segments.map(({ kind, source }) => [kind, source])).toEqual([
      ["prose", "\uFEFF"],
      ["cell", cell()],
    ]);
  });

  test("takes three dashes for front matter only on the first line and with their counterpart", () => {
    expect(parse("---\ntitle: T\n").frontMatter).toEqual({});
    expect(parse("\n---\ntitle: T\n---\n").frontMatter).toEqual({});
    expect(parse("---\n---\n").frontMatter).toEqual({});
  });

  test("throws the error that findNotebookErrors lists first", () => {
    const source = `${cell()}${cell()}\`\`\`ts {id=b colour=red}\n\`\`\`\n`;
    expect(() => parse(source)).toThrow('x.md:4: Two cells have the id "a"');
    expect(codes(source)).toEqual(["4 duplicate-id", "7 unknown-attribute"]);
  });
});

describe("findNotebookErrors", () => {
  test.each([
    ["```ts {id=1a}\n```", "1 bad-id"],
    ["```ts {id=에이}\n```", "1 bad-id"],
    ["```ts {fold}\n```", "1 missing-id"],
    ["```ts {id=a run=never}\n```", "1 unknown-run"],
    ["```ts {id=a id=b}\n```", "1 malformed-attributes"],
    ["```ts {id=}\n```", "1 malformed-attributes"],
    ["```ts {id}\n```", "1 malformed-attributes"],
    ["```ts {id=a fold=yes}\n```", "1 malformed-attributes"],
    ["```ts {id=a app=1}\n```", "1 malformed-attributes"],
    ["```ts {id=a\n```", "1 malformed-attributes"],
    ['```ts {id=a exercise="b}\n```', "1 malformed-attributes"],
    ["```ts {id=a} more\n```", "1 malformed-attributes"],
    ["```ts more {id=a}\n```", "1 malformed-attributes"],
    ["text\n\n```ts {id=a}\n1\n", "3 unclosed-cell"],
    ["```ts {id=a check=b}\n```", "1 unknown-exercise"],
    ["```ts {id=a solution=b}\n```", "1 unknown-exercise"],
    ["```ts {id=a after=b}\n```", "1 unknown-bet"],
    ["---\ntitle: T\nkeys: [1\n---\n", "4 bad-front-matter"],
    ["---\r\ntitle: T\r\ntitle: U\r\n---\r\n", "3 bad-front-matter"],
    ["---\n- a list\n---\n", "2 bad-front-matter"],
    ["---\nlevel: 1\ntitle: 7\n---\n", "3 bad-front-matter"],
    ["---\ntitle: T\ntest: { epochs: 1 }\n---\n", "3 bad-front-matter"],
    ["---\ntitle: T\ntest: { set: 1 }\n---\n", "3 bad-front-matter"],
  ])("finds in %j: %s", (source, expected) => {
    expect(codes(source)).toEqual([expected]);
  });

  test("finds a second exercise of one name", () => {
    const source = "```ts {id=a exercise=e}\n```\n```ts {id=b exercise=e}\n```\n";
    expect(codes(source)).toEqual(["3 repeated-name"]);
  });

  test("says in both languages what was given and what to do", () => {
    const [error] = findNotebookErrors("```ts {id=a run=never}\n```", { path });
    expect(error.text.en).toContain("run=never");
    expect(error.text.ko).toContain("run=never");
    expect(error.message).toBe(`x.md:1: ${error.text.en}`);
  });
});

describe("a file with every oddity", () => {
  test("comes back byte for byte", () => {
    expect(serializeNotebook(parse(oddities))).toBe(oddities);
    expect(oddities).toMatch(/\r\n/);
    expect(oddities).toMatch(/[^\r]\n/);
  });

  test("has only its live cells as cells", () => {
    expect(cellsOf(oddities).map(({ id, code }) => [id, code])).toEqual([
      ["tildes", "const first = 1;\nconst second = 2;"],
      ["indented", "display(first)\n  // deeper"],
      ["longer", "const markdown = `\n```ts {id=inner}\n```\n`"],
      ["empty", ""],
    ]);
  });
});
