// @vitest-environment jsdom
import { expect, test } from "vitest";
import { renderMarkdown } from "../../../../src/outputs/rich/render-markdown.ts";

test("Markdown becomes HTML", async () => {
  expect(await renderMarkdown("A *word*\n\n- one")).toBe(
    "<p>A <em>word</em></p>\n<ul>\n<li>one</li>\n</ul>\n",
  );
});

test("raw HTML stays text", async () => {
  const html = await renderMarkdown("<img src=x onerror=alert(1)> <script>alert(1)</script>");
  expect(html).not.toMatch(/<(?:img|script)/);
  expect(html).toContain("&lt;img");
});

test("a link that would run is none", async () => {
  expect(await renderMarkdown("[x](javascript:alert(1))")).not.toContain("href");
});

test("a formula is typeset, its source kept for a screen reader", async () => {
  const html = await renderMarkdown("so $p_i$ it is");
  expect(html).toContain('class="katex"');
  expect(html).toContain('<annotation encoding="application/x-tex">p_i</annotation>');
});

test("a formula can neither run nor load anything", async () => {
  const html = await renderMarkdown(
    "$\\href{javascript:alert(1)}{x} \\includegraphics{https://a.example/x.png}$",
  );
  expect(html).not.toMatch(/href="javascript|<img/);
});

test("what is strong stays strong with a Korean particle behind it", async () => {
  expect(await renderMarkdown("정확도는 **92.0 %**입니다.")).toContain("<strong>92.0 %</strong>입니다");
});
