import { describe, expect, it } from "vitest";
import { createTestNotebook } from "./test-notebook.ts";

describe("running cells", () => {
  it("runs nothing before it is asked to", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = 1" });
    await notebook.rest();
    expect(notebook.messages).toEqual([]);
  });

  it("computes what a cell reads, then the cell", async () => {
    const notebook = createTestNotebook();
    notebook.define({ sum: "x + y", x: "const x = 20", y: "const y = x + 2" });
    notebook.run("sum");
    await notebook.until("sum", "done");
    expect(notebook.shown("sum")).toEqual(["42"]);
    expect(notebook.seen("x").state).toBe("done");
  });

  it("leaves cells alone that nobody asked for", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = 1", b: "x + 1", c: "x + 2" });
    notebook.run("b");
    await notebook.until("b", "done");
    expect(notebook.seen("c").state).toBe("idle");
  });

  it("follows an edited cell with the cells that read it", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = 1", b: "x * 10" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.define({ a: "const x = 2", b: "x * 10" });
    notebook.run("a");
    await notebook.until("b", () => notebook.shown("b")[0] === "20");
  });

  it.each([
    ["const x = 2", "done"],
    ['const x = JSON.parse("{")', "failed"],
  ] as const)(
    "has %s come to its end where readers had it computed before it was asked for: %s",
    async (code, end) => {
      const notebook = createTestNotebook();
      notebook.define({ a: "const x = 1", b: "x * 10" });
      notebook.run("a", "b");
      await notebook.until("b", "done");
      notebook.define({ a: code, b: "x * 10" });
      await notebook.until("a", end);
      await notebook.rest();
      notebook.run("a");
      await notebook.rest();
      expect(notebook.seen("a").state).toBe(end);
      notebook.run("a");
      await notebook.rest();
      expect(notebook.seen("a").state).toBe(end);
    },
  );

  it("awaits promises before readers see them", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = Promise.resolve(7); const y = await Promise.resolve(8)", b: "[x, y]" });
    notebook.run("b");
    await notebook.until("b", "done");
    expect(notebook.shown("b")).toEqual(["[7, 8]"]);
  });

  it("gives readers each value of a generator and calls the cell streaming meanwhile", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      count:
        "const n = (async function* () { for (let i = 1; i <= 3; i++) { yield i; await Promises.delay(20); } })()",
      twice: "2 * n",
    });
    notebook.run("twice");
    await notebook.until("count", "streaming");
    await notebook.until("count", "done");
    await notebook.until("twice", "done");
    expect(notebook.shown("twice")).toEqual(["6"]);
    expect(await notebook.value("count")).toEqual({ n: 3 });
  });

  it("shows an expression's value, what statements display, and nothing of a declaration", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "({ a: 1 })", b: "const x = 1", c: "display(1); display('two');" });
    notebook.run("a", "b", "c");
    await notebook.until("c", "done");
    expect(notebook.shown("a")).toEqual(["{a: 1}"]);
    expect(notebook.shown("b")).toEqual([]);
    expect(notebook.shown("c")).toEqual(["1", '"two"']);
  });

  it("lets a cell give way with scheduler.yield outside any function", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "await scheduler.yield()\ndisplay('back')" });
    notebook.run("a");
    await notebook.until("a", "done");
    expect(notebook.shown("a")).toEqual(['"back"']);
  });

  it("shows once what an expression displays itself", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "display(1)", b: "view(Inputs.toggle({ label: 'on' }))" });
    notebook.run("a", "b");
    await notebook.until("b", "done");
    expect(notebook.shown("a")).toEqual(["1"]);
    expect(notebook.shown("b")).toEqual(["on: false"]);
  });

  it("needs no other cell for a name that the cell imports itself", async () => {
    const notebook = createTestNotebook({ modules: { "gongbu/text": { shout: () => "!" } } });
    const source = 'import { shout } from "gongbu/text"; shout()';
    notebook.define({ first: source, second: source });
    notebook.run("second");
    await notebook.until("second", "done");
    expect(notebook.seen("first").state).toBe("idle");
  });

  it("runs a cell anew when it is asked for again", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "display(1)" });
    notebook.run("a");
    await notebook.until("a", "done");
    notebook.run("a");
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
  });

  it("gives the values that a later definition of a removed cell's name has", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = 1", b: "x" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.define({ b: "x", c: "const x = 5" });
    notebook.run("b");
    await notebook.until("b", () => notebook.shown("b")[0] === "5");
  });
});

