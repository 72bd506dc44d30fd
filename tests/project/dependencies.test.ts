import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/dependencies.md", root), "utf8");
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL("package.json", root), "utf8"),
) as Record<"dependencies" | "devDependencies", Record<string, string>>;

it.each(Object.entries({ ...dependencies, ...devDependencies }))(
  "docs/dependencies.md says why %s is here, in version %s",
  (name, range) => {
    const version = range.split("@").at(-1)!;
    // Packages of one family share a line, in which the scope is written once.
    const short = name.startsWith("@codemirror/") ? name.slice("@codemirror/".length) : name;
    const line = page
      .split("\n")
      .find(
        (text) => [name, short].some((written) => text.includes(`${written}\``)) && text.includes(version),
      );
    expect(line, `a line of the table with \`${name}\` and ${version}`).toBeDefined();
  },
);
