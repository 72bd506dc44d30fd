import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { figure, html, markdown, table, trainingBoard } from "../../../../kernels/runtime/display/index.ts";
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

  it("draws figures and trainings with the script that it is given, and their data cannot end it", () => {
    const attack = "</script><script>alert(1)</script>";
    const history = { step: [1], loss: [2], validation: { step: [1], accuracy: [0.5] } };
    const board = trainingBoard({ epoch: 1, epochs: 1, step: 1, totalSteps: 1, history });
    const outputs = { a: [figure([{ y: [1], name: attack }], { description: 'a "curve"' }), board] };
    const page = documentOf(executed(source, outputs), { ...english, plotly: "/* Plotly */" });
    const figures = [...page.querySelectorAll(".figure")];
    expect(figures.map((box) => box.getAttribute("aria-label"))).toEqual([
      '[figure] a "curve"',
      expect.stringContaining("step 1/1"),
    ]);
    const [first, second] = figures.map(
      (box) =>
        JSON.parse(box.querySelector("script")!.textContent!) as { data: { name: string; y: number[] }[] },
    );
    expect(first.data).toEqual(
      [{ type: "scatter", y: [1], name: attack }].map(
        (trace) => expect.objectContaining({ y: trace.y, name: attack }) as unknown,
      ),
    );
    expect(second.data.map(({ name, y }) => [name, y])).toEqual([["training loss", [2]], ["accuracy", [0.5]]]); // prettier-ignore
    expect(
      [...page.querySelectorAll("body > script")].map(({ textContent }) => textContent!.slice(0, 12)),
    ).toEqual(["/* Plotly */", "for (const b"]);
    expect(documentOf(executed(source, outputs), english).querySelectorAll(".figure")).toHaveLength(0);
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
