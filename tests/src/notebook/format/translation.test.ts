import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../../../src/notebook/format/parse.ts";
import { findTranslationErrors, translateNotebook } from "../../../../src/notebook/format/translation.ts";

const english = parseNotebook(
  [
    "---\ntitle: Words\n---\n# Words\n\n",
    "```ts {id=a exercise=e}\nconst a = 1\n```\n",
    "\n",
    "```ts {id=b check=e}\na\n```\n",
    "\nThe end.\n",
  ].join(""),
  { path: "x.md" },
);

function korean(source: string) {
  return parseNotebook(source, { path: "x.ko.md" });
}

function cell(id: string, body = ""): string {
  return `\`\`\`ts {id=${id}}\n${body}\`\`\`\n`;
}

function problems(source: string): string[] {
  return findTranslationErrors(english, korean(source)).map(
    ({ path, line, code }) => `${path}:${line} ${code}`,
  );
}

describe("translateNotebook", () => {
  test("pairs the prose between the same cells", () => {
    const translation = korean(`---\ntitle: 낱말\n---\n# 낱말\n\n${cell("a")}${cell("b")}\n끝.\n`);
    const { frontMatter, blocks } = translateNotebook(english, translation);
    expect(frontMatter).toEqual({ original: { title: "Words" }, translation: { title: "낱말" } });
    expect(
      blocks.map((block) =>
        block.kind === "cell"
          ? `${block.cell.id}: ${block.cell.code}`
          : [block.key, block.original?.source, block.translation?.source],
      ),
    ).toEqual([
      ["start", "# Words\n\n", "# 낱말\n\n"],
      "a: const a = 1",
      ["after-a", "\n", undefined],
      "b: a",
      ["after-b", "\nThe end.\n", "\n끝.\n"],
    ]);
  });

  test("throws the first error with its file and line", () => {
    expect(() => translateNotebook(english, korean(`글\n${cell("b")}\n끝\n`))).toThrow(
      'x.ko.md:2: The translation has no cell "a". x.md has it here',
    );
  });
});

describe("findTranslationErrors", () => {
  test.each([
    ["nothing wrong", `글\n${cell("a")}${cell("b")}끝\n`, []],
    ["attributes repeated", `글\n\`\`\`ts {id=a exercise=e}\n\`\`\`\n${cell("b")}끝\n`, []],
    ["blank lines in a body", `글\n${cell("a", "\n  \n")}${cell("b")}끝\n`, []],
    ["a cell missing", `글\n${cell("a")}끝\n둘\n`, ["x.ko.md:5 translation-missing-cell"]],
    ["an extra cell", `글\n${cell("a")}${cell("b")}${cell("c")}끝`, ["x.ko.md:6 translation-extra-cell"]],
    ["another order", `글\n${cell("b")}${cell("a")}끝\n`, ["x.ko.md:2 translation-order"]],
    ["code in a body", `글\n${cell("a")}${cell("b", "1\n")}끝\n`, ["x.ko.md:5 translation-body"]],
    [
      "another attribute",
      "글\n```ts {id=a fold}\n```\n" + cell("b") + "끝\n",
      ["x.ko.md:2 translation-attribute"],
    ],
    ["no prose after the last cell", `글\n${cell("a")}${cell("b")}`, ["x.ko.md:4 translation-prose"]],
    ["a comment for prose", `글\n${cell("a")}${cell("b")}<!-- 끝 -->\n`, ["x.ko.md:6 translation-prose"]],
    [
      "prose where the original has none",
      `글\n${cell("a")}글\n${cell("b")}끝\n`,
      ["x.md:9 translation-prose"],
    ],
  ])("finds in a file with %s: %s", (_name, source, expected) => {
    expect(problems(source)).toEqual(expected);
  });
});
