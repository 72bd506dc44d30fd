import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Attributes whose value a person reads or hears. */
const spoken = new Set(["aria-label", "aria-description", "title", "alt", "placeholder", "label"]);

/** Names of things, the same in every language. */
const names = new Set(["Tensor", "HTML"]);

/** Words written into TSX instead of being taken from the messages, as "file:line: words". */
function findLiterals(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node, words: string) => {
    if (!/\p{L}{2}/u.test(words) || names.has(words.trim())) return;
    found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) report(node, node.text);
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText())) {
      const value =
        node.initializer && ts.isJsxExpression(node.initializer)
          ? node.initializer.expression
          : node.initializer;
      if (value && ts.isStringLiteralLike(value)) report(value, value.text);
    }
    const isChild =
      ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent));
    if (isChild && node.expression && ts.isStringLiteralLike(node.expression))
      report(node, node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function findTsx(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".tsx"))
    .map((path) => join(folder, path));
}

describe("words in components", () => {
  test("come from the messages, in src/page and in src/outputs", () => {
    const paths = [...findTsx("src/page"), ...findTsx("src/outputs")];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.flatMap((path) => findLiterals(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
  });

  test("are found as text, as a named attribute and in braces", () => {
    const source = `const a = <p title="Run it">Hello <b aria-label={"Stop"} class="plain">{"there"}</b> · 3</p>`;
    expect(findLiterals("a.tsx", source)).toEqual([
      "a.tsx:1: Run it",
      "a.tsx:1: Hello",
      "a.tsx:1: Stop",
      "a.tsx:1: there",
    ]);
  });
});
