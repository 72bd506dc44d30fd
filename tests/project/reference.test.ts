/** Holds docs/reference to the docstrings, the docstrings to their readers, and the lectures' imports to both. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findReferenceLinks } from "../../src/notebook/markdown/index.ts";
import { findCells, parseNotebook } from "../../src/notebook/format/index.ts";
import { renderReferenceFiles } from "../../src/reference/files.ts";
import { findGaps } from "../../src/reference/gaps.ts";
import { projectRoot, readProjectLibrary } from "../../src/reference/project.ts";

const modules = readProjectLibrary(projectRoot);
const folder = `${projectRoot}docs/reference/`;

describe("the reference", () => {
  it("in docs/reference is up to date (npm run docs writes it anew)", () => {
    const files = renderReferenceFiles(modules);
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) expect(readFileSync(folder + name, "utf8"), name).toBe(text);
  });

  it("says of every function and class in English and in one Korean line what it is", () => {
    expect(findGaps(modules)).toEqual([]);
  });

  it("has an entry for every name that a lecture imports from the library", () => {
    const lectures = readdirSync(`${projectRoot}notebooks`).filter((name) =>
      /^\d.*(?<!\.ko)\.md$/.test(name),
    );
    const addresses = new Set(
      modules.flatMap(({ name, entries }) => [
        `../reference/${name}/`,
        ...entries.map((entry) => `../reference/${name}/#${entry.name}`),
        ...entries.flatMap(({ options }) => options.map((group) => `../reference/${name}/#${group.name}`)),
      ]),
    );
    const linked = lectures.flatMap((path) => {
      const source = readFileSync(`${projectRoot}notebooks/${path}`, "utf8");
      return findCells(parseNotebook(source, { path })).flatMap(({ code }) =>
        findReferenceLinks(code).map(({ href }) => href),
      );
    });
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((href) => !addresses.has(href))).toEqual([]);
  });
});
