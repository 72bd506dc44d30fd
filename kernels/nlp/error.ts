/** Words in both languages of the course. */
export interface Localized {
  readonly en: string;
  readonly ko: string;
}

/** What kind of mistake it was. Each code is the name of a page under docs/errors/. */
export type LearnerErrorCode =
  | "empty-input"
  | "length-mismatch"
  | "shape-mismatch"
  | "out-of-range"
  | "unknown-label"
  | "wrong-option"
  | "malformed-table"
  | "missing-file"
  | "unreadable-file"
  | "disposed"
  | "not-finite";

export interface LearnerErrorSpec {
  readonly code: LearnerErrorCode;
  /** The function or class that was called, as a learner writes it: "crossEntropy". */
  readonly where: string;
  /** One sentence each, with its full stop: what was given, what was expected, what to try. */
  readonly given: Localized;
  readonly expected: Localized;
  readonly remedy: Localized;
}

/**
 * A mistake in the arguments of a function of this library, told to the person who called it:
 * the function's name, what was given, what was expected, and what to try next.
 *
 * `message` is the English text; `text` has both languages.
 */
export class LearnerError extends Error {
  override name = "LearnerError";
  readonly code: LearnerErrorCode;
  readonly text: Localized;

  constructor(spec: LearnerErrorSpec, options?: ErrorOptions) {
    const { code, where, given, expected, remedy } = spec;
    const text = {
      en: `${where}: ${given.en} ${expected.en} ${remedy.en}`,
      ko: `${where}: ${given.ko} ${expected.ko} ${remedy.ko}`,
    };
    super(text.en, options);
    this.code = code;
    this.text = text;
  }
}
