import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MarkdownError } from "../../../../src/notebook/markdown/error.ts";
import { renderMarkdown, renderProse } from "../../../../src/notebook/markdown/render.ts";

describe("renderMarkdown", () => {
  test("renders paragraphs, emphasis and tables", () => {
    expect(renderMarkdown("*a* **b**\n")).toBe("<p><em>a</em> <strong>b</strong></p>\n");
    const table = renderMarkdown("| n | F1 |\n| - | -: |\n| a | 1 |\n");
    expect(table).toContain("<th>n</th>");
    expect(table).toContain('<td style="text-align:right">1</td>');
  });

  test("keeps emphasis that ends in a sign and has a Korean particle behind it", () => {
    expect(renderMarkdown("**정밀도(precision)**는\n")).toBe("<p><strong>정밀도(precision)</strong>는</p>\n");
  });

  test("highlights quoted TypeScript and escapes every other language", () => {
    const html = renderMarkdown('```ts\nconst a = "<b>"\n```\n\n```sh\necho "<b>"\n```\n');
    expect(html).toContain('<code class="language-ts"><span class="tok-keyword">const</span>');
    expect(html).toContain("&lt;b&gt;&quot;</span>");
    expect(html).toContain('<code class="language-sh">echo &quot;&lt;b&gt;&quot;\n</code>');
  });

  test("ignores a byte-order mark and reads every line end", () => {
    expect(renderMarkdown("\uFEFF# A\r\n\r\nb\rc")).toBe('<h1 id="a">A</h1>\n<p>b\nc</p>\n');
  });
});

