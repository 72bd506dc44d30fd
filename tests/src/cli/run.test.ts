import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { gongbu, lectureOf, writeFiles } from "./terminal.ts";

const lesson = (cells: Readonly<Record<string, string>>) => writeFiles({ "lesson.md": lectureOf(cells) });

interface JsonCell {
  id: string;
  state: string;
  ms: number;
  value: unknown;
  outputs: { kind: string }[];
  error: { name: string; code?: string; cell?: string; at?: unknown } | null;
}

const cellsOf = (stdout: string) => (JSON.parse(stdout) as { cells: JsonCell[] }).cells;

describe("gongbu run", () => {
  it("prints each cell's state and what it shows, in the order of the lecture", async () => {
    const path = await lesson({
      sum: "x + 1",
      x: "const x = 41",
      words: 'display(text({ en: "two\\nlines", ko: "두\\n줄" })); console.log("said", 1)',
    });
    const { code, stdout, stderr } = await gongbu("run", path);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.replace(/\d+\.\d+ s/g, "0 s")).toBe(
      "── sum · done · 0 s\n  42\n── x · done · 0 s\n── words · done · 0 s\n  two\n  lines\n  said 1\n",
    );
    expect((await gongbu("run", path, "--lang", "ko", "--cell", "words")).stdout).toContain("  두\n  줄\n");
  });

  it("runs with the front matter's small settings on --small, and what is set by hand goes before them", async () => {
    const cells = { epochs: "const epochs = 20", pause: "const pause = 5", sum: "epochs + pause" };
    const small = "---\ntitle: Test\ntest: { set: { epochs: 2, pause: 0 } }\n---";
    const path = await writeFiles({
      "lesson.md": lectureOf(cells).replace("---\ntitle: Test\n---", small),
      "wrong.md": lectureOf(cells).replace("---\ntitle: Test\n---", small.replace("pause", "pauses")),
    });
    const sum = async (...args: string[]) =>
      cellsOf((await gongbu("run", path, "--json", ...args)).stdout)[2].value;
    expect([await sum(), await sum("--small"), await sum("--small", "--set", "epochs=3")]).toEqual([
      25, 2, 3,
    ]);
    const { code, stderr } = await gongbu("run", path.replace("lesson.md", "wrong.md"), "--small");
    expect(code).toBe(2);
    expect(stderr).toContain("no cell of");
    expect(stderr).toContain("declares pauses");
  });

  it("prints one object with --json: a value as plain JSON, outputs and error of each cell", async () => {
    const path = await lesson({
      typed: "const list = new Float32Array([0.5, 1]), many = new Map([['k', NaN]])",
      tensor: 'import * as tf from "@tensorflow/tfjs"\ntf.tensor2d([[1, 2], [3, 4]])',
      none: "display(1);\ndisplay(2)",
      bad: "const y = null.size",
    });
    const { code, stdout } = await gongbu("run", path, "--json", "--backend", "cpu");
    expect(code).toBe(1);
    expect(stdout.trimEnd()).not.toContain("\n");
    const cells = cellsOf(stdout);
    for (const cell of cells)
      expect(Object.keys(cell)).toEqual(["id", "state", "ms", "value", "outputs", "error"]);
    expect(cells.map(({ id, state, value }) => [id, state, value])).toEqual([
      ["typed", "done", { list: [0.5, 1], many: [["k", "NaN"]] }],
      ["tensor", "done", { shape: [2, 2], dtype: "float32", data: [1, 2, 3, 4] }],
      ["none", "done", {}],
      ["bad", "failed", {}],
    ]);
    expect(cells[1].outputs).toMatchObject([{ kind: "inspect", value: { type: "tensor", shape: [2, 2] } }]);
    expect(cells[3].error).toMatchObject({ name: "TypeError", cell: "bad", at: { line: 1 } });
    expect(cells[0].error).toBeNull();
  });

  it("gives names values with --set: a control, a plain name, JSON or else text", async () => {
    const path = await lesson({
      rate: "const rate = view(Inputs.range([0, 1], { step: 0.1 }))",
      name: 'const name = "nobody"',
      list: "const list = []",
      all: "({ rate, name, list })",
    });
    const { code, stdout } = await gongbu(
      "run",
      path,
      "--json",
      "--cell",
      "all",
      "--set",
      "rate=0.32",
      "--set",
      "name=a=b",
      "--set",
      "list=[1,2]",
    );
    expect(code).toBe(0);
    expect(cellsOf(stdout)).toMatchObject([{ id: "all", value: { rate: 0.3, name: "a=b", list: [1, 2] } }]);
  });

  it("fails the cell of a control that is set to what is not its own", async () => {
    const path = await lesson({ model: 'const model = view(Inputs.select(["bag", "lstm"]))' });
    const { code, stdout } = await gongbu("run", path, "--set", "model=tree");
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('the value "tree" is none of the options: bag, lstm'),
    ]);
  });

  it("runs an exercise as it stands, and solved with --solutions", async () => {
    const path = await lesson({
      "add exercise=add": "const add = (a, b) => 0",
      "checked check=add": "({ passed: add(1, 2) === 3 })",
      "solved solution=add": "const add = (a, b) => a + b",
    });
    const values = async (...flags: string[]) =>
      cellsOf((await gongbu("run", path, "--json", ...flags)).stdout).map(({ id, value }) => [id, value]);
    expect(await values()).toEqual([
      ["add", {}],
      ["checked", { passed: false }],
    ]);
    expect(await values("--solutions")).toEqual([
      ["add", {}],
      ["checked", { passed: true }],
    ]);
  });

  it("goes on with the other cells after one has failed, and ends with 1", async () => {
    const path = await lesson({ bad: "throw new Error('no')", after: "1 + 1" });
    const { code, stdout } = await gongbu("run", path);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /bad · failed .*\n {2}Error: no \(cell bad, line 1, column \d+\)\n── after · done .*\n {2}2\n/,
    );
  });

  it("ends with 1 when an error came after all of a cell's code", async () => {
    const path = await lesson({
      late: "setTimeout(() => { throw new Error('late') }, 1);\nawait Promises.delay(60)",
    });
    const { code, stdout } = await gongbu("run", path);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/late · done[^]*Error: late/)]);
  });

  it("shows what a cell fetches beside its lecture", async () => {
    const path = await writeFiles({
      "lesson.md": lectureOf({ a: "(await fetch('data.txt')).text()" }),
      "data.txt": "beside",
    });
    expect(cellsOf((await gongbu("run", path, "--json")).stdout)).toMatchObject([{ value: "beside" }]);
  });

  it("writes a Jupyter notebook with --out x.ipynb", async () => {
    const path = await lesson({
      plot: 'import { lines } from "gongbu/display"\nlines([{ name: "a", y: [1, 2] }])',
    });
    const out = join(dirname(path), "x.ipynb");
    const { code, stderr } = await gongbu("run", path, "--out", out);
    expect([code, stderr]).toEqual([0, `Written: ${out}\n`]);
    const { nbformat, cells } = JSON.parse(await readFile(out, "utf8")) as {
      nbformat: number;
      cells: { outputs: unknown }[];
    };
    expect(nbformat).toBe(4);
    expect(cells.at(-1)?.outputs).toMatchObject([
      { data: { "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }] } } },
    ]);
  });

  it("writes a page with --out x.html", async () => {
    const path = await lesson({ a: '"<script>alert(1)</script>"' });
    const out = join(dirname(path), "x.html");
    expect((await gongbu("run", path, "--out", out)).code).toBe(0);
    const page = await readFile(out, "utf8");
    expect(page).toContain('<pre class="output">&quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;</pre>');
    expect(page).not.toContain("<script>");
  });

  it("works as the package's own script, and gives its exit code", async () => {
    const path = await lesson({ a: "20 + 22", bad: "throw new Error('no')" });
    const run = promisify(execFile)("npm", ["run", "-s", "gongbu", "--", "run", path, "--json"], {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    });
    const failed = (await run.catch((error: unknown) => error)) as { code: number; stdout: string };
    expect(failed.code).toBe(1);
    expect(cellsOf(failed.stdout)).toMatchObject([{ value: 42 }, { state: "failed" }]);
  });
});

