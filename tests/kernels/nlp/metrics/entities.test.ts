import type { Span } from "gongbu/data";
import { bootstrapInterval, entityScores, entityScoresOfLabels } from "gongbu/metrics";
import { expect, test } from "vitest";

/** "0-2 PER, 4-5 LOC" */
function spans(text: string): Span[] {
  return [...text.matchAll(/(\d+)-(\d+) (\w+)/g)].map(([, start, end, label]) => ({
    start: Number(start),
    end: Number(end),
    label,
  }));
}

const gold = ["0-2 PER, 4-5 LOC", "1-3 ORG", "0-1 PER", ""].map(spans);
const predicted = ["0-1 PER, 4-5 LOC", "1-3 LOC", "", "2-3 ORG"].map(spans);

test("an entity counts as a whole or not at all", () => {
  const { micro, macro, weighted, perType, support, correct } = entityScores(gold, predicted);
  expect([support, correct]).toEqual([4, 1]);
  expect(micro).toEqual({ precision: 1 / 4, recall: 1 / 4, f1: 1 / 4 });
  expect(perType).toEqual([
    { label: "LOC", precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1, predicted: 2 },
    { label: "ORG", precision: 0, recall: 0, f1: 0, support: 1, predicted: 1 },
    { label: "PER", precision: 0, recall: 0, f1: 0, support: 2, predicted: 1 },
  ]);
  expect(macro.f1).toBeCloseTo(2 / 9);
  expect(weighted.f1).toBeCloseTo(1 / 6);
});

test("every error is listed with its kind, its sentence and both spans", () => {
  const list = entityScores(gold, predicted).errors;
  expect(list.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ["boundary", 0],
    ["type", 1],
    ["missed", 2],
    ["invented", 3],
  ]);
  expect(list[0]).toMatchObject({ gold: gold[0][0], predicted: predicted[0][0] });
  expect(list[2]).toMatchObject({ gold: gold[2][0], predicted: undefined });
  const both = entityScores([spans("0-2 PER")], [spans("1-3 LOC")]);
  expect(both.errors.map(({ kind }) => kind)).toEqual(["boundary-and-type"]);
});

test.each([
  ["strict", 1],
  ["type", 2],
  ["boundaries", 2],
  ["overlap", 3],
] as const)("with the matching %s %d of the four are found", (matching, correct) => {
  const scores = entityScores(gold, predicted, { matching });
  expect(scores.correct).toBe(correct);
  expect(scores.micro.recall).toBe(correct / 4);
});

test("a lenient match counts for the type of each side", () => {
  const { perType } = entityScores([spans("0-2 PER")], [spans("0-2 LOC")], { matching: "boundaries" });
  expect(perType).toEqual([
    { label: "LOC", precision: 1, recall: 0, f1: 0, support: 0, predicted: 1 },
    { label: "PER", precision: 0, recall: 1, f1: 0, support: 1, predicted: 0 },
  ]);
});

test("a gold span is found once: two predictions within it are one hit and one invention", () => {
  const { correct, errors } = entityScores([spans("0-4 ORG")], [spans("0-2 ORG, 2-4 ORG")], {
    matching: "type",
  });
  expect(correct).toBe(1);
  expect(errors.map(({ kind }) => kind)).toEqual(["boundary", "invented"]);
  const same = spans("0-1 PER")[0];
  expect(entityScores([[same]], [[same, same]]).micro).toEqual({ precision: 1 / 2, recall: 1, f1: 2 / 3 });
});

test("what is right is taken first, so a neighbour cannot take its place", () => {
  const { errors, correct } = entityScores([spans("0-2 PER, 2-4 PER")], [spans("1-3 PER, 2-4 PER")]);
  expect(correct).toBe(1);
  expect(errors).toEqual([
    { kind: "boundary", sentence: 0, gold: spans("0-2 PER")[0], predicted: spans("1-3 PER")[0] },
  ]);
});

test("nothing to find and nothing predicted scores 0, not NaN", () => {
  const { micro, macro, weighted, perType } = entityScores([[]], [[]]);
  expect([micro.f1, macro.f1, weighted.f1, perType.length]).toEqual([0, 0, 0, 0]);
});

