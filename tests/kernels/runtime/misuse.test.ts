/** Cells that do what no lecture should, and learners will: the kernel says so under the cell and goes on. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as display from "../../../kernels/runtime/display/index.ts";
import { createTestNotebook, type TestNotebook } from "./test-notebook.ts";

let notebook: TestNotebook;
beforeEach(() => {
  notebook = createTestNotebook({ modules: { "gongbu/display": { ...display } } });
});

/** Whatever the test's cells did, the kernel still computes. */
afterEach(async () => {
  await notebook.interrupt();
  notebook.define({ after: "20 + 22" });
  notebook.run("after");
  await notebook.until("after", "done");
  expect(notebook.shown("after")).toEqual(["42"]);
});

const endless = (name: string) =>
  `const ${name} = (async function* () { for (let i = 1; ; i++) { yield i; await scheduler.yield(); } })()`;

describe("a cell that fails oddly", () => {
  it.each([
    ["throws text", "throw 'oh'", "oh"],
    ["throws nothing", "throw undefined", "undefined"],
    ["throws a record", "throw { code: 5 }", '{"code":5}'],
    ["rejects with a number", "await Promise.reject(404)", "404"],
    ["has a generator that throws nothing", "(function* () { yield 1; throw undefined })()", "undefined"],
    [
      "has a generator that throws at once",
      "(async function* () { throw new Error('at once') })()",
      "at once",
    ],
    ["declares a promise that fails", "const x = Promise.reject(new Error('no x'))", "no x"],
    [
      "declares a promise of a generator that fails",
      "const x = Promise.resolve((function* () { throw new Error('later') })())",
      "later",
    ],
    ["yields a promise that fails", "(function* () { yield Promise.reject(new Error('in it')) })()", "in it"],
    [
      "views what is no control",
      "const x = view(5)",
      "view(control) takes a control, for instance view(Inputs.range([0, 1])).",
    ],
    [
      "views a list of controls",
      "const x = view([Inputs.range()])",
      "view(control) takes a control, for instance view(Inputs.range([0, 1])).",
    ],
    [
      "has an error that cannot be sent",
      "throw Object.assign(new Error('x'), { text: { en: () => 1, ko: 2 } })",
      "x",
    ],
  ])("%s", async (_, source, message) => {
    notebook.define({ a: source, reader: source.includes("const x") ? "x" : "1" });
    notebook.run("a", "reader");
    await notebook.until("a", "failed");
    expect(notebook.error("a")?.text).toBe(message);
    if (!source.includes("const x")) return;
    await notebook.until("reader", "failed");
    expect(notebook.error("reader")?.code).toBe("input-failed");
  });

  it.each([
    [
      "is its value",
      "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()",
    ],
    ["is declared", "const { proxy: x, revoke } = Proxy.revocable({}, {}); revoke();"],
    [
      "is yielded",
      "(function* () { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); yield proxy })()",
    ],
    ["is displayed", "{ const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); display(proxy) }"],
  ])("because what cannot be looked at %s", async (_, source) => {
    notebook.define({ a: source });
    notebook.run("a");
    await notebook.until("a", "failed");
    expect(notebook.error("a")?.text).toMatch(/revoked/);
  });
});

describe("what cannot be sent", () => {
  const imports = 'import { figure, markdown } from "gongbu/display"';

  it("a function in a figure is left out", async () => {
    notebook.define({ imports, a: "figure([{ y: [1, 2], text: () => 'x' }], { onclick() {} })" });
    notebook.run("a");
    const { outputs } = await notebook.until("a", "done");
    expect(outputs).toMatchObject([{ kind: "figure", data: [{ y: [1, 2] }] }]);
  });

  it("is an error in its own place, and all else of the message arrives", async () => {
    notebook.define({
      imports,
      a: "display('before');\nconst made = markdown('x');\nmade.markdown = () => 1;\ndisplay(made);\ndisplay('after');",
      b: "'beside'",
    });
    notebook.run("a", "b");
    await notebook.until("a", "done");
    await notebook.until("b", "done");
    expect(notebook.shown("a")).toMatchObject([
      '"before"',
      expect.stringContaining("cannot be sent to the page"),
      '"after"',
    ]);
    expect(notebook.shown("b")).toEqual(['"beside"']);
  });
});

