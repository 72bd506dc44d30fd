import { diffArrays } from "diff";

/** A run of words: in both texts, only in the one that is shown, or only in the reference. */
export interface DifferencePart {
  readonly kind: "same" | "added" | "missing";
  readonly text: string;
}

/** The words of a text beside those of a reference; without one, the text is all the same. */
export function findDifference(text: string, reference: string | undefined): DifferencePart[] {
  if (reference === undefined) return [{ kind: "same", text }];
  return diffArrays(toWords(reference), toWords(text)).map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "missing" : "same",
    text: value.join(" "),
  }));
}

function toWords(text: string): string[] {
  return text.trim() === "" ? [] : text.trim().split(/\s+/);
}