describe("a cell that runs when asked", () => {
  const cells = {
    rate: "const rate = view(Inputs.range([0, 10], { step: 1, value: 3 }))",
    train: { source: "const result = rate * 2", run: "click" as const },
    read: "result + 1",
  };

  it("turns stale when an input changes, keeps its value, and runs on the new input when asked again", async () => {
    const notebook = createTestNotebook();
    notebook.define(cells);
    notebook.run("train", "read");
    await notebook.until("read", "done");
    expect(notebook.shown("read")).toEqual(["7"]);
    notebook.input("rate/0", 5);
    await notebook.until("train", "stale");
    expect(notebook.shown("read")).toEqual(["7"]);
    notebook.run("train");
    await notebook.until("read", () => notebook.shown("read")[0] === "11");
    expect(notebook.seen("train").state).toBe("done");
  });

  it("that reads another one runs on its new value when both are asked for again", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      count: "const runs = { first: 0 }",
      first: { source: "const first = (await scheduler.yield(), ++runs.first)", run: "click" },
      between: "const doubled = 2 * first",
      second: { source: "const second = display(10 * doubled + first)", run: "click" },
    });
    for (const expected of [21, 42, 63]) {
      notebook.run("first", "between", "second");
      await notebook.until("second", () => notebook.shown("second")[0] === String(expected));
      await notebook.rest(20);
      expect(notebook.seen("second").state).toBe("done");
    }
    expect(notebook.seen("second").run).toBe(3);
  });

  it("that reads another one can be run alone after both were interrupted", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      first: { source: "const first = (await new Promise((go) => setTimeout(go, 5)), 1)", run: "click" },
      second: { source: "const second = first + 1", run: "click" },
    });
    notebook.run("first", "second");
    await notebook.until("second", "done");
    notebook.run("first", "second");
    await notebook.interrupt();
    notebook.run("second");
    await notebook.until("second", "done");
    expect(await notebook.value("second")).toEqual({ second: 2 });
  });

  it("runs once as the source of a cell that was asked for", async () => {
    const notebook = createTestNotebook();
    notebook.define(cells);
    notebook.run("read");
    await notebook.until("read", "done");
    expect(notebook.seen("train").run).toBe(1);
  });
});

describe("controls", () => {
  it("show their value and send readers each new one", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = view(Inputs.range([0, 1], { value: 0.5, label: 'x' }))", b: "x * 2" });
    notebook.run("b");
    await notebook.until("b", "done");
    expect(notebook.shown("a")).toEqual(["x: 0.5"]);
    notebook.input("a/0", 0.75);
    await notebook.until("b", () => notebook.shown("b")[0] === "1.5");
    expect(notebook.shown("a")).toEqual(["x: 0.75"]);
    expect(notebook.seen("a").state).toBe("done");
  });

  it("keep the reader's setting when their cell runs again", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = view(Inputs.range([0, 1], { value: 0.5 }))", b: "x" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.input("a/0", 0.25);
    await notebook.until("b", () => notebook.shown("b")[0] === "0.25");
    notebook.run("a");
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
    await notebook.rest();
    expect(notebook.shown("b")).toEqual(["0.25"]);
  });

  it("refuse a value that is not theirs with an error under the cell", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = view(Inputs.select(['p', 'q']))", b: "x" });
    notebook.run("b");
    await notebook.until("b", "done");
    notebook.input("a/0", 9);
    await notebook.rest();
    expect(notebook.error("a")?.text).toMatch(/no option 9; there are 2/);
    expect(notebook.shown("b")).toEqual(['"p"']);
  });

  it("take a value set by name", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      a: "const x = view(Inputs.range([0, 1], { value: 0.5 }))",
      b: "x",
      c: "const y = 1",
      d: "y",
    });
    notebook.set("x", 1);
    notebook.set("y", 100);
    notebook.run("b", "d");
    await notebook.until("b", "done");
    await notebook.until("d", "done");
    expect(notebook.shown("b")).toEqual(["1"]);
    expect(notebook.shown("d")).toEqual(["100"]);
  });
});

