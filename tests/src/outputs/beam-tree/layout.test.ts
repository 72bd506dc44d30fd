import { expect, test } from "vitest";
import { layOut, pathTo } from "../../../../src/outputs/beam-tree/layout.ts";
import { search } from "./search.ts";

test("a column holds what was kept and ended above what was dropped, the best on top", () => {
  const { columns, rows } = layOut(search);
  expect(columns.map((column) => column.map(({ node }) => node.token))).toEqual([
    ["the", "a", "an"],
    ["dog", "cat", "a"],
    ["sat", "</s>"],
  ]);
  expect(rows).toEqual({ all: 3, alive: 2 });
});

test("a node lives as long as something that goes on from it, and to the end when that has ended", () => {
  const { placed } = layOut(search);
  const lives = placed.map((place) => place.lives);
  expect(lives).toEqual([Infinity, 1, 1, Infinity, 3, 2, Infinity, 3]);
});

test("a path runs from the first step to the node", () => {
  expect(pathTo(6, search.nodes)).toEqual([0, 3, 6]);
});
