export { createTypeChecker, typeCheckNotebook, type Diagnostic, type TypeChecker } from "./check.ts";
export { createSystemTypeHost, type TypeHost } from "./host.ts";
