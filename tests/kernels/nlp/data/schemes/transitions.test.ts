import { allowedTransitions, findInvalidLabels, schemeLabels, type SchemeName } from "gongbu/data";
import { expect, test } from "vitest";

test("in BIO I- follows B- and I- of its type and nothing else, and may not come first", () => {
  const { transitions, start, end } = allowedTransitions(["O", "B-A", "I-A", "B-B", "I-B"], {
    scheme: "BIO",
  });
  const [yes, no] = [true, false];
  expect(transitions).toEqual([
    [yes, yes, no, yes, no],
    [yes, yes, yes, yes, no],
    [yes, yes, yes, yes, no],
    [yes, yes, no, yes, yes],
    [yes, yes, no, yes, yes],
  ]);
  expect(start).toEqual([yes, yes, no, yes, no]);
  expect(end).toEqual([yes, yes, yes, yes, yes]);
});

test("in BIOES an entity that was begun must end before the sentence does", () => {
  const { transitions, start, end } = allowedTransitions(["O", "B-A", "I-A", "E-A", "S-A"], {
    scheme: "BIOES",
  });
  expect(transitions.map((row) => row.map(Number))).toEqual([
    [1, 1, 0, 0, 1],
    [0, 0, 1, 1, 0],
    [0, 0, 1, 1, 0],
    [1, 1, 0, 0, 1],
    [1, 1, 0, 0, 1],
  ]);
  expect(start.map(Number)).toEqual([1, 1, 0, 0, 1]);
  expect(end.map(Number)).toEqual([1, 0, 0, 1, 1]);
});

test.each<SchemeName>(["IO", "BIO", "IOB1", "BIOES", "BILOU"])(
  "%s allows exactly the sequences in which nothing is invalid",
  (scheme) => {
    const labels = schemeLabels(["A", "B"], { scheme });
    const { transitions, start, end } = allowedTransitions(labels, { scheme });
    const indices = labels.map((_, index) => index);
    for (const a of indices) {
      for (const b of indices) {
        for (const c of indices) {
          const allowed = start[a] && transitions[a][b] && transitions[b][c] && end[c];
          const sequence = [a, b, c].map((index) => labels[index]);
          expect(allowed, sequence.join(" ")).toBe(findInvalidLabels(sequence, { scheme }).length === 0);
        }
      }
    }
  },
);

test("a scheme's labels come with O first; types and labels are checked", () => {
  expect(schemeLabels(["PER"], { scheme: "BILOU" })).toEqual(["O", "B-PER", "I-PER", "L-PER", "U-PER"]);
  expect(schemeLabels(["PER", "LOC"], { scheme: "IO" })).toEqual(["O", "I-PER", "I-LOC"]);
  expect(() => schemeLabels([], { scheme: "IO" })).toThrow(/schemeLabels: `types` is empty/);
  expect(() => allowedTransitions([], { scheme: "IO" })).toThrow(/allowedTransitions: `labels` is empty/);
  expect(() => allowedTransitions(["O", "PAD"], { scheme: "BIO" })).toThrow(
    /allowedTransitions: `labels\[1\]` is "PAD"/,
  );
});
