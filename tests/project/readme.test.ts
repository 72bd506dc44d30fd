import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

/** The fences of the page that hold commands. */
const commands = [...readme.matchAll(/^```\n(.*?)\n```$/gms)].flatMap(([, block]) => block.split("\n"));

describe("the README", () => {
  it.each(["npm ci && npm start", "npm ci && npm test"])("says `%s` on a line of its own", (command) => {
    expect(commands).toContain(command);
  });

  it("runs in its CI what it says", () => {
    const ci = readFileSync(new URL(".ci/run", root), "utf8").split("\n");
    expect(ci).toEqual(expect.arrayContaining(["npm ci", "npm test"]));
  });

  it("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it("shows commands for lectures that are there", () => {
    const lectures = [...readme.matchAll(/\bnotebooks\/[\w.-]+\.md\b/g)].map(([path]) => path);
    expect(lectures.length).toBeGreaterThan(0);
    expect(lectures.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
