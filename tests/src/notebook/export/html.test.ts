import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { figure, html, markdown, table } from "../../../../kernels/runtime/display/index.ts";
import { inspectOutput } from "../../../../kernels/runtime/display/inspect.ts";
import { toHtmlDocument } from "../../../../src/notebook/export/html.ts";
import { english, executed, korean } from "./executed.ts";

const source = `---
title: Less & <more>
---
# A lesson

Some *prose*.

\`\`\`ts {id=a}
const x = "</code><script>alert(1)</script>"
\`\`\`
`;

function documentOf(...args: Parameters<typeof toHtmlDocument>): Document {
  return new JSDOM(toHtmlDocument(...args)).window.document;
}

describe("a lecture as an HTML file", () => {
  it("has its title, prose, code and outputs", () => {
    const page = documentOf(executed(source, { a: [inspectOutput("공부")] }), english);
    expect([page.title, page.documentElement.lang, page.characterSet]).toEqual([
      "Less & <more>",
      "en",
      "UTF-8",
    ]);
    expect(page.querySelector("h1")?.textContent).toMatch(/A lesson/);
    expect(page.querySelector("p em")?.textContent).toBe("prose");
    const cell = page.querySelector("section#cell-a")!;
    expect(cell.querySelector("pre code")?.textContent).toBe('const x = "</code><script>alert(1)</script>"');
    expect(cell.querySelector("pre.output")?.textContent).toBe('"공부"');
  });

  it("runs nothing that a cell has made", () => {
    const attack = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const page = documentOf(
      executed(source, {
        a: [
          html(attack),
          markdown(attack),
          inspectOutput(attack),
          { kind: "text", text: `${attack}\n` },
          table([{ [attack]: attack }], { caption: attack }),
          figure([{ y: [], name: attack }], { title: attack }),
          { kind: "error", error: { name: attack, text: attack } },
        ],
      }),
      english,
    );
    expect(page.querySelectorAll("script, img, [onerror]")).toHaveLength(0);
    expect(page.querySelector("td")?.textContent).toBe(attack);
  });

  it("speaks one language, and marks what failed", () => {
    const words = { en: "loss", ko: "손실" };
    const outputs = [
      { kind: "text", text: words } as const,
      { kind: "error", error: { name: "Error", text: words } } as const,
    ];
    const page = documentOf(executed(source, { a: outputs }), korean);
    expect(page.documentElement.lang).toBe("ko");
    expect([...page.querySelectorAll(".output")].map(({ textContent }) => textContent)).toEqual([
      "손실",
      "Error: 손실",
    ]);
    expect(page.querySelector(".failed")?.textContent).toBe("Error: 손실");
  });
});
