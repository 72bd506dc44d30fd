import { findMergedSpans, labelsToSpans, spansToLabels, type SchemeName } from "gongbu/data";
import { expect, test } from "vitest";

/** Spans as "PER 0–2". */
const read = (labels: string, scheme: SchemeName, invalid?: "repair" | "discard") =>
  labelsToSpans(labels.split(" "), { scheme, invalid }).map(
    ({ start, end, label }) => `${label} ${start}–${end}`,
  );

test("each scheme's labels give the spans that they mean", () => {
  expect(read("B-PER I-PER O B-creative-work B-PER", "BIO")).toEqual([
    "PER 0–2",
    "creative-work 3–4",
    "PER 4–5",
  ]);
  expect(read("I-PER I-PER O I-PER B-PER I-PER", "IOB1")).toEqual(["PER 0–2", "PER 3–4", "PER 4–6"]);
  expect(read("B-PER I-PER E-PER S-PER S-LOC", "BIOES")).toEqual(["PER 0–3", "PER 3–4", "LOC 4–5"]);
  expect(read("B-PER L-PER U-LOC", "BILOU")).toEqual(["PER 0–2", "LOC 2–3"]);
  expect(read("I-PER I-PER O I-LOC", "IO")).toEqual(["PER 0–2", "LOC 3–4"]);
  expect(read("PER PER O my-LOC", "IO")).toEqual(["PER 0–2", "my-LOC 3–4"]);
  expect(read("B I O", "BIO")).toEqual([" 0–2"]);
  expect(labelsToSpans([], { scheme: "BIO" })).toEqual([]);
});

test("I- behind O begins an entity, and a change of type inside one begins another, as in conlleval", () => {
  expect(read("O I-PER I-PER O", "BIO")).toEqual(["PER 1–3"]);
  expect(read("B-PER I-LOC I-LOC", "BIO")).toEqual(["PER 0–1", "LOC 1–3"]);
  expect(read("I-PER B-PER B-PER", "IOB1")).toEqual(["PER 0–1", "PER 1–2", "PER 2–3"]);
  expect(read("O B-PER I-PER", "IOB1")).toEqual(["PER 1–3"]);
});

test("in BIOES what is not opened or not closed is an entity all the same", () => {
  expect(read("E-PER O B-PER O I-PER", "BIOES")).toEqual(["PER 0–1", "PER 2–3", "PER 4–5"]);
  expect(read("B-PER B-PER E-PER E-PER", "BIOES")).toEqual(["PER 0–1", "PER 1–3", "PER 3–4"]);
  expect(read("S-PER I-PER E-LOC", "BIOES")).toEqual(["PER 0–1", "PER 1–2", "LOC 2–3"]);
});

test("strictly read, an entity whose labels break the rules is none", () => {
  expect(read("O I-PER B-LOC", "BIO", "discard")).toEqual(["LOC 2–3"]);
  expect(read("B-PER I-PER I-LOC", "BIO", "discard")).toEqual(["PER 0–2"]);
  expect(read("B-PER E-PER B-LOC O S-ORG", "BIOES", "discard")).toEqual(["PER 0–2", "ORG 4–5"]);
});

test("spans become labels in any order and scheme, and what IO runs together is named", () => {
  const spans = [
    { start: 3, end: 4, label: "PER" },
    { start: 0, end: 2, label: "LOC" },
    { start: 2, end: 3, label: "PER" },
  ];
  const write = (scheme: SchemeName) => spansToLabels(spans, { length: 5, scheme }).join(" ");
  expect(write("BIO")).toBe("B-LOC I-LOC B-PER B-PER O");
  expect(write("IOB2")).toBe(write("BIO"));
  expect(write("IOB1")).toBe("I-LOC I-LOC I-PER B-PER O");
  expect(write("IOBES")).toBe("B-LOC E-LOC S-PER S-PER O");
  expect(write("BILUO")).toBe("B-LOC L-LOC U-PER U-PER O");
  expect(write("IO")).toBe("I-LOC I-LOC I-PER I-PER O");
  expect(findMergedSpans(spans)).toEqual([{ first: spans[2], second: spans[0] }]);
});

test("labels of another scheme, and spans that no labels can hold, are errors", () => {
  expect(() => read("O E-PER", "BIO")).toThrow(
    /labelsToSpans: `labels\[1\]` is "E-PER".*scheme BIO is O or B-TYPE, I-TYPE/,
  );
  expect(() => read("B-PER", "IO")).toThrow(/`labels\[0\]` is "B-PER"/);
  expect(() => read("B-", "BIO")).toThrow(/is "B-"/);
  expect(() => read("o", "BIO")).toThrow(/is "o"/);
  expect(() => read("O", "IOB" as "BIO")).toThrow(/labelsToSpans: `scheme` is "IOB".*"IOB1"/);
  expect(() => read("O", "BIO", "drop" as "discard")).toThrow(/`invalid` is "drop"/);
  const write = (...spans: [number, number][]) =>
    spansToLabels(
      spans.map(([start, end]) => ({ start, end, label: "X" })),
      { length: 3, scheme: "BIO" },
    );
  expect(() => write([2, 4])).toThrow(/spansToLabels: A span is "X" 2–4.*end ≤ 3/);
  expect(() => write([1, 1])).toThrow(/"X" 1–1/);
  expect(() => write([0.5, 2])).toThrow(/"X" 0\.5–2/);
  expect(() => write([0, 2], [1, 3])).toThrow(/"X" 1–3 begins before 2/);
  expect(() => spansToLabels([], { length: -1, scheme: "BIO" })).toThrow(/`length` is -1/);
});
