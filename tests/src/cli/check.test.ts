import { describe, expect, it } from "vitest";
import { gongbu, lectureOf, writeFiles } from "./terminal.ts";

const translated = (cells: Readonly<Record<string, string>>) =>
  lectureOf(Object.fromEntries(Object.keys(cells).map((id) => [id, ""]))).replace(/\n\n```\n/g, "\n```\n");

describe("gongbu check", () => {
  it("finds nothing in a lecture that is sound, and ends with 0", async () => {
    const path = await writeFiles({
      "lesson.md": lectureOf({
        form: "const settings = view(Inputs.form({ rate: Inputs.range([0, 1]), name: Inputs.text() }))",
        read: 'import { lines } from "gongbu/display"\nlines([{ name: settings.name, y: [settings.rate] }])',
      }),
    });
    expect(await gongbu("check", path)).toEqual({
      code: 0,
      stdout: "1 file checked, nothing found.\n",
      stderr: "",
    });
  });

  it.each([
    [
      "a type error",
      { a: "const x = 1\nx.toUpperCase()" },
      /lesson\.md:9:3: TS2339: Property 'toUpperCase' does not exist/,
    ],
    [
      "a type error across cells",
      { a: 'const x = "a"', b: "const y: number = x" },
      /lesson\.md:12:7: TS2322: /,
    ],
    ["a missing name", { a: "1 +\n  nowhere" }, /lesson\.md:9:3: missing-name: .*nowhere/],
    [
      "a name that two cells declare",
      { a: "const x = 1", b: "const x = 2" },
      /lesson\.md:8:7: duplicate-name: [^]*lesson\.md:12:7: duplicate-name: /,
    ],
    ["a syntax error", { a: "const x = (1" }, /lesson\.md:8:13: syntax-error: /],
    [
      "an import that there is not",
      { a: 'import x from "lodash"' },
      /lesson\.md:8:\d+: unknown-import: .*lodash/,
    ],
  ])("names path, line and column of %s, and ends with 1", async (_, cells, finding) => {
    const path = await writeFiles({ "lesson.md": lectureOf(cells) });
    const { code, stdout, stderr } = await gongbu("check", path);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(finding);
    expect(stdout).toMatch(/\n1 file checked, [1-9] found\.\n$/);
    for (const line of stdout.trimEnd().split("\n").slice(0, -1))
      if (/^\S+\.md/.test(line)) expect(line.startsWith(`${path}:`)).toBe(true);
  });

  it("names path and line of an error of the format", async () => {
    const path = await writeFiles({ "lesson.md": "---\ntitle: x\n---\n\n```ts {id=a speed=fast}\n1\n```\n" });
    const { code, stdout } = await gongbu("check", path);
    expect(code).toBe(1);
    expect(stdout).toContain(`${path}:5: unknown-attribute: `);
  });

  it("holds a translation against its lecture", async () => {
    const cells = { a: "1", b: "2" };
    const path = await writeFiles({ "lesson.ko.md": translated(cells), "lesson.md": lectureOf(cells) });
    expect((await gongbu("check", path)).stdout).toBe("1 file checked, nothing found.\n");
    const bad = await writeFiles({ "lesson.ko.md": translated({ a: "1" }), "lesson.md": lectureOf(cells) });
    const { code, stdout } = await gongbu("check", bad);
    expect(code).toBe(1);
    expect(stdout).toMatch(/lesson\.ko\.md:\d+: translation-missing-cell: .*b/);
  });

  it("goes through all files that it is given", async () => {
    const good = await writeFiles({ "good.md": lectureOf({ a: "1" }) });
    const bad = await writeFiles({ "bad.md": lectureOf({ a: "nowhere" }) });
    const { code, stdout } = await gongbu("check", bad, good);
    expect([code, stdout]).toEqual([1, expect.stringContaining(`${bad}:8:1: missing-name: `)]);
    expect(stdout).toMatch(/2 files checked, \d found\.\n$/);
  });

  it("ends with 2 when a file cannot be read", async () => {
    const { code, stdout, stderr } = await gongbu("check", "nowhere.md");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^gongbu: nowhere\.md cannot be read \(ENOENT\)/);
  });
});

describe("gongbu", () => {
  it.each([[[]], [["help"]], [["--help"]], [["-h"]]])("explains itself: %j", async (args) => {
    const { code, stdout } = await gongbu(...args);
    expect(code).toBe(0);
    for (const word of ["gongbu run FILE", "gongbu check", "--set", "--json", "Exit code"])
      expect(stdout).toContain(word);
  });

  it("knows no other command, and says which it knows", async () => {
    expect(await gongbu("fly")).toEqual({
      code: 2,
      stdout: "",
      stderr: 'gongbu: There is no command "fly". Commands: run, convert, serve, check, help.\n',
    });
  });
});
