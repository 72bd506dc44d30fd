import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createSettings } from "../../../src/storage/index.ts";
import { getTheme } from "../../../src/page/theme.ts";

const css = readFileSync(new URL("../../../src/page/styles/theme.css", import.meta.url), "utf8");

/** The custom properties set between a selector's braces. */
function getColours(selector: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(selector)).match(/\{([^{}]*)\}/)?.[1] ?? "";
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** WCAG's contrast ratio of two colours. */
function getContrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(getLuminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function getLuminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const light = getColours(":root {");
const dark = getColours(':root[data-theme="dark"]');

describe("the theme", () => {
  test("has the same dark colours with a script and without one", () => {
    expect(dark.size).toBeGreaterThan(20);
    expect(getColours(':root:not([data-theme="light"])')).toEqual(dark);
    expect([...dark.keys()]).toEqual([...light.keys()]);
  });

  test.each([
    ["light", light],
    ["dark", dark],
  ])("keeps words readable on both papers: %s", (_name, colours) => {
    const words = [...colours.keys()].filter((name) => /ink|accent$|good|bad|warn|syntax/.test(name));
    const faint = words.flatMap((name) =>
      ["--paper", "--paper-raised"]
        .map((paper) => ({ name, paper, ratio: getContrast(colours.get(name)!, colours.get(paper)!) }))
        .filter(({ ratio }) => ratio < 4.5),
    );
    expect(faint).toEqual([]);
  });

  test.each([
    ["light", light],
    ["dark", dark],
  ])("keeps the colours of a figure apart from the paper: %s", (_name, colours) => {
    for (let series = 1; series <= 6; series++) {
      expect(getContrast(colours.get(`--series-${series}`)!, colours.get("--paper")!)).toBeGreaterThan(3);
    }
  });

  test("is the reader's choice before it is the system's", () => {
    const settings = createSettings(() => {
      throw new Error("denied");
    });
    expect(getTheme(settings, true)).toBe("dark");
    settings.set({ theme: "light" });
    expect(getTheme(settings, true)).toBe("light");
  });
});
