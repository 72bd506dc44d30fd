/** A bench's lecture as an HTML notebook of Observable's Notebook Kit: the same cells, character by character. */
import { findCells, parseNotebook } from "../../src/notebook/format/index.ts";

/** Notebook Kit takes its Inputs from a CDN. This is as much of `Inputs.range` as a slider needs. */
const INPUTS = `const Inputs = {
  range([min, max], { label, ...options }) {
    return Object.assign(document.createElement("input"), { type: "range", min, max, ariaLabel: label, ...options });
  },
};`;

/** `source`: the lecture's file. Its n-th cell is the notebook's n-th, shown in the element `#cell-n`. */
// Statements only: Notebook Kit shows nothing of a TypeScript cell that is one expression.
export function toPeerNotebook(source: string, { path }: { path: string }): string {
  const cells = findCells(parseNotebook(source, { path }));
  const scripts = [
    ...cells.map(
      ({ code }, index) => `<script id="${index + 1}" type="text/x-typescript" pinned>\n${code}\n</script>`,
    ),
    `<script id="${cells.length + 1}" type="module" hidden>\n${INPUTS}\n</script>`,
  ];
  return `<!doctype html>\n<notebook>\n<title>${path}</title>\n${scripts.join("\n")}\n</notebook>\n`;
}
