import { expect, test } from "vitest";
import { getSections } from "../../../../src/page/lecture/sections.ts";
import { createLecture } from "../session/fake-lecture.ts";

const heading = (id: string) => ({ id, level: 2 as const, text: { en: id, ko: id } });
const prose = (html: string) => ({ kind: "prose" as const, key: html, html: { en: html, ko: html } });
const { blocks: cells } = createLecture({ a: {}, b: {}, c: { attributes: { solution: "x" } } });

test("cells stand under the heading before them, solutions left out", () => {
  const sections = getSections(
    [prose('<h2 id="one">One</h2><h2 id="two">Two</h2>'), ...cells],
    [heading("one"), heading("two")],
  );
  expect(sections.map((section) => [section.heading?.id, section.cells])).toEqual([
    ["one", []],
    ["two", ["a", "b"]],
  ]);
});

test("cells before the first heading have a section without one", () => {
  const [first] = getSections([...cells, prose('<h2 id="one">One</h2>')], [heading("one")]);
  expect(first).toEqual({ cells: ["a", "b"] });
});
