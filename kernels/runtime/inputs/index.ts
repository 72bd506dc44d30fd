/** `Inputs.…` in a cell, and `import { range } from "@observablehq/inputs"`: the same names and options. */
export { checkbox, radio, select, toggle } from "./choice.ts";
export { button, form, table } from "./compound.ts";
export { Control } from "./control.ts";
export { number, range } from "./numeric.ts";
export { file, text, textarea } from "./written.ts";
