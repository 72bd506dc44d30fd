import { afterEach, describe, expect, test } from "vitest";
import { createMemoryStore } from "../../../../src/storage/index.ts";
import type { Store } from "../../../../src/storage/index.ts";
import { keepSession } from "../../../../src/page/session/index.ts";
import type { Keeping } from "../../../../src/page/session/index.ts";
import { settle } from "./fake-clock.ts";
import { text } from "./fake-kernel.ts";
import { cell, createFakeSession } from "./fake-session.ts";

const lecture = "01-lecture";
const open: Keeping[] = [];
afterEach(() => open.splice(0).forEach((keeping) => keeping.close()));

async function openPage(store: Store, cells = { a: { source: "base" }, b: {} }) {
  const fake = createFakeSession(cells);
  const keeping = await keepSession({ session: fake.session, store, clock: fake.clock, getDate: () => 1 });
  open.push(keeping);
  return { ...fake, keeping, a: fake.session.getCell(cell("a")) };
}

/** Broadcasts between tabs take turns of the event loop, not only promises. */
const hearTabs = () => new Promise((resolve) => setTimeout(resolve, 30));

describe("keeping a reader's work", () => {
  test("saves typing when it rests and brings it back, running nothing", async () => {
    const store = createMemoryStore();
    const first = await openPage(store);
    first.session.edit(cell("a"), "mine");
    await first.clock.pass(299);
    expect(await store.edits.list(lecture)).toEqual([]);
    await first.clock.pass(1);
    expect(await store.edits.list(lecture)).toMatchObject([
      { cell: "a", source: "mine", base: "base", revision: 1 },
    ]);

    const second = await openPage(store);
    expect(second.a.source.value).toBe("mine");
    expect(second.a.edited.value).toBe(true);
    expect(second.kernels.all).toHaveLength(0);
  });

  test("shows the last outputs after a reload as those of an earlier run", async () => {
    const store = createMemoryStore();
    const first = await openPage(store);
    await first.session.run(cell("a"));
    first.kernels.last.update({
      cell: "a",
      run: 1,
      state: "done",
      ms: 40,
      slots: 1,
      outputs: [{ slot: 0, output: text("seen") }],
    });
    first.clock.paint();
    await first.clock.pass(1000);

    const second = await openPage(store);
    expect(second.a.shown.value.map(({ output }) => output.value)).toEqual([text("seen")]);
    expect(second.a.earlier.value).toBe(true);
    expect(second.a.state.value).toBe("idle");
    expect(second.session.progress.value.ran).toEqual(["a"]);
  });

  test("lets the reader choose when the course has changed the cell since", async () => {
    const store = createMemoryStore();
    const first = await openPage(store);
    first.session.edit(cell("a"), "mine");
    await first.clock.pass(1000);

    const changed = { a: { source: "new base" }, b: {} };
    const second = await openPage(store, changed);
    expect(second.a.source.value).toBe("mine");
    expect(second.a.conflict.value).toEqual({ with: "course", theirs: "new base" });
    second.keeping.settle(cell("a"), "mine");
    await settle();
    const third = await openPage(store, changed);
    expect(third.a.conflict.value).toBeUndefined();
    expect(third.a.source.value).toBe("mine");
  });

  test("takes the course's new text where the reader wants it, for good", async () => {
    const store = createMemoryStore();
    const first = await openPage(store);
    first.session.edit(cell("a"), "mine");
    await first.clock.pass(1000);

    const changed = { a: { source: "new base" }, b: {} };
    const second = await openPage(store, changed);
    second.keeping.settle(cell("a"), "theirs");
    await settle();
    expect(second.a.source.value).toBe("new base");
    const third = await openPage(store, changed);
    expect(third.a.source.value).toBe("new base");
    expect(third.a.edited.value).toBe(false);
    expect(third.a.conflict.value).toBeUndefined();
  });

  test("shows another tab's edit in a cell that this tab has left alone", async () => {
    const store = createMemoryStore();
    const one = await openPage(store);
    const other = await openPage(store);
    one.session.edit(cell("a"), "from the first tab");
    await one.clock.pass(1000);
    await hearTabs();
    expect(other.a.source.value).toBe("from the first tab");
    expect(other.a.conflict.value).toBeUndefined();
  });

  test("never overwrites another tab's newer edit: both versions stand until the reader chooses", async () => {
    const store = createMemoryStore();
    const one = await openPage(store);
    const other = await openPage(store);
    one.session.edit(cell("a"), "first");
    other.session.edit(cell("a"), "second");
    await one.clock.pass(1000);
    await hearTabs();
    await other.clock.pass(1000);
    expect(other.a.conflict.value).toEqual({ with: "tab", theirs: "first" });
    expect(other.a.source.value).toBe("second");
    expect(await store.edits.list(lecture)).toMatchObject([{ source: "first" }]);

    other.keeping.settle(cell("a"), "mine");
    await settle();
    expect(await store.edits.list(lecture)).toMatchObject([{ source: "second", revision: 2 }]);
    await hearTabs();
    expect(one.a.source.value).toBe("second");
  });

  test("is back to the course's text after a reload when the reader went back to it", async () => {
    const store = createMemoryStore();
    const first = await openPage(store);
    first.session.edit(cell("a"), "mine");
    await first.clock.pass(1000);
    first.session.revert(cell("a"));
    first.keeping.flush();
    await settle();
    const second = await openPage(store);
    expect(second.a.edited.value).toBe(false);
  });

  test("says once that nothing is kept where the browser refuses, and works on", async () => {
    const store = { ...createMemoryStore(), refused: new Error("private window") };
    const { session, clock } = await openPage(store);
    session.edit(cell("a"), "mine");
    await clock.pass(1000);
    expect(session.notices.value).toEqual([{ kind: "nothing-kept" }]);
  });

  test("tells a save that failed", async () => {
    const store = createMemoryStore();
    const full = { ...store, edits: { ...store.edits, save: () => Promise.reject(new Error("disk full")) } };
    const { session, clock } = await openPage(full);
    session.edit(cell("a"), "mine");
    await clock.pass(1000);
    expect(session.notices.value).toEqual([{ kind: "save-failed", reason: "disk full" }]);
  });
});
