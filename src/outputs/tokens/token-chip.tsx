import type { TokenSequence } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { SpanLanes } from "./span-lanes.tsx";
import { labelColor, maybeLabelKind, visibleToken } from "./token-text.ts";
import { TOKEN_WORDS } from "./token-words.ts";

export interface TokenChipProps {
  readonly sequence: TokenSequence;
  readonly index: number;
  /** Every kind of label in the output; its place in the list gives its colour. */
  readonly kinds: readonly string[];
  /** The weight that is drawn at full strength. */
  readonly largest: number;
  readonly language: Language;
}

/** One token: its text, and under it its id and its label. */
export function TokenChip({ sequence, index, kinds, largest, language }: TokenChipProps) {
  const { tokens, ids, attentionMask, tokenTypeIds, labels, weights } = sequence;
  const label = labels?.[index];
  const kind = maybeLabelKind(label);
  const weight = weights?.[index];
  const weighted = weight !== undefined && Number.isFinite(weight) && largest > 0;
  return (
    <span
      class="token"
      title={describeToken(sequence, { index, language })}
      data-padding={attentionMask?.[index] === 0 ? "" : undefined}
      data-segment={tokenTypeIds?.[index] ? "" : undefined}
      data-labelled={kind === undefined ? undefined : ""}
      data-sign={weighted ? (weight < 0 ? "-" : "+") : undefined}
      style={{
        "--strength": weighted ? Math.abs(weight) / largest : undefined,
        "--tag": kind === undefined ? undefined : labelColor(kinds, kind),
      }}
    >
      <span class="token-text">{visibleToken(tokens[index])}</span>
      {ids && <span class="token-note">{ids[index]}</span>}
      {labels && (
        <span class={kind === undefined ? "token-note" : "token-note token-tag"}>{label ?? "·"}</span>
      )}
      <SpanLanes sequence={sequence} index={index} kinds={kinds} />
    </span>
  );
}

function describeToken(
  sequence: TokenSequence,
  { index, language }: { index: number; language: Language },
): string {
  const { tokens, ids, attentionMask, tokenTypeIds, labels, weights } = sequence;
  const words = TOKEN_WORDS[language];
  const id = ids?.[index];
  const type = tokenTypeIds?.[index];
  const label = labels?.[index];
  const weight = weights?.[index];
  const facts = [
    JSON.stringify(tokens[index]),
    id !== undefined && words.id(id),
    type !== undefined && words.segment(type),
    label && words.tag(label),
    weight !== undefined && words.weight(formatNumber(weight)),
    attentionMask?.[index] === 0 && words.padding,
  ];
  return facts.filter(Boolean).join(" · ");
}
