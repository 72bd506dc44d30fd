import { renderToString } from "preact-render-to-string";
import { expect, test, vi } from "vitest";
import type { InputOutput, Output } from "../../../kernels/runtime/display/output.ts";
import { OutputView } from "../../../src/outputs/index.ts";

const input: InputOutput = { kind: "input", inputId: "i", control: { type: "toggle" }, value: true };
const outputs: readonly [Output, string][] = [
  [{ kind: "text", text: { en: "two\nlines", ko: "두\n줄" } }, "두\n줄"],
  [{ kind: "markdown", markdown: "*a* <b>" }, "*a* &lt;b>"],
  [{ kind: "html", html: "<script>alert(1)</script>" }, "rich"],
  [
    {
      kind: "inspect",
      value: { type: "list", name: "Set", length: 1, items: [{ type: "date", text: "2024" }] },
    },
    "2024",
  ],
  [
    { kind: "figure", data: [], layout: { height: 210 }, description: { en: "x", ko: "곡선" } },
    "--height:210px",
  ],
  [
    {
      kind: "table",
      columns: [{ name: "a", label: "A", type: "text" }],
      rows: [["b"]],
      totalRows: 1,
      pageSize: 5,
    },
    "<table",
  ],
  [{ kind: "tokens", sequences: [{ tokens: [" a"] }] }, "␣a"],
  [{ kind: "progress", value: 1, total: 2 }, "progressbar"],
  [
    { kind: "log", level: "log", parts: [{ type: "primitive", of: "string", text: "hello" }], count: 1 },
    "hello",
  ],
  [{ kind: "error", error: { name: "Error", text: "went wrong" } }, "went wrong"],
];

test.each(outputs)("$kind is drawn on the server, without a document", (output, expected) => {
  expect(typeof document).toBe("undefined");
  const html = renderToString(<OutputView output={output} language="ko" theme="light" label="출력" />);
  expect(html).toContain(expected);
  expect(html).not.toContain("<script");
  expect(html).toContain('role="group" aria-label="출력"');
});

test("a control is drawn by the page", () => {
  const renderInput = vi.fn(() => <i>control</i>);
  const html = renderToString(
    <OutputView output={input} language="en" theme="dark" renderInput={renderInput} />,
  );
  expect(html).toContain("<i>control</i>");
  expect(renderInput).toHaveBeenCalledWith(input);
});
