import type { SpanAgreement, TokensOutput, TokenSequence } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { SPAN_SIGNS } from "./span-lanes.tsx";
import { TokenChip } from "./token-chip.tsx";
import { findLabelKinds, labelColor, largestWeight, visibleToken } from "./token-text.ts";
import { TOKEN_WORDS } from "./token-words.ts";
import "./tokens.css";

/** Sequences of tokens as chips, with what is known of each token under it. */
export function Tokens({ output, language }: { output: TokensOutput; language: Language }) {
  const { sequences, caption } = output;
  const kinds = findLabelKinds(sequences);
  const largest = largestWeight(sequences);
  return (
    <figure class="tokens">
      {sequences.map((sequence) => (
        <div class="tokens-sequence">
          <p class="output-hidden">{describeSequence(sequence, language)}</p>
          {/* The sentence above says all of it in order; the chips would be read out piece by piece. */}
          <div class="tokens-row" aria-hidden="true">
            {sequence.tokens.map((_, index) => (
              <TokenChip
                sequence={sequence}
                index={index}
                kinds={kinds}
                largest={largest}
                language={language}
              />
            ))}
          </div>
        </div>
      ))}
      <Legend sequences={sequences} kinds={kinds} largest={largest} language={language} />
      {caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(caption, language)}</figcaption>
      )}
    </figure>
  );
}

const AGREEMENTS = Object.keys(SPAN_SIGNS) as SpanAgreement[];

interface LegendProps {
  readonly sequences: readonly TokenSequence[];
  readonly kinds: readonly string[];
  readonly largest: number;
  readonly language: Language;
}

function Legend({ sequences, kinds, largest, language }: LegendProps) {
  const hasPairs = sequences.some(({ tokenTypeIds }) => tokenTypeIds?.some((type) => type !== 0));
  const segments = hasPairs ? [0, 1] : [];
  const negative = sequences.some(({ weights }) => weights?.some((weight) => weight < 0));
  const words = TOKEN_WORDS[language];
  const present = new Set(sequences.flatMap(({ spans = [] }) => spans.map(({ agreement }) => agreement)));
  const agreements = AGREEMENTS.filter((agreement) => present.has(agreement));
  if (kinds.length === 0 && !hasPairs && largest === 0) return null;
  return (
    <div class="tokens-legend" aria-hidden="true">
      {kinds.map((kind) => (
        <span class="tokens-legend-item" style={{ "--tag": labelColor(kinds, kind) }}>
          <span class="tokens-swatch" />
          {kind}
        </span>
      ))}
      {agreements.length > 0 && (
        <span class="tokens-legend-item">
          <span class="tokens-sides" /> {words.sides.gold} / {words.sides.predicted}
        </span>
      )}
      {agreements.map((agreement) => (
        <span class="tokens-legend-item">
          <strong>{SPAN_SIGNS[agreement]}</strong> {words.agreements[agreement]}
        </span>
      ))}
      {segments.map((segment) => (
        <span class="tokens-legend-item">
          <span class="tokens-segment" data-segment={segment === 0 ? undefined : ""} />
          {TOKEN_WORDS[language].segment(segment)}
        </span>
      ))}
      {largest > 0 && (
        <span class="tokens-legend-item">
          {formatNumber(negative ? -largest : 0)}
          <span class="tokens-scale" data-positive={negative ? undefined : ""} />
          {formatNumber(largest)}
        </span>
      )}
    </div>
  );
}

/** A sequence in a sentence: its tokens in order, with their labels; padding is only counted. */
function describeSequence(
  { tokens, attentionMask, labels, spans = [] }: TokenSequence,
  language: Language,
): string {
  const words = TOKEN_WORDS[language];
  const padding = attentionMask?.filter((mask) => mask === 0).length ?? 0;
  const read = tokens.flatMap((token, i) => {
    if (attentionMask?.[i] === 0) return [];
    const label = labels?.[i];
    return [label ? `${visibleToken(token)} (${label})` : visibleToken(token)];
  });
  const count = [words.count(tokens.length), padding > 0 && words.paddingCount(padding)]
    .filter(Boolean)
    .join(", ");
  const entities = spans.map(({ start, end, label, of, agreement }) => {
    const text = tokens.slice(start, end).map(visibleToken).join(" ");
    return `${words.sides[of]} ${label}: ${text}${agreement ? ` (${words.agreements[agreement]})` : ""}`;
  });
  return [`${count}: ${read.join(", ")}`, ...entities].join(". ");
}
