/** What a displayed value looks like: an output as it is, everything else by what it is. */
import { inspectOutput } from "./inspect.ts";
import type { Output, TextOutput } from "./output.ts";
import { isLocalized } from "./text.ts";

/** Marks the plain data made by gongbu/display as an output. Global, so that every bundle's copy agrees. */
const OUTPUT = Symbol.for("gongbu.output");

/** Characters of a text that are sent. */
const MOST_CHARACTERS = 100_000;

/** Makes an output that `display` takes as it is. */
export function brandOutput<T extends Output>(output: T): T {
  Object.defineProperty(output, OUTPUT, { value: true });
  return output;
}

export function isOutput(value: unknown): value is Output {
  return typeof value === "object" && value !== null && OUTPUT in value;
}

/** The output for a value; undefined shows nothing. */
export function maybeOutput(value: unknown): Output | undefined {
  if (value === undefined) return undefined;
  if (isOutput(value)) return value;
  if (isLocalized(value)) return { kind: "text", text: { en: value.en, ko: value.ko } };
  if (typeof value === "string" && value.includes("\n")) return textOutput(value);
  return inspectOutput(value);
}

function textOutput(value: string): TextOutput {
  const rest = value.length - MOST_CHARACTERS;
  if (rest <= 0) return { kind: "text", text: value };
  const shown = value.slice(0, MOST_CHARACTERS);
  return {
    kind: "text",
    text: {
      en: `${shown}\n… ${rest} more characters are not shown.`,
      ko: `${shown}\n… ${rest}자가 더 있지만 표시하지 않습니다.`,
    },
  };
}
