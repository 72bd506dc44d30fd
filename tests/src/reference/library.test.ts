import { describe, expect, test } from "vitest";
import { findGaps } from "../../../src/reference/gaps.ts";
import { readLibrary } from "../../../src/reference/library.ts";
import { renderModuleMarkdown } from "../../../src/reference/markdown.ts";
import type { Entry } from "../../../src/reference/reference.ts";

function read(files: Readonly<Record<string, string>>) {
  const readFile = (file: string) => {
    if (!(file in files)) throw new Error(`no ${file}`);
    return files[file];
  };
  return readLibrary({ modules: [{ specifier: "gongbu/words", file: "words/index.ts" }], readFile })[0];
}

/** The only entry of a module that exports one thing. */
function readOne(code: string, name: string): Entry {
  const module = read({ "words/index.ts": `export { ${name} } from "./a.ts";`, "words/a.ts": code });
  return module.entries[0];
}

describe("an entry", () => {
  test("has the signature as it is written, without the body", () => {
    const { signature, kind, file, line } = readOne(
      "\nexport async function cut<T>(\n  list: readonly T[],\n  { deep = false }: CutOptions = {},\n): Promise<T[]> {\n  return [];\n}",
      "cut",
    );
    expect(signature).toBe(
      "function cut<T>(\n  list: readonly T[],\n  { deep = false }: CutOptions = {},\n): Promise<T[]>",
    );
    expect([kind, file, line]).toEqual(["function", "words/a.ts", 2]);
  });

  test("shows the overloads of a function and not its implementation", () => {
    const code = `/** Cuts. */
export function cut(a: string): string[];
export function cut(a: number): number[];
export function cut(a: unknown): unknown { return a }`;
    const { signature, doc } = readOne(code, "cut");
    expect(signature).toBe("function cut(a: string): string[]\nfunction cut(a: number): number[]");
    expect(doc.text).toBe("Cuts.");
  });

  test("of a class has its constructor and its public members, but no override without words", () => {
    const code = `export class Cutter<T> extends Base<T> {
  /** How often. */
  readonly count: number = 0;
  #hidden = 1;
  private secret = 2;
  constructor(size: number, options: CutOptions = {}) { super(); }
  get size(): number { return 1 }
  /** Cuts. */
  cut(text: string, { deep }: { readonly deep?: boolean } = {}): string[] { return [] }
  override toString(): string { return "" }
  static from(json: string): Cutter { return new Cutter(1) }
}`;
    const { signature, members } = readOne(code, "Cutter");
    expect(signature).toBe(
      "class Cutter<T> extends Base<T> {\n  constructor(size: number, options: CutOptions = {});\n}",
    );
    expect(members.map((member) => member.code)).toEqual([
      "count: number",
      "size: number",
      "cut(text: string, { deep }: { readonly deep?: boolean } = {}): string[]",
      "static from(json: string): Cutter",
    ]);
    expect(members[0].doc.text).toBe("How often.");
  });

  test("shows the options of its arguments, with what they inherit, pick and leave out", () => {
    const module = read({
      "words/index.ts": 'export { cut, type CutOptions } from "./a.ts";\nexport type * from "./b.ts";',
      "words/a.ts": `import type { Base, Other } from "./b.ts";
export interface CutOptions extends Base, Pick<Other, "x"> {
  /** Default 1. */
  readonly deep?: number;
}
/** Cuts. */
export function cut(options: CutOptions): void {}`,
      "words/b.ts": `export interface Base { readonly seed?: number }
export type Other = { readonly x: 1; readonly y: 2 } & Omit<Base, "seed">;`,
    });
    expect(module.entries.map(({ name }) => name)).toEqual(["cut", "Base", "Other"]);
    const [{ options }, , other] = module.entries;
    expect(options[0].name).toBe("CutOptions");
    expect(options[0].members.map(({ code }) => code)).toEqual(["deep?: number", "seed?: number", "x: 1"]);
    expect(options[0].members[0].doc.text).toBe("Default 1.");
    expect(other.members.map(({ name }) => name)).toEqual(["x", "y"]);
  });

  test("names many options that another entry shows instead of listing them again", () => {
    const many = Array.from({ length: 7 }, (_, index) => `readonly o${index}?: number;`).join("\n");
    const { entries } = read({
      "words/index.ts": 'export { a, b, c } from "./a.ts";',
      "words/a.ts": `interface ManyOptions { ${many} }
interface MoreOptions extends ManyOptions { readonly own: string }
export function a(options: ManyOptions): void {}
export function b(options: MoreOptions): void {}
export function c(options: ManyOptions): void {}`,
    });
    const shown = entries.map(({ options: [{ members, more }] }) => [members.length, more]);
    expect(shown).toEqual([
      [7, []],
      [1, ["ManyOptions"]],
      [0, ["ManyOptions"]],
    ]);
  });

  test("is found through other modules and under another name", () => {
    const { entries, doc } = read({
      "words/index.ts": '/** All words. */\nexport { inner as outer } from "../other/index.ts";',
      "other/index.ts": 'export * from "./deep.ts";',
      "other/deep.ts": "/** Deep. */\nexport const inner: number = 3;",
    });
    expect(entries[0]).toMatchObject({ name: "outer", kind: "constant", file: "other/deep.ts" });
    expect(entries[0].signature).toBe("const inner: number");
    expect(doc.text).toBe("All words.");
  });

  test("that is exported and declared nowhere is an error that names both", () => {
    expect(() => read({ "words/index.ts": 'export { gone } from "./a.ts";', "words/a.ts": "" })).toThrow(
      /words\/index\.ts exports gone/,
    );
  });
});

