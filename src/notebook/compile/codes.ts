/** Every code that a compiled or linked cell's problem can have; each has its page, docs/errors/CODE.md. */
export const problemCodes = [
  "assigned-elsewhere",
  "cycle",
  "duplicate-name",
  "export-in-cell",
  "missing-name",
  "not-erasable",
  "reserved-name",
  "syntax-error",
  "unknown-import",
  "yield-in-cell",
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** Those that `linkCells` finds, and so takes back when they no longer hold. */
export const linkCodes: ReadonlySet<string> = new Set<ProblemCode>([
  "cycle",
  "duplicate-name",
  "missing-name",
]);
