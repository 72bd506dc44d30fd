/** Prose, tokens and progress as outputs. */
import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import { toPlainList } from "./plain-data.ts";
import { checkText, kindOf } from "./text.ts";
import type { Span } from "../../nlp/data/schemes/spans.ts";
import { pairSpans } from "../../nlp/metrics/span-pairs.ts";
import type {
  HtmlOutput,
  MarkdownOutput,
  ProgressOutput,
  SpanAgreement,
  TokenSequence,
  TokensOutput,
  TokenSpan,
} from "./output.ts";

/**
 * Markdown, with formulas between dollar signs.
 *
 * @ko 마크다운을 보여 줍니다. 달러 기호 사이에 수식을 쓸 수 있습니다.
 */
export function markdown(source: Text): MarkdownOutput {
  checkText(source, "markdown: the source");
  return brandOutput({ kind: "markdown", markdown: source });
}

/**
 * HTML. The page sanitises it: no scripts, no styles, no pictures from elsewhere.
 *
 * @ko HTML을 보여 줍니다.
 */
export function html(source: string): HtmlOutput {
  return brandOutput({ kind: "html", html: String(source) });
}

/** What a sequence of tokens is made from: with `gold` and `predicted` spans, errors are marked by their kind. */
export interface TokenSequenceSpec extends Omit<TokenSequence, "spans"> {
  /** The entities that are there, [start, end) in tokens. */
  readonly gold?: readonly Span[];
  /** Those that a model found. */
  readonly predicted?: readonly Span[];
}

/**
 * One sequence of tokens, or several: chips with their ids, masks, labels and entities.
 *
 * @ko 토큰열을 칩으로 보여 줍니다. 번호와 마스크, 레이블, 개체명을 함께 표시합니다.
 * @example tokens({ tokens: words, gold, predicted }) // entities over their words, errors marked by kind
 */
export function tokens(
  sequences: TokenSequenceSpec | readonly string[] | readonly TokenSequenceSpec[],
  { caption }: { readonly caption?: Text } = {},
): TokensOutput {
  const list = Array.isArray(sequences)
    ? (sequences as readonly (string | TokenSequenceSpec)[])
    : [sequences as TokenSequenceSpec];
  const words = list.length > 0 && list.every((item) => typeof item === "string");
  const plain = (words ? [{ tokens: list as string[] }] : (list as TokenSequenceSpec[])).map(toPlainSequence);
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

/**
 * A progress bar. The time left follows from the rate.
 *
 * @ko 진행 막대를 보여 줍니다.
 */
export function progress(spec: ProgressSpec): ProgressOutput {
  const { value, total, label, rate, unit, note } = spec ?? {};
  if (typeof value !== "number" || Number.isNaN(value))
    throw new TypeError(
      `progress({ value, total }) takes a number as its value, but was given ${String(value)}.`,
    );
  if (total !== undefined && !(typeof total === "number" && total >= 0))
    throw new TypeError(
      `progress: the total must be a number that is not negative, but was ${String(total)}.`,
    );
  const remaining = total !== undefined && rate ? Math.max(0, total - value) / rate : undefined;
  return brandOutput({ kind: "progress", value, total, label, rate, unit, note, remaining });
}

function toPlainSequence(sequence: TokenSequenceSpec): TokenSequence {
  const { tokens, labels, gold, predicted } = sequence ?? {};
  if (!Array.isArray(tokens)) {
    throw new TypeError(
      `tokens: a sequence must be a list of strings or a record { tokens, ids, … }, but its tokens were ${kindOf(tokens)}.`,
    );
  }
  const numbers = (name: "ids" | "attentionMask" | "tokenTypeIds" | "weights") =>
    sequence[name] && toPlainList(sequence[name], `tokens: ${name}`).map(Number);
  const plain = {
    tokens: tokens.map(String),
    ids: numbers("ids"),
    attentionMask: numbers("attentionMask"),
    tokenTypeIds: numbers("tokenTypeIds"),
    labels: labels && [...labels],
    weights: numbers("weights"),
  };
  for (const [name, list] of Object.entries(plain)) {
    if (list && list.length !== tokens.length) {
      throw new RangeError(
        `tokens: there are ${tokens.length} tokens, but ${list.length} ${name}: give one a token.`,
      );
    }
  }
  return gold || predicted ? { ...plain, spans: toSpans(gold, predicted, tokens.length) } : plain;
}

/** Both sides in one list, each span with how it agrees with the other side. */
function toSpans(
  gold: readonly Span[] | undefined,
  predicted: readonly Span[] | undefined,
  length: number,
): TokenSpan[] {
  for (const [name, spans] of Object.entries({ gold, predicted })) {
    const odd = spans?.find(({ start, end }) => !(start >= 0 && start < end && end <= length));
    if (odd)
      throw new RangeError(
        `tokens: the ${name} span [${odd.start}, ${odd.end}) of ${odd.label} does not lie in the ${length} tokens: give start (from 0) and end (one behind the last).`,
      );
  }
  const plain = ({ start, end, label }: Span, of: TokenSpan["of"], agreement?: SpanAgreement): TokenSpan => ({
    start,
    end,
    label,
    of,
    ...(agreement && { agreement }),
  });
  if (!gold || !predicted) {
    return (gold ?? predicted ?? []).map((span) => plain(span, gold ? "gold" : "predicted"));
  }
  const { pairs, missed, invented } = pairSpans(gold, predicted);
  return [
    ...pairs.flatMap((pair) => [
      plain(pair.gold, "gold", pair.pairing),
      plain(pair.predicted, "predicted", pair.pairing),
    ]),
    ...missed.map((span) => plain(span, "gold", "missed")),
    ...invented.map((span) => plain(span, "predicted", "invented")),
  ];
}
