import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highlightTypeScript } from "../../../../src/notebook/markdown/highlight.ts";

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