const module = read({
  "words/index.ts":
    '/**\n * Words.\n *\n * @ko 단어입니다.\n */\nexport { cut, Cut, type Shape } from "./a.ts";',
  "words/a.ts": `/**
 * Cuts a | b:
 *
 *     cut(x) = x
 *
 * @ko 자릅니다.
 * @example cut("a") // ["a"]
 * @throws Where it is empty.
 */
export function cut(text: string): string[] { return [] }
export class Cut {}
/** A shape. */
export interface Shape { readonly size: number }`,
});

describe("a module's Markdown", () => {
  const markdown = renderModuleMarkdown(module);

  test("lists its names with both summaries, and keeps two names apart that differ in case alone", () => {
    expect(markdown).toContain("| [`cut`](#cut) | Cuts a \\| b. | 자릅니다. |");
    expect(markdown).toContain("| [`Cut`](#cut-1) |  |  |");
    expect(markdown).toContain("Types: [`Shape`](#shape)");
  });

  test("has for each name the signature, the words, the errors, the example and the file", () => {
    const section = markdown.slice(markdown.indexOf("## cut\n"), markdown.indexOf("## Cut\n"));
    expect(section).toBe(`## cut

\`\`\`ts
function cut(text: string): string[]
\`\`\`

Cuts a | b:

    cut(x) = x

자릅니다.

**Throws** Where it is empty.

**Example**

\`\`\`ts
cut("a") // ["a"]
\`\`\`

Source: [words/a.ts](../../words/a.ts)

`);
  });
});

test("gaps are named with how they are filled", () => {
  expect(findGaps([module])).toEqual(["gongbu/words: Cut has no docstring; begin it with a sentence that says what it computes."]); // prettier-ignore
  const other = read({
    "words/index.ts": '/** Words.\n * @ko 단어 */\nexport { a, b } from "./a.ts";',
    "words/a.ts":
      "/** A. */\nexport function a(): void {}\n/** B.\n * @ko 비입니다. */\nexport function b(x: (y: number) => void) {}",
  });
  expect(findGaps([other])).toEqual([
    'gongbu/words (the comment above its index.ts): its @ko line must be a Korean sentence that ends with "…니다.".',
    'gongbu/words: a has no Korean line; add "@ko …" to its docstring, one sentence.',
    "gongbu/words: b does not say what it returns; write the type, the reference shows it.",
  ]);
  const broken = read({
    "words/index.ts": '/** Words.\n * @ko 단어입니다. */\nexport { a } from "./a.ts";',
    "words/a.ts": `/**
 * Orders above
 * 1. All of them:
 *     x = 1
 *
 *     y = 2
 * - one
 *     more
 *
 * @ko 에이입니다.
 */
export function a(): void {}`,
  });
  expect(findGaps([broken])).toEqual(
    ["1. All of them:", "x = 1"].map((line) => expect.stringContaining(`misreads the line "${line}"`)),
  );
});