describe("what is large", () => {
  const bytes = () => JSON.stringify(notebook.messages).length;

  it.each([
    ["a list of a million", "Array.from({ length: 1e6 }, (_, i) => i)"],
    ["a record of many keys", "Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, i]))"],
    ["a long line", "'x'.repeat(1e7)"],
    ["a long text", "'line\\n'.repeat(1e6)"],
    [
      "wide lists in wide lists",
      "Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => [1, 2, 3]))",
    ],
  ])("%s is shown in part", async (_, source) => {
    notebook.define({ a: source });
    notebook.run("a");
    await notebook.until("a", "done");
    expect(bytes()).toBeLessThan(400_000);
    expect(notebook.shown("a")[0].length).toBeGreaterThan(100);
  });

  it("200 cells in a chain follow their first", async () => {
    const chain = Array.from({ length: 200 }, (_, i) => [`c${i}`, `const x${i + 1} = x${i} + 1`]);
    notebook.define({
      start: "const x0 = view(Inputs.range([0, 10], { value: 0, step: 1 }))",
      ...Object.fromEntries(chain),
      end: "x200",
    });
    notebook.run("end");
    await notebook.until("end", "done");
    expect(notebook.shown("end")).toEqual(["200"]);
    notebook.input("start/0", 5);
    await notebook.until("end", () => notebook.shown("end")[0] === "205");
  });
});