describe("a run that is superseded", () => {
  it("is stopped, and never overlaps with the next", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      rate: "const rate = view(Inputs.range([0, 10], { step: 1, value: 1 }))",
      log: "const log = []",
      train: `const step = (async function* () {
        log.push("begin " + rate);
        try {
          for (let i = 0; ; i++) { yield i; await scheduler.yield(); }
        } finally {
          log.push("end " + rate);
        }
      })()`,
    });
    notebook.run("train");
    await notebook.until("train", "streaming");
    await notebook.rest();
    notebook.input("rate/0", 2);
    await notebook.rest();
    notebook.input("rate/0", 3);
    await notebook.rest();
    expect(await notebook.value("log")).toEqual({ log: ["begin 1", "end 1", "begin 2", "end 2", "begin 3"] });
    await notebook.interrupt();
    expect(notebook.seen("train").state).toBe("interrupted");
  });

  it("waits for an async function that does not listen", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      x: "const x = view(Inputs.range([0, 10], { step: 1, value: 1 }))",
      log: "const log = []",
      slow: `log.push("begin " + x);
await new Promise((resolve) => globalThis.setTimeout(resolve, 60));
log.push("end " + x);`,
    });
    notebook.run("slow");
    await notebook.until("slow", "running");
    notebook.input("x/0", 2);
    await notebook.until("slow", ({ run, state }) => run === 2 && state === "done");
    expect(await notebook.value("log")).toEqual({ log: ["begin 1", "end 1", "begin 2", "end 2"] });
  });

  it("hears of it by its signal and by invalidation, and may show nothing any more", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      x: "const x = view(Inputs.range([0, 10], { step: 1, value: 1 }))",
      log: "const log = []",
      a: `const seen = x;
invalidation.then(() => log.push("invalidated " + seen));
signal.addEventListener("abort", () => log.push("aborted " + seen));
setTimeout(() => log.push("late " + seen), 50);`,
    });
    notebook.run("a");
    await notebook.until("a", "done");
    notebook.input("x/0", 2);
    await notebook.until("a", ({ run, state }) => run === 2 && state === "done");
    await notebook.rest(120);
    const { log } = (await notebook.value("log")) as { log: string[] };
    expect([...log].sort()).toEqual(["aborted 1", "invalidated 1", "late 2"]);
  });
});

describe("interrupting", () => {
  it("stops a training between two steps and leaves its last value to its readers", async () => {
    const notebook = createTestNotebook();
    notebook.define({
      train:
        "const step = (async function* () { for (let i = 1; ; i++) { yield i; await scheduler.yield(); } })()",
      read: "step > 0",
    });
    notebook.run("read");
    await notebook.until("read", "done");
    await notebook.interrupt();
    expect(notebook.seen("train").state).toBe("interrupted");
    expect(notebook.shown("read")).toEqual(["true"]);
    notebook.run("train");
    await notebook.until("train", "streaming");
    await notebook.interrupt();
  });

  it("stops a wait at once", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "await Promises.delay(60000)", b: "1 + 1" });
    notebook.run("a");
    await notebook.until("a", "running");
    await notebook.interrupt();
    expect(notebook.seen("a").state).toBe("interrupted");
    notebook.run("b");
    await notebook.until("b", "done");
  });
});

