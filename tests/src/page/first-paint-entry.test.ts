import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { createSettings } from "../../../src/storage/index.ts";
import type { KeyValue, Settings } from "../../../src/storage/index.ts";

const source = readFileSync(new URL("../../../src/page/first-paint-entry.ts", import.meta.url), "utf8");
const script = ts
  .transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  })
  .outputText.replace("export {};", "");

interface Visit {
  readonly settings?: Settings;
  readonly kept?: string;
  readonly prefersDark?: boolean;
  readonly search?: string;
}

/** What the script writes on a document, with these settings kept before. */
function getMarks(options: Visit): { theme?: string; view?: string } {
  const values = new Map<string, string>();
  const localStorage: KeyValue = {
    getItem: (key) => values.get(key) ?? options.kept ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
  if (options.settings) createSettings(() => localStorage).set(options.settings);
  const dataset: { theme?: string; view?: string } = {};
  runInNewContext(script, {
    localStorage,
    matchMedia: () => ({ matches: options.prefersDark ?? false }),
    location: { search: options.search ?? "" },
    URLSearchParams,
    document: { documentElement: { dataset } },
  });
  return dataset;
}

const getTheme = (visit: Visit) => getMarks(visit).theme;

describe("the script before the first paint", () => {
  test("imports nothing, for it is a classic script", () => {
    expect(source).not.toMatch(/^import /m);
  });

  test("takes the theme that the settings keep", () => {
    expect(getTheme({ settings: { theme: "dark" }, prefersDark: false })).toBe("dark");
    expect(getTheme({ settings: { theme: "light" }, prefersDark: true })).toBe("light");
  });

  test("follows the system where nothing is chosen or nothing can be read", () => {
    expect(getTheme({ prefersDark: true })).toBe("dark");
    expect(getTheme({ kept: "{", prefersDark: false })).toBe("light");
  });

  test("marks an address that asks for the app view, so that the lecture is not seen first", () => {
    expect(getMarks({ search: "?view=app" }).view).toBe("app");
    expect(getMarks({ search: "?view=lecture" }).view).toBeUndefined();
  });
});
