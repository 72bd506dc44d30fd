export { compileCell, type CellSource } from "./cell.ts";
export { linkCells } from "./link.ts";
export { problemCodes, type ProblemCode } from "./codes.ts";
