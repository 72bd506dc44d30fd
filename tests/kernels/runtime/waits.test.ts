import { describe, expect, it } from "vitest";
import { createTestNotebook } from "./test-notebook.ts";

/** A wait of JavaScript's own, which the kernel does not know. */
const plainWait = (ms: number) => `new Promise((resolve) => globalThis.setTimeout(resolve, ${ms}))`;

describe("a wait", () => {
  it("that is declared gives its value to its readers, and others compute meanwhile", async () => {
    const notebook = createTestNotebook();
    notebook.define({ slow: "const late = Promises.delay(80, 'now')", quick: "1 + 1", read: "late" });
    notebook.run("read", "quick");
    await notebook.until("quick", "done");
    expect(notebook.seen("slow").state).toBe("running");
    await notebook.until("read", "done");
    expect(notebook.shown("read")).toEqual(['"now"']);
  });

  it("that nobody awaits leaves the turn to others when its cell has ended", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "Promises.delay(10); const fetched = fetch('x'); 1;", b: "2" });
    notebook.run("a");
    await notebook.rest(50);
    notebook.run("b");
    await notebook.until("b", "done");
  });

  it("keeps the turn for what the cell does before it awaits it", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      log: "const log = []",
      a: `const pending = Promises.delay(1);
for (let i = 0; i < 5; i++) { log.push("a"); await ${plainWait(2)}; }
await pending;`,
      b: "for (let i = 0; i < 5; i++) { log.push('b'); await null; }",
    });
    notebook.run("a", "b");
    await notebook.until("a", "done");
    await notebook.until("b", "done");
    expect(((await notebook.value("log")) as { log: string[] }).log.join("")).toBe("aaaaabbbbb");
  });

  it("in a chain of promises computes in its cell's turn when it is over", async () => {
    const notebook = createTestNotebook({ fetch: () => Promise.resolve(new Response("[1, 2]")) });
    notebook.define({
      log: "const log = []",
      a: `const data = fetch("data.json").then((response) => response.json()).then(async (list) => {
  for (let i = 0; i < 5; i++) { log.push("a"); await ${plainWait(1)}; }
  return list;
});`,
      b: `for (let i = 0; i < 5; i++) { log.push("b"); await ${plainWait(1)}; }`,
      read: "data.length",
    });
    notebook.run("read", "b");
    await notebook.until("read", "done");
    await notebook.until("b", "done");
    expect(notebook.shown("read")).toEqual(["2"]);
    expect(((await notebook.value("log")) as { log: string[] }).log.join("")).toMatch(
      /^(a{5}b{5}|b{5}a{5})$/,
    );
  });

  it("of several at once ends with the last of them", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      a: "const all = await Promise.all([Promises.delay(30, 1), Promises.delay(5, 2), Promises.delay(15, 3)])",
      b: "const count = (function* () { for (let i = 0; i < 20; i++) yield i; })()",
    });
    notebook.run("a", "b");
    await notebook.until("a", "done");
    await notebook.until("b", "done");
    expect(await notebook.value("a")).toEqual({ all: [1, 2, 3] });
  });

  it("may be awaited twice, caught and ended like any promise", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      a: `const said = [];
{
const pending = fetch("x");
await pending.finally(() => said.push("over")).catch((error) => said.push(error.message));
try { await pending } catch { said.push("again") }
said.push(pending instanceof Promise)
}`,
    });
    notebook.run("a");
    await notebook.until("a", "done");
    expect(await notebook.value("a")).toMatchObject({
      said: ["over", "This notebook has no network.", "again", true],
    });
  });

  it("that is over leaves nothing behind on its run's signal", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      a: `let listeners = 0;
const { addEventListener, removeEventListener } = signal;
signal.addEventListener = (...given) => { listeners += 1; addEventListener.apply(signal, given); };
signal.removeEventListener = (...given) => { listeners -= 1; removeEventListener.apply(signal, given); };
const rest = async () => { await Promises.delay(1); await scheduler.yield(); };
for (let i = 0; i < 5; i++) await rest();
const left = listeners;`,
    });
    notebook.run("a");
    await notebook.until("a", "done");
    expect(await notebook.value("a")).toMatchObject({ left: 0 });
  });

  it("in a stream that another stream shares the kernel with lets both go on", async () => {
    const notebook = createTestNotebook();
    const source = (name: string) =>
      `const ${name} = (async function* () { for (let i = 1; ; i++) { yield i; await scheduler.yield(); } })()`;
    notebook.define({ one: source("a"), two: source("b"), read: "[a, b]" });
    notebook.run("read");
    await notebook.until("read", () => {
      const [a, b] = JSON.parse(notebook.shown("read")[0] ?? "[0, 0]") as number[];
      return a > 5 && b > 5;
    });
    await notebook.interrupt();
    expect([notebook.seen("one").state, notebook.seen("two").state]).toEqual(["interrupted", "interrupted"]);
  });

  it("of a stopped run ends at once with its chain, and troubles nobody", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const never = Promises.delay(60000).then(() => 1)", b: "1" });
    notebook.run("a");
    await notebook.until("a", "running");
    await notebook.rest();
    await notebook.interrupt();
    expect(notebook.seen("a").state).toBe("interrupted");
    expect(notebook.error("a")).toBeUndefined();
    notebook.run("b");
    await notebook.until("b", "done");
  });
});

it("cells that need nothing of each other run in the order in which they stand", async () => {
  const cells = Object.fromEntries(["d", "a", "c", "b"].map((id) => [id, `log.push("${id}")`]));
  for (const apart of [false, true]) {
    const notebook = createTestNotebook();
    notebook.define({ log: "const log = []", ...cells });
    if (apart) await notebook.rest();
    notebook.run("log", ...Object.keys(cells));
    await notebook.until("b", "done");
    notebook.run(...Object.keys(cells));
    await notebook.until("b", ({ run, state }) => run === 2 && state === "done");
    expect(await notebook.value("log")).toEqual({ log: [..."dacbdacb"] });
  }
});
