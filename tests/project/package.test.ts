import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { scripts, bin, engines, dependencies, devDependencies } = JSON.parse(read("package.json")) as Package;
const pinned = Object.entries({ ...dependencies, ...devDependencies });

/** The commands that a script runs one after the other, as words. */
const commands = Object.entries(scripts).flatMap(([name, script]) =>
  script.split("&&").map((command) => [name, command.trim().split(/\s+/)] as const),
);

describe("package.json", () => {
  it.each(commands)("has a script %s whose program is installed: %j", (_, [program, ...words]) => {
    if (program === "npm") {
      expect(words[0]).toBe("run");
      expect(Object.keys(scripts)).toContain(words.find((word, i) => i > 0 && !word.startsWith("-")));
    } else if (program !== "node") {
      expect(existsSync(new URL(`node_modules/.bin/${program}`, root)), program).toBe(true);
    }
  });

  it.each(commands)("has a script %s whose files exist: %j", (_, [, ...words]) => {
    const files = words.filter((word) => /\.(ts|mjs|cjs|js|json)$/.test(word));
    for (const file of files) expect(existsSync(new URL(file, root)), file).toBe(true);
  });

  it("has every script that its pages name", () => {
    const pages = ["README.md", "docs/writing-lectures.md", ".ci/run"].map(read).join("\n");
    const named = [...pages.matchAll(/\bnpm (?:run (?:-s )?)?(start|test|[\w:]+)/g)].map(([, name]) => name);
    expect(named).toContain("start");
    expect(named.filter((name) => !["ci", "run", ...Object.keys(scripts)].includes(name))).toEqual([]);
  });

  it.each(Object.entries(bin))("has a command %s in a file that can be run: %s", (_, path) => {
    const file = new URL(path, root);
    expect(read(path)).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(file, constants.R_OK)).not.toThrow();
    expect(statSync(file).isFile()).toBe(true);
  });

  it("has the command gongbu as a script too, from the same file", () => {
    expect(scripts.gongbu).toBe(`node ${bin.gongbu}`);
  });

  it.each(pinned)("pins %s to one version: %s", (_, version) => {
    expect(version).toMatch(/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it("names the oldest Node that the README promises", () => {
    const [, oldest] = /^>=(\d+\.\d+)/.exec(engines.node)!;
    expect(read("README.md")).toContain(`Node ${oldest} or newer`);
  });
});

describe("docs/dependencies.md", () => {
  const page = read("docs/dependencies.md");
  const rows = page.split("\n").filter((line) => /^\| .*`/.test(line));

  it.each(pinned)("names %s", (name, given) => {
    const version = given.replace(/^npm:.*@/, "");
    // Of several packages of one scope in a row, only the first is written with the scope.
    const short = name.replace(/^@[^/]+\//, "");
    const row = rows.find(
      (line) =>
        line.includes(`\`${name}\``) ||
        (line.includes(`\`${name.split("/")[0]}/`) && line.includes(`\`${short}\``)),
    );
    expect(row, `no row for ${name}`).toBeDefined();
    expect(row).toContain(` ${version}`);
  });

  it("names nothing that is gone", () => {
    const named = rows.map((row) => /`([^`]+)`/.exec(row)![1]);
    expect(named.filter((name) => !pinned.some(([known]) => known === name))).toEqual([]);
  });
});
