import { toTextSpans, toWordSpans } from "gongbu/data";
import fc from "fast-check";
import { expect, test } from "vitest";

/** "김민수는 서울 사람" */
const offsets = [
  [0, 4],
  [5, 7],
  [8, 10],
] as const;
const span = (start: number, end: number, label = "X") => ({ start, end, label });

test("spans of whole words come back as they were", () => {
  const spans = [span(0, 7, "PER"), span(8, 10, "LOC")];
  const words = toWordSpans(spans, { offsets });
  expect(words).toEqual({ spans: [span(0, 2, "PER"), span(2, 3, "LOC")], misaligned: [] });
  expect(toTextSpans(words.spans, { offsets })).toEqual(spans);
});

test("a span that ends inside a word grows, shrinks or goes, and is told in each case", () => {
  const inside = [span(0, 3, "PER")];
  const reason = { en: "begins or ends inside a word", ko: "단어 중간에서 시작하거나 끝남" };
  expect(toWordSpans(inside, { offsets })).toEqual({
    spans: [span(0, 1, "PER")],
    misaligned: [{ span: inside[0], words: span(0, 1, "PER"), reason }],
  });
  const wide = [span(2, 8, "PER")];
  expect(toWordSpans(wide, { offsets, mode: "contract" }).spans).toEqual([span(1, 2, "PER")]);
  expect(toWordSpans(inside, { offsets, mode: "contract" })).toEqual({
    spans: [],
    misaligned: [{ span: inside[0], words: undefined, reason }],
  });
  expect(toWordSpans(wide, { offsets, mode: "strict" }).spans).toEqual([]);
  expect(toWordSpans([span(5, 7)], { offsets, mode: "strict" }).spans).toEqual([span(1, 2)]);
});

test("a span between words has none, and of two that share a word the first gets it", () => {
  const { spans, misaligned } = toWordSpans([span(4, 5, "A"), span(6, 7, "C"), span(5, 6, "B")], { offsets });
  expect(spans).toEqual([span(1, 2, "B")]);
  expect(misaligned.map(({ span, words, reason }) => [span.label, words, reason.en])).toEqual([
    ["A", undefined, "no word stands there"],
    ["B", span(1, 2, "B"), "begins or ends inside a word"],
    ["C", undefined, "its first word belongs to the span before"],
  ]);
});

test("whatever the spans, characters to words to characters covers them if they grow and lies in them if they shrink", () => {
  const bounds = fc
    .uniqueArray(fc.nat(12), { minLength: 2, maxLength: 2 })
    .map((pair) => pair.sort((a, b) => a - b));
  fc.assert(
    fc.property(bounds, ([start, end]) => {
      const back = (mode: "expand" | "contract") =>
        toTextSpans(toWordSpans([span(start, end)], { offsets, mode }).spans, { offsets });
      for (const wide of back("expand")) expect(wide.end > start && wide.start < end).toBe(true);
      for (const narrow of back("contract"))
        expect([start <= narrow.start, narrow.end <= end]).toEqual([true, true]);
    }),
  );
});

test("special tokens hold no characters; offsets out of order and spans that overlap are errors", () => {
  const special = [[0, 0], [0, 2], [2, 4], [0, 0]] as const; // prettier-ignore
  expect(toWordSpans([span(0, 4)], { offsets: special }).spans).toEqual([span(1, 3)]);
  expect(() => toWordSpans([], { offsets: [[3, 5], [1, 2]] })).toThrow(/toWordSpans: `offsets\[1\]` is \[1, 2\]/); // prettier-ignore
  expect(() => toWordSpans([span(0, 3), span(2, 4)], { offsets })).toThrow(/toWordSpans: .*begins before 3/);
  expect(() => toWordSpans([], { offsets, mode: "grow" as "expand" })).toThrow(/`mode` is "grow"/);
  expect(() => toTextSpans([span(0, 4)], { offsets })).toThrow(/toTextSpans: A span is "X" 0–4/);
});