describe("turns", () => {
  it("lets other cells compute while one waits in a delay", async () => {
    const notebook = createTestNotebook();
    notebook.define({ slow: "await Promises.delay(100); const late = 1", quick: "1 + 1" });
    notebook.run("slow", "quick");
    await notebook.until("quick", "done");
    expect(notebook.seen("slow").state).toBe("running");
    await notebook.until("slow", "done");
  });

  it("lets nobody compute between two awaits of a cell", async () => {
    const notebook = createTestNotebook();
    const source = (name: string) =>
      `for (let i = 0; i < 5; i++) { log.push("${name}"); await null; await null; }`;
    notebook.define({ log: "const log = []", a: source("a"), b: source("b") });
    notebook.run("a", "b");
    await notebook.until("a", "done");
    await notebook.until("b", "done");
    const { log } = (await notebook.value("log")) as { log: string[] };
    expect(log.join("")).toMatch(/^(a{5}b{5}|b{5}a{5})$/);
  });
});

describe("errors", () => {
  it("point at the learner's own line and column", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x: number = 1;\nfunction f() {\n  return (null as any).size;\n}\nf();" });
    notebook.run("a");
    await notebook.until("a", "failed");
    expect(notebook.error("a")).toMatchObject({ name: "TypeError", cell: "a", at: { line: 3, column: 24 } });
    expect(notebook.error("a")?.frames?.map(({ at }) => at?.line)).toEqual([3, 5]);
  });

  it("stay in their cell: readers say whose fault it is, the others go on", async () => {
    const notebook = createTestNotebook();
    notebook.define({ bad: "const x = (() => { throw new Error('no') })()", reader: "x + 1", other: "1" });
    notebook.run("reader", "other");
    await notebook.until("reader", "failed");
    await notebook.until("other", "done");
    expect(notebook.error("reader")).toMatchObject({ code: "input-failed", at: { line: 1, column: 1 } });
    notebook.define({ bad: "const x = 1", reader: "x + 1", other: "1" });
    notebook.run("bad");
    await notebook.until("reader", "done");
    expect(notebook.shown("reader")).toEqual(["2"]);
  });

  it("of two cells that declare one name appear at both, and a third reader names them", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "const x = 1", b: "const x = 2", c: "x", d: "1 + 1" });
    notebook.run("a", "b", "c", "d");
    await notebook.until("d", "done");
    await notebook.until("c", "failed");
    expect(notebook.error("a")?.code).toBe("duplicate-name");
    expect(notebook.error("b")?.code).toBe("duplicate-name");
  });

  it("of a name that nobody declares say so at its place", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "1 +\n  nowhere" });
    notebook.run("a");
    await notebook.until("a", "failed");
    expect(notebook.error("a")).toMatchObject({ code: "missing-name", at: { line: 2, column: 3 } });
  });

  it("of a generator fail its cell after the values it gave", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "(async function* () { yield 1; throw new Error('later'); })()" });
    notebook.run("a");
    await notebook.until("a", "failed");
    expect(notebook.error("a")?.text).toBe("later");
  });

  it("of a timer appear under the cell that set it", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "setTimeout(() => { throw new Error('tick') }, 1);" });
    notebook.run("a");
    await notebook.until("a", () => notebook.error("a") !== undefined);
    expect(notebook.error("a")?.text).toBe("tick");
  });

  it("keep their cause", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "throw new Error('outer', { cause: new RangeError('inner') })" });
    notebook.run("a");
    await notebook.until("a", "failed");
    expect(notebook.error("a")?.cause).toMatchObject({ name: "RangeError", text: "inner" });
  });
});

