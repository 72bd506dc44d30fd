import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);

/** What is in the repository, and what would be with the next commit. */
const paths = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\0")
  .filter(Boolean);

const isBinary = (path: string) => /\.(png|jpe?g|gif|ico|wasm|woff2?|safetensors|bin|gz)$/.test(path);

/** Text files as they are now; one that has just been taken away is no longer there to read. */
const texts = [...new Set(paths)]
  .filter((path) => !isBinary(path))
  .flatMap((path) => {
    try {
      return [[path, readFileSync(new URL(encodeURI(path), root), "utf8")] as const];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });

/** Folders of one machine or another; their slashes are added here, so that this file holds no such path. */
const folders = ["work", "root", "home/\\w+", "Users/\\w+"].join("|");
const machinePath = new RegExp(`(?<![\\w.~/-])/(?:${folders})/`);

describe("the files of the repository", () => {
  it("are found", () => {
    expect(texts.length).toBeGreaterThan(200);
    expect(paths).toContain("package.json");
  });

  it("hold no path of anybody's machine", () => {
    const found = texts.flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((line, i) =>
          machinePath.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 100)}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });

  it("end their lines with LF, but for what is about line ends", () => {
    const found = texts
      .filter(([path, text]) => text.includes("\r\n") && !/line|odd|crlf/i.test(path))
      .map(([path]) => path);
    expect(found).toEqual([]);
  });

  it("are none that a build or a test run has made", () => {
    const made = /^(node_modules|dist|reports|test-results|playwright-report|\.cache)\//;
    expect(paths.filter((path) => made.test(path))).toEqual([]);
  });
});

describe("package-lock.json", () => {
  const lock = JSON.parse(readFileSync(new URL("package-lock.json", root), "utf8")) as {
    packages: Record<
      string,
      { version?: string; resolved?: string; dependencies?: object; devDependencies?: object }
    >;
  };

  it("takes packages from the public registry and nowhere else", () => {
    const hosts = Object.values(lock.packages).flatMap(({ resolved }) =>
      resolved ? [new URL(resolved).host] : [],
    );
    expect([...new Set(hosts)].filter((host) => host !== "registry.npmjs.org")).toEqual([]);
  });

  it("is of this package.json", () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(new URL("package.json", root), "utf8"),
    ) as (typeof lock.packages)[""];
    expect(lock.packages[""]).toMatchObject({ dependencies, devDependencies });
  });
});
