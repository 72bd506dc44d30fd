/** From the attributes written on a fence to those of the cell, each checked. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { CellAttributes, NotebookError } from "../notebook.ts";
import { notebookError } from "./errors.ts";
import { maybeAttributeText, type CellInfo, type InfoAttribute } from "./info.ts";

const named = ["exercise", "check", "solution", "bet", "after"] as const;
const flags = ["fold", "app"] as const;
const known: readonly string[] = ["id", "run", ...flags, ...named];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface ReadAttributes {
  /** Undefined where the fence has no id: it is quoted code, or an error says what is wrong with it. */
  readonly id: string | undefined;
  readonly attributes: CellAttributes;
  readonly errors: readonly NotebookError[];
}

/** The cell's id and attributes; what is wrong with them is listed and left out. */
export function readCellAttributes(info: CellInfo, place: { path: string; line: number }): ReadAttributes {
  const errors: NotebookError[] = [];
  const attributes: Mutable<CellAttributes> = { run: "live", fold: false };
  const malformed = (found: string, expected: Localized) =>
    errors.push(notebookError("malformed-attributes", { ...place, found, expected }));
  let id: string | undefined;

  // Braces without an id are quoted code, unless they hold what only a cell has.
  if (!info.problem && !info.attributes.some(({ name }) => name === "id")) {
    const attribute = info.attributes.find(({ name }) => known.includes(name))?.name;
    if (attribute !== undefined) errors.push(notebookError("missing-id", { ...place, attribute }));
    return { id, attributes, errors };
  }
  for (const { name, value } of info.attributes) {
    if (isFlag(name)) {
      const expected = { en: `${name} takes no value`, ko: `${name}에는 값을 쓰지 않습니다` };
      if (value === undefined) attributes[name] = true;
      else malformed(`${name}=${value}`, expected);
    } else if (!known.includes(name)) {
      errors.push(notebookError("unknown-attribute", { ...place, attribute: name, known: known.join(", ") }));
    } else if (!value) {
      malformed(name, { en: `a value is missing: ${name}=VALUE`, ko: `값이 없습니다: ${name}=값` });
    } else if (name === "id") {
      id = value;
      if (!isCellId(value)) errors.push(notebookError("bad-id", { ...place, id: value }));
    } else if (name === "run") {
      if (value === "click" || value === "live") attributes.run = value;
      else errors.push(notebookError("unknown-run", { ...place, value }));
    } else {
      attributes[name as (typeof named)[number]] = value;
    }
  }
  if (info.problem) malformed(info.problem.found, info.problem.expected);
  return { id, attributes, errors };
}

function isFlag(name: string): name is (typeof flags)[number] {
  return (flags as readonly string[]).includes(name);
}

export function isCellId(id: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(id);
}

/**
 * The info string with these attributes set; the others stay as they are written. An attribute that is given as
 * undefined, false or "live" is taken away.
 */
export function setInfoAttributes(
  info: string,
  { written, attributes, path, line }: SetAttributesOptions,
): string {
  const changes: { from: number; to: number; text: string }[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (!known.includes(name)) {
      throw notebookError("unknown-attribute", { path, line, attribute: name, known: known.join(", ") });
    }
    const before = written.attributes.find((attribute) => attribute.name === name);
    if (before && (before.value ?? true) === value) continue;
    if (value === undefined || value === false || (name === "run" && value === "live")) {
      if (before) changes.push({ ...withBlank(before, info), text: "" });
      continue;
    }
    const text = maybeAttributeText(name, value === true ? undefined : String(value));
    if (text === undefined) {
      const expected = {
        en: "a value is not empty, has one kind of quotes at most, no backtick and no line end",
        ko: "값은 비어 있을 수 없고 따옴표는 한 종류만 쓸 수 있으며 백틱과 줄바꿈은 쓸 수 없습니다",
      };
      throw notebookError("malformed-attributes", {
        path,
        line,
        found: `${name}=${String(value)}`,
        expected,
      });
    }
    if (before) changes.push({ from: before.from, to: before.to, text });
    else changes.push({ from: written.end, to: written.end, text: ` ${text}` });
  }
  // From the last place to the first; those at one place in the order given.
  return changes
    .map((change, order) => ({ ...change, order }))
    .sort((a, b) => b.from - a.from || b.order - a.order)
    .reduce((done, { from, to, text }) => done.slice(0, from) + text + done.slice(to), info);
}

interface SetAttributesOptions {
  readonly written: CellInfo;
  readonly attributes: Partial<CellAttributes> & { readonly id?: string };
  readonly path: string;
  readonly line: number;
}

function withBlank({ from, to }: InfoAttribute, info: string): { from: number; to: number } {
  const blanks = /[ \t]*$/.exec(info.slice(0, from))![0].length;
  return { from: from - blanks, to };
}
