import { checkOneOf } from "../arguments.ts";

export interface NormalizeOptions {
  /**
   * The Unicode normalisation form. Default "NFC": one syllable, one character. "NFKC" also folds full-width letters
   * and ligatures ("ＡＢ" → "AB"). "none" leaves the characters as they are.
   */
  readonly form?: "NFC" | "NFD" | "NFKC" | "NFKD" | "none";
  /** Default false. */
  readonly lowercase?: boolean;
  /** Runs of white space become one blank, and none is left at the ends. Default true. */
  readonly collapseWhitespace?: boolean;
}

/** Characters that nobody sees: controls other than tab and line end, zero-width space and joiners of no script, BOM. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff]/g;

/**
 * Brings texts that look the same to the same characters.
 *
 * A Mac stores a file name's "한" as three characters (ㅎ + ㅏ + ㄴ, NFD), a keyboard types one (NFC): without
 * normalisation they are two words to a vocabulary. Source: Unicode Standard Annex #15.
 *
 * @ko 겉보기에 같은 글을 같은 글자로 맞춥니다. 조합형으로 저장된 한글도 한 글자로 모읍니다.
 * @example
 * normalize("  Caf\u0065\u0301  "); // "Café", 4 characters
 */
export function normalize(text: string, options: NormalizeOptions = {}): string {
  const { form = "NFC", lowercase = false, collapseWhitespace = true } = options;
  checkOneOf(form, { where: "normalize", what: "form", allowed: ["NFC", "NFD", "NFKC", "NFKD", "none"] });
  let normalized = text.replace(INVISIBLE, "");
  if (form !== "none") normalized = normalized.normalize(form);
  if (lowercase) normalized = normalized.toLowerCase();
  if (collapseWhitespace) normalized = normalized.replace(/\s+/g, " ").trim();
  return normalized;
}