describe("gongbu run at its time limit", () => {
  it("interrupts a cell that waits, says so, and ends with 1", async () => {
    const path = await lesson({ slow: "await Promises.delay(60000)", quick: "1" });
    const { code, stdout, stderr } = await gongbu("run", path, "--timeout", "0.3");
    expect([code, stderr]).toEqual([1, "gongbu: interrupted at the time limit: slow\n"]);
    expect(stdout).toMatch(/slow · interrupted .*\n── quick · done/);
  });

  it("ends a cell that never lets go, by its name", async () => {
    const path = await lesson({ quick: "1", waits: "loop", loops: "while (true) {}\nconst loop = 1" });
    const { code, stderr } = await gongbu("run", path, "--timeout", "0.3", "--json");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^gongbu: Cell loops does not stop\. It was interrupted at the time limit\.\n$/);
  });
});

describe("gongbu run says in one line, and ends with 2,", () => {
  const cells = { a: "const x = 1" };

  it.each([
    [
      "that a file is missing",
      ["nowhere.md"],
      /^gongbu: nowhere\.md cannot be read \(ENOENT\)\. Give the path of a lecture/,
    ],
    ["that it takes a lecture", [], /run takes one lecture, but was given 0/],
    ["that it takes one lecture", ["a.md", "b.md"], /run takes one lecture, but was given 2/],
    ["that there is no such option", ["a.md", "--loud"], /Unknown option '--loud'/],
    [
      "which backends there are",
      ["a.md", "--backend", "abacus"],
      /--backend takes wasm, webgl, webgpu, cpu, but was given "abacus"/,
    ],
    ["which languages there are", ["a.md", "--lang", "fr"], /--lang takes en or ko, but was given "fr"/],
    [
      "what a time limit is",
      ["a.md", "--timeout", "soon"],
      /--timeout takes seconds above 0, but was given "soon"/,
    ],
    [
      "what it can write",
      ["a.md", "--out", "x.pdf"],
      /--out writes \.ipynb or \.html, but was given "x\.pdf"/,
    ],
    ["how a name is set", ["a.md", "--set", "x"], /--set takes NAME=VALUE, but was given "x"/],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await gongbu("run", ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.split("\n").length).toBe(2);
  });

  it.each([
    [
      "which names can be set",
      ["--set", "y=1"],
      /--set y=…: no cell of .*lesson\.md declares y\. Declared: x\./,
    ],
    ["which cells can be run", ["--cell", "b"], /lesson\.md has no cell "b" that can be run\. It has: a\./],
    [
      "that it cannot write there",
      ["--out", "/nowhere/at/all/x.html"],
      /\/nowhere\/at\/all\/x\.html cannot be written \(ENOENT\)/,
    ],
  ])("%s", async (_, args, message) => {
    const { code, stderr } = await gongbu("run", await lesson(cells), ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it("where a malformed lecture is so", async () => {
    const path = await writeFiles({
      "lesson.md": "---\ntitle: x\n---\n\n```ts {id=a}\n1\n```\n\n```ts {id=a}\n2\n```\n",
    });
    const { code, stderr } = await gongbu("run", path);
    expect(code).toBe(2);
    expect(stderr).toContain(`gongbu: ${path}:9: `);
  });
});
