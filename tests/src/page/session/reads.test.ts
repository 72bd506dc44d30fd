import { expect, it } from "vitest";
import { findNeeded, getReads } from "../../../../src/page/session/reads.ts";
import { compileCell } from "../../../../src/notebook/compile/index.ts";
import type { CellId } from "../../../../src/notebook/notebook.ts";

const compile = (sources: Record<string, string>) =>
  Object.entries(sources).map(([id, source]) =>
    compileCell({ id: id as CellId, source, attributes: { run: "live" } }),
  );

it("a cell needs those that declare what it reads, however far up, and none for what they import", () => {
  const reads = getReads(
    compile({
      answer: 'import { markdown } from "gongbu/display"\nconst answer = 42\ndisplay(markdown("told"))',
      double: "const doubled = answer * 2",
      shown: "markdown(String(doubled))",
      words: 'markdown("nothing told")',
    }),
  );
  expect([...findNeeded(["shown" as CellId], reads)]).toEqual(["shown", "double", "answer"]);
  expect([...findNeeded(["words" as CellId], reads)]).toEqual(["words"]);
});