describe("HTML in Markdown", () => {
  test("is shown as text, but for comments, which are left out", () => {
    expect(renderMarkdown("a <b>c</b><!-- d -->\n")).toBe("<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    expect(renderMarkdown("<!-- a\n\n# b\n-->\n\nc\n")).toBe("<p>c</p>\n");
    expect(renderMarkdown("<div onclick=x>\n*a*\n</div>\n")).toBe(
      "<p>&lt;div onclick=x&gt;\n*a*\n&lt;/div&gt;</p>\n",
    );
  });

  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --><svg onload=alert(1)> -->",
    "a <!-- b --> <svg onload=alert(1)>",
    "[a](javascript:alert(1))",
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    '[a](<x" onclick="alert(1)>)',
    '![a" onerror="alert(1)](x)',
    '```ts" onclick="alert(1)\na\n```',
    "$\\href{javascript:alert(1)}{a}$",
    "$\\htmlData{x=1}{a}$",
    '## A {#a"onclick="alert(1)}',
    "[!NOTE]\n> [!NOTE]\n> <script>alert(1)</script>",
  ])("never becomes a tag, a handler or a script address: %s", (markdown) => {
    const html = renderMarkdown(markdown, { invalidMath: "show" });
    const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
    for (const tag of tags) {
      expect(tag).not.toMatch(/^<(?:script|svg onload|img src=x)/i);
      expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
      expect(tag).not.toMatch(/(?:href|src)="\s*(?:javascript|data):/i);
    }
  });

  test("never adds a tag that Markdown has not, whatever the text", () => {
    const pieces = fc.constantFrom(
      ...[
        "<b>",
        "<script>",
        "<!--",
        "-->",
        "<",
        ">",
        '"',
        "`",
        "```\n",
        "\n\n",
        "[",
        "](",
        ")",
        "!",
        "*",
        "a",
      ],
      ...["javascript:", "> ", "[!NOTE]\n", "# ", "{#x}", "|", "<a href=x>", "<!", "?>", "<?", "&lt;", "\\"],
    );
    const allowed =
      /^<\/?(?:p|em|strong|code|pre|blockquote|aside|h[1-6]|ul|ol|li|a|img|br|hr|table|thead|tbody|tr|th|td|s)(?:\s+(?:class|id|href|src|alt|style|start|title)="[^"<>]*")*\s*\/?>/;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14, size: "max" }), (parts) => {
        const html = renderMarkdown(parts.join(""));
        for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
          expect(html.slice(at)).toMatch(allowed);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("math", () => {
  test("becomes KaTeX's HTML with MathML, in the line or set off", () => {
    const inline = renderMarkdown("기울기 $\\nabla L$은 벡터입니다.\n");
    expect(inline).toMatch(/^<p>기울기 <span class="katex">.*<math.*<\/span>은 벡터입니다\.<\/p>\n$/s);
    const block = renderMarkdown("$$\nL = -\\sum_i y_i \\log p_i\n$$\n");
    expect(block).toMatch(/^<span class="katex-display">/);
    expect(renderMarkdown("a $$x$$ b")).toContain("katex-display");
  });

  test("set off may interrupt a paragraph and stand in a list or a quote", () => {
    expect(renderMarkdown("a\n$$x$$\nb\n")).toMatch(
      /^<p>a<\/p>\n<span class="katex-display">.*<p>b<\/p>\n$/s,
    );
    expect(renderMarkdown("- a\n\n  $$\n  x\n  $$\n")).toMatch(/<li>.*katex-display.*<\/li>/s);
    expect(renderMarkdown("> $$\n> x\n> $$\n")).toMatch(/<blockquote>.*katex-display.*<\/blockquote>/s);
  });

  test.each([
    ["prices", "It costs $5 and then $10."],
    ["an escaped dollar sign", "\\$a\\$"],
    ["a blank inside", "$ a $"],
    ["a digit behind", "$5-$10"],
    ["code", "`$a$`"],
    ["an unclosed block", "$$\na\n"],
    ["nothing", "$$$$ or $$ $$"],
  ])("leaves %s alone", (_name, markdown) => {
    expect(renderMarkdown(markdown)).not.toContain("katex");
  });

  test("is not read as emphasis, links or HTML", () => {
    const html = renderMarkdown("$a_1 * b_2 * c < d$ and $[x](y)$\n");
    expect(html).not.toMatch(/<em>|<a /);
    expect(html.match(/class="katex"/g)).toHaveLength(2);
  });

  test("that cannot be read names its source and line, or is shown as it is written", () => {
    const render = () => renderProse(["fine\n", "one\n\ntwo $\\frac{1$ three\n"]);
    expect(render).toThrow(MarkdownError);
    try {
      render();
    } catch (error) {
      expect(error).toMatchObject({ code: "bad-math", source: 1, line: 3 });
      expect((error as MarkdownError).text.ko).toContain("\\frac{1");
    }
    expect(renderMarkdown("$\\frac{1$", { invalidMath: "show" })).toBe("<p><code>$\\frac{1$</code></p>\n");
  });
});

describe("asides", () => {
  test.each(["NOTE", "TIP", "QUESTION"])("are quotes marked %s", (mark) => {
    expect(renderMarkdown(`> [!${mark}]\n> *Text*\n>\n> more\n`)).toBe(
      `<aside class="${mark.toLowerCase()}">\n<p><em>Text</em></p>\n<p>more</p>\n</aside>\n`,
    );
  });

  test("may have the mark as a paragraph of its own, and hold quotes", () => {
    expect(renderMarkdown("> [!TIP]\n>\n> a\n>\n> > b\n")).toBe(
      '<aside class="tip">\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</aside>\n',
    );
  });

  test("are not quotes with another mark or with text beside it", () => {
    expect(renderMarkdown("> [!OTHER]\n> a\n")).toContain("<blockquote>");
    expect(renderMarkdown("> [!NOTE] a\n")).toContain("<blockquote>");
  });
});

describe("links and images", () => {
  test.each([
    ["[a](02-metrics.md)", 'href="../02-metrics/"'],
    ["[a](./02-metrics.md#loss)", 'href="../02-metrics/#loss"'],
    ["[a](02-metrics.ko.md)", 'href="../02-metrics/"'],
    ["[a](#loss)", 'href="#loss"'],
    ["[a](https://example.org/x.md)", 'href="https://example.org/x.md"'],
    ["[a](/top)", 'href="/top"'],
    ["[a](data/emotion/card.md)", 'href="../data/emotion/card.md"'],
    ["![a](01-words/picture.png)", 'src="../01-words/picture.png"'],
    ["[![a](x.png)](02-metrics.md)", 'src="../x.png"'],
    ["[a][b]\n\n[b]: 02-metrics.md", 'href="../02-metrics/"'],
  ])("%s leads to %s", (markdown, expected) => {
    expect(renderMarkdown(markdown)).toContain(expected);
  });

  test("take another base where one is given", () => {
    expect(renderMarkdown("[a](02-x.md) ![b](c.png)", { base: "/course/" })).toBe(
      '<p><a href="/course/02-x/">a</a> <img src="/course/c.png" alt="b"></p>\n',
    );
  });

  test("may use an address that another text of the page defines", () => {
    expect(renderProse(["[a][b]\n", "[b]: https://example.org\n"]).html[0]).toContain("https://example.org");
  });
});

describe("headings", () => {
  const anchorsOf = (markdown: string, anchors?: readonly string[]) =>
    renderProse([markdown], { anchors }).headings.map(({ anchor }) => anchor);

  test("have the anchor they name, or GitHub's slug", () => {
    expect(
      anchorsOf("# Four *emotions*, again!\n## 손실 함수\n## Loss {#the-loss}\n## `fit()`\n### ?\n"),
    ).toEqual(["four-emotions-again", "손실-함수", "the-loss", "fit", "section"]);
    expect(renderMarkdown("## Loss {#the-loss} ##\n")).toBe('<h2 id="the-loss">Loss</h2>\n');
  });

  test("have no anchor twice, in all texts of the page", () => {
    const { headings } = renderProse(["## A\n## A\n", "## A\n## B {#a-1}\n"]);
    expect(headings.map(({ anchor }) => anchor)).toEqual(["a", "a-2", "a-3", "a-1"]);
    expect(() => renderProse(["## A {#x}\n", "\n## B {#x}\n"])).toThrow(
      "line 2: Two headings name the anchor {#x}",
    );
  });

  test("take another language's anchors by place", () => {
    expect(anchorsOf("## 하나\n## 둘 {#two}\n", ["one", "two"])).toEqual(["one", "two"]);
  });

  test("tell their words without markup, their level and their place", () => {
    const { headings } = renderProse(["text\n\n## The `loss` $L$ <!-- x -->\n\n> ### In a quote\n"]);
    expect(headings).toEqual([
      {
        anchor: "the-loss-l",
        named: undefined,
        level: 2,
        text: "The loss L",
        source: 0,
        line: 3,
        nested: false,
      },
      {
        anchor: "in-a-quote",
        named: undefined,
        level: 3,
        text: "In a quote",
        source: 0,
        line: 5,
        nested: true,
      },
    ]);
  });
});
