/** The form of a rule that changes the scores of the next token. */

/** Where a row stands when the rule is applied to it. */
export interface RowContext {
  /** Everything so far: the prompt (or the decoder's start token), then what was generated. */
  readonly ids: readonly number[];
  readonly promptLength: number;
  /** The place of the row's input in `inputs`. */
  readonly input: number;
}

/** Which option forbade a token, and on what ground. */
export interface Forbidden {
  /** The option, or the name of a rule of your own. */
  readonly option: string;
  /** The run of tokens that would have come again, or that is a bad word; its last token is the forbidden one. */
  readonly ngram?: readonly number[];
}

export interface LogitsProcessor {
  /** The option that it stands for; the trace names it where the rule forbids a token. */
  readonly name: string;
  /**
   * Changes the scores [vocabulary] in place; −Infinity forbids a token.
   *
   * @example { name: "noQuestions", process: (scores) => { scores[questionMark] = -Infinity } }
   */
  process(scores: Float64Array, context: RowContext): void;
  /** What the trace says of a token that the rule has just forbidden. Default: the rule's name. */
  explain?(token: number, context: RowContext): Forbidden;
}

/** Forbids all tokens but these, whose scores stay. */
export function keepOnly(scores: Float64Array, tokens: Iterable<number>): void {
  const kept = Array.from(tokens, (token) => [token, scores[token]] as const);
  scores.fill(-Infinity);
  for (const [token, score] of kept) scores[token] = score;
}
