/** Prose, tokens and progress as outputs. */
import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { HtmlOutput, MarkdownOutput, ProgressOutput, TokenSequence, TokensOutput } from "./output.ts";

/** Markdown, with formulas between dollar signs. */
export function markdown(source: Text): MarkdownOutput {
  return brandOutput({ kind: "markdown", markdown: source });
}

/** HTML. The page sanitises it: no scripts, no styles, no pictures from elsewhere. */
export function html(source: string): HtmlOutput {
  return brandOutput({ kind: "html", html: String(source) });
}

/** One sequence of tokens, or several: chips with their ids, masks and labels. */
export function tokens(
  sequences: TokenSequence | readonly string[] | readonly TokenSequence[],
  { caption }: { readonly caption?: Text } = {},
): TokensOutput {
  const list = Array.isArray(sequences)
    ? (sequences as readonly (string | TokenSequence)[])
    : [sequences as TokenSequence];
  const words = list.length > 0 && list.every((item) => typeof item === "string");
  const plain = (words ? [{ tokens: list as string[] }] : (list as TokenSequence[])).map(toPlainSequence);
  return brandOutput({ kind: "tokens", sequences: plain, caption });
}

export interface ProgressSpec {
  readonly value: number;
  /** Left out when the end is not known. */
  readonly total?: number;
  readonly label?: Text;
  /** Units a second. */
  readonly rate?: number;
  readonly unit?: Text;
  /** A line beside the bar. */
  readonly note?: Text;
}

/** A progress bar. The time left follows from the rate. */
export function progress({ value, total, label, rate, unit, note }: ProgressSpec): ProgressOutput {
  const remaining = total !== undefined && rate ? Math.max(0, total - value) / rate : undefined;
  return brandOutput({ kind: "progress", value, total, label, rate, unit, note, remaining });
}

function toPlainSequence(sequence: TokenSequence): TokenSequence {
  const { tokens, labels } = sequence;
  const plain = {
    tokens: [...tokens],
    ids: numbers(sequence.ids),
    attentionMask: numbers(sequence.attentionMask),
    tokenTypeIds: numbers(sequence.tokenTypeIds),
    labels: labels && [...labels],
    weights: numbers(sequence.weights),
  };
  for (const [name, list] of Object.entries(plain)) {
    if (list && list.length !== tokens.length) {
      throw new RangeError(
        `tokens: there are ${tokens.length} tokens, but ${list.length} ${name}: give one a token.`,
      );
    }
  }
  return plain;
}

function numbers(list: ArrayLike<number> | undefined): number[] | undefined {
  return list && Array.from(list, Number);
}
