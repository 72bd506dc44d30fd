import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highlightTypeScript } from "../../../../src/notebook/markdown/highlight.ts";
import { findReferenceLinks } from "../../../../src/notebook/markdown/reference-links.ts";

/** The text that the HTML shows. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

describe("highlightTypeScript", () => {
  test("marks keywords, strings, numbers, types and definitions", () => {
    const html = highlightTypeScript('const rate: number = f("a", 0.1) // half');
    expect(html).toContain('<span class="tok-keyword">const</span>');
    expect(html).toContain('<span class="tok-variableName tok-definition">rate</span>');
    expect(html).toContain('<span class="tok-typeName">number</span>');
    expect(html).toContain('<span class="tok-string">&quot;a&quot;</span>');
    expect(html).toContain('<span class="tok-number">0.1</span>');
    expect(html).toContain('<span class="tok-comment">// half</span>');
  });

  test("reads what only TypeScript has", () => {
    expect(highlightTypeScript("interface Shape<T> { size: T }")).toContain(
      '<span class="tok-keyword">interface</span>',
    );
    expect(highlightTypeScript("x satisfies Y")).toContain('<span class="tok-keyword">satisfies</span>');
  });

  test("lets no token reach over a line's end", () => {
    const lines = highlightTypeScript("const a = `one\ntwo`\n/* three\nfour */").split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      expect(line.match(/<span/g)?.length ?? 0).toBe(line.match(/<\/span>/g)?.length ?? 0);
    }
  });

  test("shows any text as it is, broken code too", () => {
    const code = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            "const ",
            "`",
            "${",
            "}",
            "<",
            "&",
            '"',
            "\n",
            "//",
            "/*",
            "(",
            "=>",
            "한글",
            "&lt;",
          ),
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(code, (code) => {
        const lines = code.replace(/\r/g, "");
        expect(textOf(highlightTypeScript(lines))).toBe(lines);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("links in code", () => {
  const code = `import { softmax as s, type Module, linear } from "gongbu/nn";
import * as tf from "@tensorflow/tfjs";
import type { Text } from 'gongbu/display'
softmax(linear)`;

  test("lead from the names that are imported from the library, and from the module's, to the reference", () => {
    const links = findReferenceLinks(code);
    expect(links.map(({ from, to, href }) => [code.slice(from, to), href])).toEqual([
      ["softmax", "../reference/nn/#softmax"],
      ["Module", "../reference/nn/#Module"],
      ["linear", "../reference/nn/#linear"],
      ["gongbu/nn", "../reference/nn/"],
      ["Text", "../reference/display/#Text"],
      ["gongbu/display", "../reference/display/"],
    ]);
  });

  test("are drawn within the token's colour and leave the text as it is", () => {
    const html = highlightTypeScript(code, { links: findReferenceLinks(code) });
    expect(textOf(html)).toBe(code);
    expect(html).toContain(
      '<a class="code-link" href="../reference/nn/#linear" target="_blank" rel="noopener">linear</a></span>',
    );
    expect(html.match(/<a /g)).toHaveLength(6);
  });

  test("may cover a part of a token, and are cut at a line's end", () => {
    const html = highlightTypeScript("/* a\nb */ c", { links: [{ from: 3, to: 6, href: "x?a&b" }] });
    expect(html).toBe(
      '<span class="tok-comment">/* <a class="code-link" href="x?a&amp;b">a</a></span>\n<span class="tok-comment"><a class="code-link" href="x?a&amp;b">b</a> */</span> <span class="tok-variableName">c</span>',
    );
  });
});