describe("names", () => {
  it("that go round in a circle fail every cell in it, and what reads them", async () => {
    notebook.define({ a: "const x = y + 1", b: "const y = z", c: "const z = x", reader: "x", apart: "1" });
    notebook.run("a", "b", "c", "reader", "apart");
    await notebook.until("apart", "done");
    for (const id of ["a", "b", "c"]) {
      await notebook.until(id, "failed");
      expect(notebook.error(id)?.code).toBe("cycle");
    }
    await notebook.until("reader", "failed");
  });

  it("of the notebook's own are found by a cell that runs when asked", async () => {
    notebook.define({
      a: { source: "await Promises.delay(5); const x = text({ en: 'a', ko: '가' })", run: "click" },
      b: "text(x).ko",
    });
    notebook.run("a", "b");
    await notebook.until("b", "done");
    expect([notebook.seen("a").states, notebook.shown("b")]).toEqual([
      ["queued", "running", "done"],
      ['"가"'],
    ]);
    expect(notebook.seen("b").states).not.toContain("failed");
  });

  it("of a cell that has not been run again after an edit are said to wait for it", async () => {
    notebook.define({ a: { source: "const x = 1", run: "click" }, b: "x" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.define({ a: { source: "const x = 2", run: "click" }, b: "x" });
    await notebook.until("b", "failed");
    expect(JSON.stringify(notebook.error("b"))).toMatch(/cell a has not run.*Run that cell/);
    notebook.run("a");
    await notebook.until("b", () => notebook.shown("b")[0] === "2");
  });
});

describe("edits at the wrong moment", () => {
  it("a name that is declared anew while its stream runs has the new value, and the stream is closed", async () => {
    const log = "const log = []";
    const streaming = `const n = (async function* () {
  try { for (let i = 0; ; i++) { yield i; await scheduler.yield(); } } finally { log.push("closed") }
})()`;
    notebook.define({ log, a: streaming, b: "n" });
    notebook.run("b");
    await notebook.until("a", "streaming");
    notebook.define({ log, a: "const n = 'still'", b: "n" });
    notebook.run("a");
    await notebook.until("b", () => notebook.shown("b")[0] === '"still"');
    expect(await notebook.value("log")).toEqual({ log: ["closed"] });
    expect(notebook.seen("a").state).toBe("done");
  });

  it("a cell that is taken out while it streams is closed and seen no more", async () => {
    notebook.define({ a: endless("n"), b: "n", c: "1" });
    notebook.run("b", "c");
    await notebook.until("a", "streaming");
    notebook.define({ c: "1" });
    await notebook.rest();
    const before = notebook.messages.length;
    await notebook.rest(60);
    expect(notebook.messages).toHaveLength(before);
  });

  it("a definition that comes while a cell computes leaves its run alone", async () => {
    notebook.define({ a: "await Promises.delay(40); const x = 1", b: "2" });
    notebook.run("a");
    await notebook.until("a", "running");
    notebook.define({ a: "await Promises.delay(40); const x = 1", b: "3", c: "x" });
    notebook.run("b", "c");
    await notebook.until("c", "done");
    expect([notebook.seen("a").run, notebook.shown("b"), notebook.shown("c")]).toEqual([1, ["3"], ["1"]]);
  });

  it("a cell that is replaced while it waits for its turn never computes as it was", async () => {
    const busy =
      "for (let i = 0; i < 10; i++) await new Promise((resolve) => globalThis.setTimeout(resolve, 3))";
    notebook.define({ log: "const log = []", busy, a: "log.push('old')" });
    notebook.run("log", "busy", "a");
    await notebook.until("busy", "running");
    notebook.define({ log: "const log = []", busy, a: "log.push('new')" });
    notebook.run("a");
    await notebook.until("a", "done");
    expect(await notebook.value("log")).toEqual({ log: ["new"] });
  });
});

describe("requests at the wrong moment", () => {
  it("an interrupt right after a request keeps the cell from beginning, until it is asked for again", async () => {
    notebook.define({
      log: "const log = []",
      a: "log.push('ran')",
      b: { source: "log.push('ran')", run: "click" },
    });
    notebook.run("log", "a", "b");
    await notebook.interrupt();
    await notebook.rest(60);
    expect(["log", "a", "b"].map((id) => notebook.seen(id).state)).toEqual(Array(3).fill("interrupted"));
    notebook.run("a", "b");
    await notebook.until("a", "done");
    await notebook.until("b", "done");
    expect(await notebook.value("log")).toEqual({ log: ["ran", "ran"] });
  });

  it("a run that is superseded and leaves a promise behind holds up nobody", async () => {
    notebook.define({
      n: "const n = view(Inputs.range([0, 9], { value: 1, step: 1 }))",
      a: `const given = n;
await new Promise((resolve) => globalThis.setTimeout(resolve, 30));
const left = given === 1 ? Promise.reject(new Error("nobody hears this")) : Promise.resolve(given);`,
      b: "left",
    });
    notebook.run("b");
    await notebook.until("a", "running");
    notebook.input("n/0", 2);
    await notebook.until("b", "done");
    expect(notebook.shown("b")).toEqual(["2"]);
  });

  it("a cell that never lets go is not begun before those before it are seen to have ended", async () => {
    notebook.define({
      quick: "'quick'",
      busy: "for (const begun = performance.now(); performance.now() - begun < 40; );\nconst over = performance.now()",
    });
    notebook.run("quick", "busy");
    let ended: number | undefined;
    await notebook.until("quick", ({ state }) => {
      if (state === "done") ended ??= performance.now();
      return state === "done";
    });
    await notebook.until("busy", "done");
    const { over } = (await notebook.value("busy")) as { over: number };
    expect(ended).toBeLessThan(over - 30);
  });

  const busy =
    "for (;;) { await new Promise((resolve) => globalThis.setTimeout(resolve, 2)); signal.throwIfAborted() }";

  it("an interrupt reaches the cells that wait for their turn, and they run when they are asked again", async () => {
    notebook.define({ busy, b: "1", c: "2", d: "3" });
    notebook.run("busy", "b", "c", "d");
    await notebook.until("busy", "running");
    await notebook.rest();
    expect(["b", "c", "d"].map((id) => notebook.seen(id).state)).toEqual(["queued", "queued", "queued"]);
    await notebook.interrupt();
    expect(["busy", "b", "c", "d"].map((id) => notebook.seen(id).state)).toEqual(
      Array(4).fill("interrupted"),
    );
    notebook.run("b", "c", "d");
    for (const id of ["b", "c", "d"]) await notebook.until(id, "done");
  });

  it("two requests in a row for one cell are one run; a third during it is another, and they do not overlap", async () => {
    notebook.define({
      log: "const log = []",
      a: "log.push('in'); await Promises.delay(20); log.push('out')",
    });
    notebook.run("a");
    notebook.run("a");
    await notebook.until("a", "running");
    notebook.run("a");
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
    await notebook.rest();
    expect(notebook.seen("a").run).toBe(2);
    // The first was stopped in its delay.
    expect(await notebook.value("log")).toEqual({ log: ["in", "in", "out"] });
  });

  const click = {
    n: "const n = view(Inputs.range([0, 9], { value: 1, step: 1 }))",
    twice: "const twice = 2 * n",
    train: {
      source: "const given = twice; await Promises.delay(30); const result = given",
      run: "click" as const,
    },
    read: "result",
  };

  it("a cell that runs when asked and turns stale while it runs goes on to its end, and is stale then", async () => {
    notebook.define(click);
    notebook.run("train", "read");
    await notebook.until("train", "running");
    notebook.input("n/0", 5);
    await notebook.until("train", "stale");
    await notebook.until("read", "done");
    expect([notebook.shown("read"), notebook.seen("train").run]).toEqual([["2"], 1]);
  });

  it("a cell that is asked for right after its input was set runs with that input", async () => {
    notebook.define(click);
    notebook.run("train", "read");
    await notebook.until("read", "done");
    notebook.input("n/0", 7);
    notebook.run("train");
    await notebook.until("read", () => notebook.shown("read")[0] === "14");
    expect([notebook.seen("train").state, notebook.seen("train").run]).toEqual(["done", 2]);
  });

  it("what a superseded run still shows is not seen", async () => {
    notebook.define({
      n: "const n = view(Inputs.range([0, 9], { value: 1, step: 1 }))",
      a: "const mine = n; await new Promise((resolve) => globalThis.setTimeout(resolve, 30)); console.log('log', mine); display(mine)",
    });
    notebook.run("a");
    await notebook.until("a", "running");
    notebook.input("n/0", 2);
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
    expect(notebook.shown("a")).toEqual(["log 2", "2"]);
    expect(JSON.stringify(notebook.messages)).not.toContain('"text":"1"}]');
  });

  it("an input for a control that is not there, and a run of a cell that is not there, change nothing", async () => {
    notebook.define({ a: "1" });
    notebook.run("nowhere");
    notebook.input("a/0", 5);
    await notebook.rest();
    expect(notebook.messages).toEqual([]);
    await expect(notebook.value("nowhere")).rejects.toMatchObject({ code: "unknown-cell" });
  });
});

describe("generators", () => {
  it.each([
    ["synchronous", "(function* () { yield 1; yield 2; })()"],
    ["of promises", "(function* () { yield Promise.resolve(1); yield Promises.delay(5, 2); })()"],
    ["promised", "Promise.resolve((async function* () { yield 1; yield 2; })())"],
  ])("that are %s give their readers each value", async (_, source) => {
    notebook.define({ log: "const log = []", a: `const n = ${source}`, b: "log.push(n)" });
    notebook.run("b");
    await notebook.until("a", "done");
    await notebook.until("b", () => notebook.shown("b")[0] === "2");
    expect(await notebook.value("log")).toEqual({ log: [1, 2] });
  });

  it("of Generators.observe are disposed of when their cell runs again, though no value comes", async () => {
    notebook.define({
      log: "const log = []",
      a: "const n = Generators.observe((change) => { change(log.push('on')); return () => log.push('off') })",
      b: "n",
    });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.run("a");
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
    await notebook.rest();
    expect(await notebook.value("log")).toEqual({
      log: expect.arrayContaining(["on", "off", "on"]) as unknown,
    });
    notebook.define({});
  });
});

describe("controls", () => {
  it("that refuse a value say why, and their readers do not run again", async () => {
    notebook.define({ a: "const x = view(Inputs.number([0, 10], { value: 3 }))", b: "x" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.input("a/0", 99);
    await notebook.until("a", ({ outputs }) =>
      outputs.some((output) => output.kind === "input" && output.invalid),
    );
    await notebook.rest();
    expect([notebook.seen("b").run, notebook.shown("b")]).toEqual([1, ["3"]]);
  });

  it("set by name take what is theirs, an option by its words, a form by its keys", async () => {
    notebook.define({
      a: "const model = view(Inputs.select(new Map([['bag', 1], ['transformer', 2]])))",
      b: "const form = view(Inputs.form({ rate: Inputs.range([0, 1]), name: Inputs.text() }))",
      c: "[model, form]",
    });
    notebook.set("model", "transformer");
    notebook.set("form", { rate: 1, name: "x" });
    notebook.run("c");
    await notebook.until("c", "done");
    expect(notebook.shown("c")).toEqual(['[2, {rate: 1, name: "x"}]']);
  });

  it("set by name to what is not theirs fail their cell with the reason", async () => {
    notebook.define({ a: "const x = view(Inputs.select(['p', 'q']))", b: "x" });
    notebook.set("x", "z");
    notebook.run("b");
    await notebook.until("a", "failed");
    expect(notebook.error("a")?.text).toMatch(/the value "z" is none of the options: p, q/);
    await notebook.until("b", "failed");
  });
});

describe("an import that cannot be loaded", () => {
  it("is tried again when a cell is asked for again", async () => {
    let online = false;
    const offline = createTestNotebook({
      loadBundle: () =>
        online
          ? Promise.resolve({ "gongbu/text": { shout: (s: string) => `${s}!` } })
          : Promise.reject(new Error("offline")),
    });
    offline.define({ a: 'import { shout } from "gongbu/text"', b: "shout('a')" });
    offline.run("b");
    await offline.until("b", "failed");
    expect(offline.error("b")).toMatchObject({ text: "offline", cell: "b" });
    online = true;
    offline.run("b");
    await offline.until("b", "done");
    expect(offline.shown("b")).toEqual(['"a!"']);
  });
});

describe("an error that nobody caught", () => {
  it("is shown under the cell that it comes from, and is the host's when it comes from none", async () => {
    notebook.define({ a: "const make = () => new Error('nobody awaits me')", b: "make" });
    notebook.run("b");
    await notebook.until("b", "done");
    const stack = "Error: lost\n    at f (cell:a:2:5)";
    expect(notebook.report(Object.assign(new Error("lost"), { stack }))).toBe(true);
    expect(notebook.report(new Error("the kernel's own"))).toBe(false);
    await notebook.until("a", () => notebook.error("a") !== undefined);
    expect(notebook.error("a")).toMatchObject({ text: "lost", cell: "a" });
  });
});
