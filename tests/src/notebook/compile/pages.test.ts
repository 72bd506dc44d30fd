import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemCodes } from "../../../../src/notebook/compile/codes.ts";
import { linkCells } from "../../../../src/notebook/compile/link.ts";
import { compiledAll } from "./programs.ts";

const folder = new URL("../../../../docs/errors/", import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ code: name.slice(0, -".md".length), text: readFileSync(new URL(name, folder), "utf8") }));
const ofTheCompiler = pages.filter(({ text }) => text.includes("*Found before the cell runs.*"));

/** The problems' codes of the cells that stand under a heading of a page. */
function problemsUnder(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  const cells = [...(section ?? "").matchAll(/^```ts \{id=(\w+)\}\n(.*?)\n```$/gms)];
  expect(cells.length).toBeGreaterThan(0);
  const sources = Object.fromEntries(cells.map(([, id, code]) => [id!, code!]));
  return linkCells(compiledAll(sources)).flatMap(({ problem }) => (problem ? [problem.code] : []));
}

describe("the pages about a cell's problems", () => {
  it("are there for every code, and for no code that is gone", () => {
    expect(ofTheCompiler.map(({ code }) => code).sort()).toEqual([...problemCodes].sort());
  });

  it.each(ofTheCompiler)("show for $code a cell that fails so, and its repair", ({ code, text }) => {
    expect(new Set(problemsUnder(text, "A cell that fails"))).toEqual(new Set([code]));
    expect(problemsUnder(text, "The cell repaired")).toEqual([]);
  });

  it.each(ofTheCompiler)("say what $code means in Korean too", ({ text }) => {
    expect(text.split("## 한국어")[1]).toMatch(
      /### 뜻\n\n[\s\S]*[가-힣][\s\S]*### 왜 중요한가\n\n[\s\S]*[가-힣]/,
    );
  });

  it("go by the codes that the compiler's own sources write", () => {
    const sources = new URL("../../../../src/notebook/compile/", import.meta.url);
    const written = ["complaints.ts", "linkComplaints.ts"].flatMap((name) => [
      ...readFileSync(new URL(name, sources), "utf8").matchAll(/code: "([\w-]+)"/g),
    ]);
    expect(new Set(written.map(([, code]) => code))).toEqual(new Set(problemCodes));
  });
});
