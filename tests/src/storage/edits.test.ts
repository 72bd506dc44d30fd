import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../../src/storage/index.ts";

const edit = (source: string) => ({ lecture: "l", cell: "a", source, base: "base", time: 1 });

describe("edits", () => {
  test("count their revisions", async () => {
    const { edits } = createMemoryStore();
    const first = await edits.save(edit("one"), { known: 0 });
    const second = await edits.save(edit("two"), { known: 1 });
    expect([first, second]).toMatchObject([
      { saved: true, row: { revision: 1 } },
      { saved: true, row: { revision: 2 } },
    ]);
  });

  test("are not written over a newer one, which is given back", async () => {
    const { edits } = createMemoryStore();
    await edits.save(edit("theirs"), { known: 0 });
    const result = await edits.save(edit("mine"), { known: 0 });
    expect(result).toMatchObject({ saved: false, theirs: { source: "theirs", revision: 1 } });
    expect(await edits.list("l")).toMatchObject([{ source: "theirs" }]);
  });

  test("are no conflict where both tabs wrote the same", async () => {
    const { edits } = createMemoryStore();
    await edits.save(edit("same"), { known: 0 });
    expect(await edits.save(edit("same"), { known: 0 })).toMatchObject({ saved: true, row: { revision: 2 } });
  });

  test("are listed by lecture", async () => {
    const { edits } = createMemoryStore();
    await edits.save(edit("one"), { known: 0 });
    await edits.save({ ...edit("other"), lecture: "m" }, { known: 0 });
    expect(await edits.list("m")).toMatchObject([{ source: "other" }]);
  });
});
