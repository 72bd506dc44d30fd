/** Patterns of tokenizer.json, which are written for Oniguruma, as patterns of JavaScript. */
import type { PatternSpec } from "./tokenizer-file.ts";

/** Letters, marks, digits and signs like "_", as `\w` means them there; in JavaScript it means ASCII alone. */
export const WORD_CHARACTERS = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";

/** The same where the library does not use Oniguruma: joiners, as in emoji of several people, are part of a word too. */
export const WORD_CHARACTERS_AND_JOINERS = `${WORD_CHARACTERS}\\u200c\\u200d`;

/** Outside of a class also ¹, ², ³, ¼, ½ and ¾. */
const WORD_CLASS = `${WORD_CHARACTERS}\\u00b2\\u00b3\\u00b9\\u00bc-\\u00be`;

/** There `\s` is Unicode's white space; in JavaScript it is also U+FEFF. `\d` is any digit, not only 0 to 9. */
const ESCAPES: Readonly<Record<string, string>> = {
  s: "\\p{White_Space}",
  S: "\\P{White_Space}",
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  "-": "\\x2d",
};

/**
 * The pattern, for all its matches.
 *
 * @throws A SyntaxError where the pattern uses what JavaScript does not have.
 */
export function toRegExp(pattern: PatternSpec): RegExp {
  return new RegExp("Regex" in pattern ? translate(pattern.Regex) : escapePattern(pattern.String), "gu");
}

/** A text as a pattern that matches it. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function translate(source: string): string {
  let translated = "";
  let inClass = false;
  /** Of each open group: whether capitals count as small letters, `(?i:…)`. */
  const folding: boolean[] = [];
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (sign === "\\") {
      const [escape] = /^\\(?:[pP]\{[^}]*\}|[^])/u.exec(source.slice(at)) ?? [];
      if (escape === undefined) throw new SyntaxError("it ends in a backslash");
      translated += translateEscape(escape, inClass);
      at += escape.length - 1;
    } else if (inClass) {
      if (sign === "[" || source.startsWith("&&", at)) throw new SyntaxError("a class within a class");
      inClass = sign !== "]";
      translated += sign;
    } else if (source.startsWith("(?i:", at)) {
      folding.push(true);
      translated += "(?:";
      at += 3;
    } else {
      if (sign === "(") folding.push(folding.at(-1) ?? false);
      if (sign === ")") folding.pop();
      if (sign === "[" && folding.at(-1)) throw new SyntaxError("a class within (?i:…)");
      inClass = sign === "[";
      const letter = folding.at(-1) === true && /[a-z]/i.test(sign);
      translated += letter ? `[${sign.toLowerCase()}${sign.toUpperCase()}]` : sign;
    }
  }
  return translated;
}

function translateEscape(escape: string, inClass: boolean): string {
  const letter = escape[1];
  if (escape.length > 2 && /p/i.test(letter)) return translateProperty(escape);
  if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter];
  if (letter === "w") return inClass ? WORD_CHARACTERS : `[${WORD_CLASS}]`;
  if (letter === "W" && !inClass) return `[^${WORD_CLASS}]`;
  if (/[hHRXGKAzZaebBW]/.test(letter)) throw new SyntaxError(`\\${letter} is not known`);
  // JavaScript refuses a backslash before a sign that needs none.
  return /[a-zA-Z0-9^$\\.*+?()[\]{}|/]/.test(letter) ? escape : escape.slice(1);
}

/** A script is named without "Script=" there: \p{Han}. */
function translateProperty(escape: string): string {
  try {
    return new RegExp(escape, "u").source;
  } catch {
    return escape.replace("{", "{Script=");
  }
}
