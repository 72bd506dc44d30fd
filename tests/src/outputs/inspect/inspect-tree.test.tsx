// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Inspected } from "../../../../kernels/runtime/display/output.ts";
import { InspectTree } from "../../../../src/outputs/inspect/inspect-tree.tsx";
import { keyDown, mount } from "../mount.ts";

const text = (value: string): Inspected => ({ type: "primitive", of: "string", text: value });
const list = (...items: string[]): Inspected => ({
  type: "list",
  name: "Array",
  length: items.length,
  items: items.map(text),
});

test("a tree is opened and walked with the keyboard alone", async () => {
  const tree = await mount(<InspectTree value={list("a", "b")} language="en" />);
  const root = tree.find("[role=treeitem]");
  expect(root.getAttribute("aria-expanded")).toBe("false");
  root.focus();
  await tree.fire(root, keyDown("ArrowRight"));
  await tree.fire(root, keyDown("ArrowRight"));
  const [, first] = tree.findAll("[role=treeitem]");
  expect(document.activeElement).toBe(first);
  expect(first.textContent).toBe('0: "a"');
  expect(tree.findAll("[tabindex='0']")).toEqual([first]);
});

test("what is open stays open when the value changes", async () => {
  const tree = await mount(<InspectTree value={list("a")} language="en" />);
  await tree.fire(tree.find("[role=treeitem]"), keyDown("Enter"));
  await tree.update(<InspectTree value={list("c", "d")} language="en" />);
  expect(tree.findAll("[role=treeitem]")).toHaveLength(3);
});

test("a tensor shows its shape, its type and its first values", async () => {
  const value: Inspected = {
    type: "tensor",
    shape: [2, 3],
    dtype: "float32",
    head: [0.1, -2],
    disposed: false,
  };
  const { element, update } = await mount(<InspectTree value={value} language="ko" />);
  expect(element.textContent).toBe("Tensor [2 × 3] float32 [0.1, −2, …]");
  await update(<InspectTree value={{ ...value, head: [], disposed: true }} language="ko" />);
  expect(element.textContent).toBe("Tensor [2 × 3] float32 해제됨");
});

test("a string that was cut says how long it is", async () => {
  const value: Inspected = { type: "primitive", of: "string", text: "ab", length: 12_000 };
  const { element } = await mount(<InspectTree value={value} language="en" />);
  expect(element.textContent).toBe('"ab" … 12,000 characters');
});