test("F1 of whole sentences can be drawn from", () => {
  const sentences = Array.from({ length: 40 }, (_, index) => ({ gold: gold[index % 4], predicted: predicted[index % 4] })); // prettier-ignore
  const { value, low, high } = bootstrapInterval(sentences, {
    samples: 200,
    statistic: (drawn) =>
      entityScores(
        drawn.map((sentence) => sentence.gold),
        drawn.map((sentence) => sentence.predicted),
      ).micro.f1,
  });
  expect(value).toBe(1 / 4);
  expect(low).toBeLessThan(1 / 4);
  expect(high).toBeGreaterThan(1 / 4);
});

test("spans without words, lists of different lengths and unknown matchings are refused", () => {
  expect(() => entityScores([[]], [])).toThrow(/entityScores: The lengths are `gold` 1, `predicted` 0/);
  expect(() => entityScores([], [])).toThrow(/`gold` is empty/);
  expect(() => entityScores([[]], [[{ start: 3, end: 3, label: "PER" }]])).toThrow(
    /`predicted\[0\]\[0\]` is/,
  );
  expect(() => entityScores([[{ start: 0, end: 1, label: "" }]], [[]])).toThrow(/`gold\[0\]\[0\]` is/);
  expect(() => entityScores([[]], [[]], { matching: "exact" as "strict" })).toThrow(/`matching` is "exact"/);
});

/**
 * Worked by hand after conlleval's rules for where a chunk ends and begins (CoNLL-2000). Found, gold, predicted.
 */
test.each([
  ["I- behind O begins an entity", "BIO", "O B-PER I-PER O", "O I-PER I-PER O", [1, 1, 1]],
  ["I- of another type begins one", "BIO", "B-PER B-LOC O", "B-PER I-LOC O", [2, 2, 2]],
  ["a type that changes inside makes two of one", "BIO", "B-PER I-PER I-PER", "B-PER I-PER I-LOC", [0, 1, 2]],
  ["B- inside an entity parts it", "BIO", "B-PER I-PER", "B-PER B-PER", [0, 1, 2]],
  ["in IOB1 I- begins entities", "IOB1", "I-PER I-PER O I-LOC", "I-PER I-PER O I-LOC", [2, 2, 2]],
  ["in IOB1 B- parts neighbours of one type", "IOB1", "I-PER B-PER O", "I-PER I-PER O", [0, 2, 1]],
  ["in IOB1 B- at a beginning is an entity too", "IOB1", "I-PER O I-LOC", "B-PER O I-LOC", [2, 2, 2]],
  ["an entity ends with its sentence", "BIO", "O B-PER", "O B-PER", [1, 1, 1]],
  ["S- and E- end an entity", "BIOES", "S-PER B-LOC E-LOC", "S-PER B-LOC I-LOC", [2, 2, 2]],
  ["E- alone is an entity", "BIOES", "S-PER O", "E-PER O", [1, 1, 1]],
] as const)("%s", (_, scheme, gold, predicted, counts) => {
  const scores = entityScoresOfLabels([gold.split(" ")], [predicted.split(" ")], { scheme });
  expect([scores.correct, scores.support, scores.predicted]).toEqual(counts);
});

test("an entity does not go on from one sentence to the next", () => {
  const { correct, support } = entityScoresOfLabels([["B-PER"], ["I-PER"]], [["B-PER"], ["B-PER"]]);
  expect([correct, support]).toEqual([2, 2]);
});

test("invalid predictions can be left out instead of repaired", () => {
  const [gold, predicted] = [[["B-PER", "O"]], [["I-PER", "O"]]];
  expect(entityScoresOfLabels(gold, predicted).micro.f1).toBe(1);
  const strict = entityScoresOfLabels(gold, predicted, { invalid: "discard" });
  expect([strict.predicted, strict.errors[0].kind]).toEqual([0, "missed"]);
});

test("labels of different counts and labels of no scheme are refused by the function's name", () => {
  expect(() => entityScoresOfLabels([["O", "O"]], [["O"]])).toThrow(
    /entityScoresOfLabels: The lengths are `gold\[0\]` 2, `predicted\[0\]` 1/,
  );
  expect(() => entityScoresOfLabels([["X-PER"]], [["O"]])).toThrow(/X-PER/);
});
