import type { PatternSpec } from "./tokenizer-file.ts";

/**
 * A pattern of tokenizer.json, for all its matches. There `\s` is Unicode's white space; in JavaScript it is also U+FEFF.
 */
export function toRegExp(pattern: PatternSpec): RegExp {
  const source = "Regex" in pattern ? pattern.Regex : pattern.String.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const unicode = source.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}");
  return new RegExp(unicode, "gu");
}
