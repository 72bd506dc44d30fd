/** Tokens made readable: what has no shape on the page gets one. */
import type { TokenSequence } from "../../../kernels/runtime/display/output.ts";

const SHAPES: Readonly<Record<string, string>> = { " ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍" };

/** A token with its spaces and line breaks visible. "▁", SentencePiece's own mark for a space, is left as it is. */
export function visibleToken(token: string): string {
  return token === "" ? "∅" : token.replace(/[ \n\t\r]/g, (space) => SHAPES[space]);
}

/** The kind of thing that a tag of a BIO or BIOES scheme marks: "PER" for "B-PER". Undefined for outside. */
export function maybeLabelKind(label: string | null | undefined): string | undefined {
  if (label === null || label === undefined || label === "O") return undefined;
  return label.replace(/^[BIESLU]-/, "");
}

/** Kinds of label in the order in which they first appear: the index chooses a kind's colour. */
export function findLabelKinds(sequences: readonly TokenSequence[]): string[] {
  const kinds = new Set<string>();
  for (const { labels, spans } of sequences) {
    for (const { label } of spans ?? []) kinds.add(label);
    for (const label of labels ?? []) {
      const kind = maybeLabelKind(label);
      if (kind !== undefined) kinds.add(kind);
    }
  }
  return [...kinds];
}

/** The colour of a kind of label, one of the page's six. */
export function labelColor(kinds: readonly string[], kind: string): string {
  return `var(--series-${(kinds.indexOf(kind) % 6) + 1})`;
}

/** The largest weight, whatever its sign: it is drawn at full strength. */
export function largestWeight(sequences: readonly TokenSequence[]): number {
  let largest = 0;
  for (const { weights } of sequences) {
    for (const weight of weights ?? [])
      if (Number.isFinite(weight)) largest = Math.max(largest, Math.abs(weight));
  }
  return largest;
}
