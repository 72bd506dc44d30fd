/** What a displayed value looks like: an output as it is, everything else by what it is. */
import type { Localized } from "../localized.ts";
import { inspectOutput } from "./inspect.ts";
import type { Output } from "./output.ts";

/** Marks the plain data made by gongbu/display as an output. Global, so that every bundle's copy agrees. */
const OUTPUT = Symbol.for("gongbu.output");

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
  if (typeof value === "string" && value.includes("\n")) return { kind: "text", text: value };
  return inspectOutput(value);
}

function isLocalized(value: unknown): value is Localized {
  return (
    typeof value === "object" &&
    value !== null &&
    "en" in value &&
    "ko" in value &&
    typeof value.en === "string" &&
    typeof value.ko === "string"
  );
}
