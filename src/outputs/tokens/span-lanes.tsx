import type { SpanAgreement, TokenSequence, TokenSpan } from "../../../kernels/runtime/display/output.ts";
import { labelColor } from "./token-text.ts";

const SIDES = ["gold", "predicted"] as const;

/** Errors told apart by a sign, not by color alone. */
export const SPAN_SIGNS: Readonly<Record<SpanAgreement, string>> = {
  correct: "✓",
  type: "⇄",
  boundary: "↔",
  "boundary-and-type": "✗",
  missed: "○",
  invented: "+",
};

export interface SpanLanesProps {
  readonly sequence: TokenSequence;
  readonly index: number;
  /** Every kind of label in the output; its place in the list gives its color. */
  readonly kinds: readonly string[];
}

/** Under a token: a lane for the entities that are there and one for those that were found, each span a bar over its tokens. */
export function SpanLanes({ sequence, index, kinds }: SpanLanesProps) {
  const { spans } = sequence;
  if (!spans) return null;
  const sides = SIDES.filter((side) => spans.some(({ of }) => of === side));
  return (
    <>
      {sides.map((side) => (
        <Lane
          key={side}
          span={spans.find(({ of, start, end }) => of === side && start <= index && index < end)}
          index={index}
          kinds={kinds}
        />
      ))}
    </>
  );
}

interface LaneProps {
  readonly span: TokenSpan | undefined;
  readonly index: number;
  readonly kinds: readonly string[];
}

function Lane({ span, index, kinds }: LaneProps) {
  if (!span) return <span class="token-lane" />;
  const { start, end, label, of, agreement } = span;
  const told = agreement && of === (agreement === "missed" ? "gold" : "predicted");
  return (
    <span
      class="token-lane"
      data-of={of}
      data-agreement={told ? agreement : undefined}
      data-first={index === start ? "" : undefined}
      data-last={index === end - 1 ? "" : undefined}
      style={{ "--tag": labelColor(kinds, label) }}
    >
      {index === start && (told ? `${SPAN_SIGNS[agreement]} ${label}` : label)}
    </span>
  );
}
