import {
  convertLabels,
  findInvalidLabels,
  guessScheme,
  labelsToSpans,
  repairLabels,
  schemeLabels,
  spansToLabels,
  type SchemeName,
} from "gongbu/data";
import fc from "fast-check";
import { expect, test } from "vitest";

const SCHEMES: readonly SchemeName[] = ["BIO", "IOB2", "IOB1", "BIOES", "IOBES", "BILOU", "BILUO"];

/** Entities as gaps and lengths, so that neighbours of one type are frequent. */
const sentence = fc
  .array(
    fc.record({ gap: fc.nat(2), length: fc.integer({ min: 1, max: 3 }), label: fc.constantFrom("A", "B-x") }),
  )
  .map((entities) => {
    let at = 0;
    const spans = entities.map(({ gap, length, label }) => {
      const start = at + gap;
      at = start + length;
      return { start, end: at, label };
    });
    return { spans, length: at + 1 };
  });

/** Any labels of a scheme in any order: most sequences are invalid. */
const anyLabels = fc.constantFrom<SchemeName>("IO", ...SCHEMES).chain((scheme) =>
  fc.record({
    scheme: fc.constant(scheme),
    labels: fc.array(fc.constantFrom(...schemeLabels(["A", "B"], { scheme })), { maxLength: 8 }),
  }),
);

test("any two schemes but IO convert to each other and back without a loss", () => {
  const scheme = fc.constantFrom(...SCHEMES);
  fc.assert(
    fc.property(sentence, scheme, scheme, ({ spans, length }, from, to) => {
      const labels = spansToLabels(spans, { length, scheme: from });
      expect(labelsToSpans(labels, { scheme: from })).toEqual(spans);
      expect(findInvalidLabels(labels, { scheme: from })).toEqual([]);
      const there = convertLabels(labels, { from, to });
      expect(there.labels).toEqual(spansToLabels(spans, { length, scheme: to }));
      expect(convertLabels(there.labels, { from: to, to: from })).toEqual({
        labels,
        repaired: [],
        merged: [],
      });
    }),
  );
});

test("IO loses exactly the boundaries that it tells", () => {
  fc.assert(
    fc.property(sentence, ({ spans, length }) => {
      const { labels, merged } = convertLabels(spansToLabels(spans, { length, scheme: "BIO" }), {
        from: "BIO",
        to: "IO",
      });
      expect(labelsToSpans(labels, { scheme: "IO" })).toHaveLength(spans.length - merged.length);
    }),
  );
  expect(convertLabels(["B-A", "B-A", "B-B"], { from: "BIO", to: "IO" })).toEqual({
    labels: ["I-A", "I-A", "I-B"],
    repaired: [],
    merged: [{ first: { start: 0, end: 1, label: "A" }, second: { start: 1, end: 2, label: "A" } }],
  });
});

test("a repaired sequence is valid, means the same entities, and differs exactly where it was invalid", () => {
  fc.assert(
    fc.property(anyLabels, ({ labels, scheme }) => {
      const mended = repairLabels(labels, { scheme });
      expect(findInvalidLabels(mended.labels, { scheme })).toEqual([]);
      expect(labelsToSpans(mended.labels, { scheme })).toEqual(labelsToSpans(labels, { scheme }));
      const changed = labels.flatMap((label, index) => (label === mended.labels[index] ? [] : [index]));
      expect(mended.repaired.map(({ index }) => index)).toEqual(changed);
      expect(convertLabels(labels, { from: scheme, to: scheme }).labels).toEqual(mended.labels);
    }),
  );
});

test("what is invalid is told with its place, its repair and the rule that it breaks", () => {
  const find = (labels: string, scheme: SchemeName) =>
    findInvalidLabels(labels.split(" "), { scheme }).map(
      ({ index, given, repaired, reason }) => `${index} ${given}→${repaired}: ${reason.en}`,
    );
  expect(find("O I-PER I-PER I-LOC", "BIO")).toEqual([
    "1 I-PER→B-PER: there is no B-PER or I-PER before it",
    "3 I-LOC→B-LOC: there is no B-LOC or I-LOC before it",
  ]);
  expect(find("B-PER I-PER B-PER", "IOB1")).toEqual(["0 B-PER→I-PER: there is no B-PER or I-PER before it"]);
  expect(find("B-PER U-PER L-PER", "BILOU")).toEqual([
    "0 B-PER→U-PER: no I-PER or L-PER follows it",
    "2 L-PER→U-PER: there is no B-PER or I-PER before it",
  ]);
  expect(find("I-PER I-LOC", "IO")).toEqual([]);
  expect(findInvalidLabels(["I-A"], { scheme: "BIO" })[0].reason.ko).toBe("바로 앞에 B-A나 I-A이(가) 없음");
});

test("both schemes of a conversion must be known, and its labels of the first", () => {
  expect(() => convertLabels(["O"], { from: "IOB" as "BIO", to: "IO" })).toThrow(
    /convertLabels: `from` is "IOB"/,
  );
  expect(() => convertLabels(["O"], { from: "IO", to: "BMES" as "BIO" })).toThrow(/`to` is "BMES"/);
  expect(() => convertLabels(["O", "S-A"], { from: "BIO", to: "IO" })).toThrow(
    /convertLabels: `labels\[1\]` is "S-A"/,
  );
  expect(() => repairLabels(["X"], { scheme: "BIO" })).toThrow(/repairLabels: `labels\[0\]` is "X"/);
});

test("the scheme of labels is seen from them", () => {
  const guess = (...sentences: string[]) => guessScheme(sentences.map((labels) => labels.split(" ")));
  expect(guess("B-A I-A O", "B-B B-B")).toBe("BIO");
  expect(guess("I-A B-A O", "I-B")).toBe("IOB1");
  expect(guess("I-A I-A O", "I-B")).toBe("IO");
  expect(guess("B-A E-A O", "S-B")).toBe("BIOES");
  expect(guess("B-A L-A O")).toBe("BILOU");
  expect(guess("O O")).toBe("BIO");
  expect(guess("NN VB")).toBeUndefined();
  expect(guessScheme([[]])).toBeUndefined();
  expect(guess(`${"O ".repeat(99)}B-A`, "b-a")).toBe("BIO");
  expect(guess("O O B-A b-a")).toBeUndefined();
});