describe("imports", () => {
  const modules = { "gongbu/text": { shout: (word: string) => word.toUpperCase() } };

  it("are the whole notebook's names, and two cells may import the same one", async () => {
    const notebook = createTestNotebook({ modules });
    notebook.define({
      a: 'import { shout } from "gongbu/text"; shout("a")',
      b: 'import { shout } from "gongbu/text"',
      c: 'shout("c")',
    });
    notebook.run("a", "c");
    await notebook.until("c", "done");
    await notebook.until("a", "done");
    expect(notebook.shown("c")).toEqual(['"C"']);
  });

  it("are there without the cell that imports them, which nobody has asked for", async () => {
    const notebook = createTestNotebook({ modules });
    notebook.define({ a: 'import { shout } from "gongbu/text"; const made = shout("a")', b: 'shout("b")' });
    notebook.run("b");
    await notebook.until("b", "done");
    expect(notebook.shown("b")).toEqual(['"B"']);
    expect(notebook.seen("a").state).toBe("idle");
  });

  it("of a name that the module does not export say what it exports, to each reader", async () => {
    const notebook = createTestNotebook({ modules });
    notebook.define({ a: 'import { whisper } from "gongbu/text"', b: "whisper" });
    notebook.run("a", "b");
    for (const cell of ["a", "b"]) {
      await notebook.until(cell, "failed");
      expect(notebook.error(cell)).toMatchObject({ code: "unknown-export", cell });
      expect(JSON.stringify(notebook.error(cell)?.text)).toContain("shout");
    }
  });

  it("that cannot be loaded fail a reader whose importing cell has not been asked for", async () => {
    const notebook = createTestNotebook({ modules });
    notebook.define({ a: 'import { whisper } from "gongbu/text"', b: "whisper" });
    notebook.run("b");
    await notebook.until("b", "failed");
    expect(notebook.error("b")).toMatchObject({ code: "unknown-export", cell: "b" });
    expect(notebook.seen("a").state).toBe("idle");
  });
});

describe("the console", () => {
  it("is shown under its cell, with equal lines counted", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "for (let i = 0; i < 3; i++) console.log('same', 1);\nconsole.warn('other')" });
    notebook.run("a");
    const { outputs } = await notebook.until("a", "done");
    expect(outputs).toMatchObject([
      { kind: "log", level: "log", count: 3, at: { line: 1 } },
      { kind: "log", level: "warn", count: 1, at: { line: 2 } },
    ]);
  });

  it("cuts a flood of lines and says how many it left out", async () => {
    const notebook = createTestNotebook();
    notebook.define({ a: "for (let i = 0; i < 2000; i++) console.log(i)" });
    notebook.run("a");
    const { outputs } = await notebook.until("a", "done");
    expect(outputs).toHaveLength(501);
    expect(notebook.shown("a").at(-1)).toMatch(/1500 more lines/);
  });
});

it("says with the last message of an answer, and with no earlier one, that nothing more follows", async () => {
  const notebook = createTestNotebook();
  notebook.define({
    slider: "const slider = view(Inputs.range([0, 10], { value: 1 }))",
    double: "const double = 2 * slider",
    later: "const later = (await new Promise((resolve) => setTimeout(resolve, 5)), double + 1)",
    shown: "display(later)",
  });
  notebook.run("slider", "double", "later", "shown");
  await notebook.until("shown", "done");
  await notebook.rest(30);
  const before = notebook.messages.length;
  notebook.input("slider/0", 4);
  await notebook.until("shown", () => notebook.shown("shown")[0] === "9");
  await notebook.rest(30);
  const answers = notebook.messages.slice(before).filter(({ type }) => type === "cells");
  const rests = answers.map((message) => message.type === "cells" && message.atRest);
  expect(rests.length).toBeGreaterThan(1);
  expect(rests).toEqual(rests.map((_, i) => i === rests.length - 1));
});

it("sends a streaming cell's changes at most twice a frame", async () => {
  const notebook = createTestNotebook();
  notebook.define({
    a: "const n = (async function* () { for (let i = 0; ; i++) { yield i; await scheduler.yield(); } })()",
    b: "n",
  });
  notebook.run("b");
  await notebook.until("b", "done");
  const before = notebook.messages.length;
  await notebook.rest(200);
  expect(notebook.messages.length - before).toBeLessThanOrEqual(36);
  await notebook.interrupt();
});
