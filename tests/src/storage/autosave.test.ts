import { describe, expect, test } from "vitest";
import { createAutosave } from "../../../src/storage/index.ts";
import { createFakeClock } from "../page/session/fake-clock.ts";

function createSaved() {
  const clock = createFakeClock();
  const saved: string[] = [];
  const autosave = createAutosave({
    timers: clock,
    save: (key) => void saved.push(`${key} at ${clock.now()}`),
  });
  return { clock, saved, autosave };
}

describe("autosave", () => {
  test("saves 300 ms after the last key", async () => {
    const { clock, saved, autosave } = createSaved();
    autosave.touch("a");
    await clock.pass(200);
    autosave.touch("a");
    await clock.pass(300);
    expect(saved).toEqual(["a at 500"]);
  });

  test("saves at the latest a second after the first unsaved key, however fast the typing", async () => {
    const { clock, saved, autosave } = createSaved();
    for (let time = 0; time < 2400; time += 100) {
      autosave.touch("a");
      await clock.pass(100);
    }
    expect(saved).toEqual(["a at 1000", "a at 2000"]);
  });

  test("saves each key by itself", async () => {
    const { clock, saved, autosave } = createSaved();
    autosave.touch("a");
    await clock.pass(100);
    autosave.touch("b");
    await clock.pass(1000);
    expect(saved).toEqual(["a at 300", "b at 400"]);
  });

  test("saves what waits when it is flushed, and not again", async () => {
    const { clock, saved, autosave } = createSaved();
    autosave.touch("a");
    autosave.flush();
    await clock.pass(1000);
    expect(saved).toEqual(["a at 0"]);
  });
});
