import { chrf } from "gongbu/metrics";
import { expect, test } from "vitest";

/** From sacreBLEU's test_chrf.py: β 3, orders that neither side has left out. */
test.each([
  [["a"], ["a"], 100],
  [[""], ["reference"], 0],
  [["a b c"], ["abc"], 100],
  [["a", "b"], ["a", "c"], 50],
  [["aa"], ["ab"], 25],
])("%j against %j scores %d", (hypotheses, references, score) => {
  expect(chrf(hypotheses, references, { beta: 3 }).score).toBeCloseTo(score, 8);
});

/** From the same file: blanks are counted. */
test.each([
  [
    "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.",
    "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.",
    67.3481606,
  ],
  [
    "risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .",
    "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .",
    65.2414427,
  ],
])("a sentence with its blanks has sacreBLEU's score: %s", (hypothesis, reference, score) => {
  expect(chrf([hypothesis], [reference], { beta: 3, whitespace: true }).score).toBeCloseTo(score, 5);
});

test("of several references each sentence takes the better one, as in the example of sacreBLEU's README", () => {
  const hypotheses = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
  const references = [
    ["The dog bit the man.", "The dog had bit the man."],
    ["It was not unexpected.", "No one was surprised."],
    ["The man bit him first.", "The man had bitten the dog."],
  ];
  expect(chrf(hypotheses, references).score.toFixed(2)).toBe("59.73");
});

test("chrF++ counts words too: a case worked by hand", () => {
  // Characters of "ab cd" and "ab ce": abcd, abce. 1: 3/4, 2: 2/3, 3: 1/2. Words: 1/2; pairs: 0/1.
  const plain = chrf(["ab cd"], ["ab ce"], { charOrder: 3 });
  expect(plain.precision).toBeCloseTo((3 / 4 + 2 / 3 + 1 / 2) / 3, 10);
  const plus = chrf(["ab cd"], ["ab ce"], { charOrder: 3, wordOrder: 2 });
  expect(plus.score).toBeCloseTo((100 * (3 / 4 + 2 / 3 + 1 / 2 + 1 / 2 + 0)) / 5, 8);
  // A full stop at a word's end is a word of its own: "cd." → "cd", ".".
  expect(chrf(["cd."], ["cd !"], { charOrder: 1, wordOrder: 1 }).precision).toBeCloseTo(
    (2 / 3 + 1 / 2) / 2,
    10,
  );
});

test("a Korean noun with another particle keeps most of its score", () => {
  const score = chrf(["고양이가 잔다"], ["고양이는 잔다"], { charOrder: 2 }).score;
  // Characters: 5 of 6; pairs 고양 양이 이가 가잔 잔다: 3 of 5.
  expect(score).toBeCloseTo((100 * (5 / 6 + 3 / 5)) / 2, 8);
});

test("impossible orders and weights are refused", () => {
  expect(() => chrf(["a"], ["a"], { charOrder: 0 })).toThrow(/chrf: `charOrder` is 0/);
  expect(() => chrf(["a"], ["a"], { beta: 0 })).toThrow(/`beta` is 0/);
  expect(() => chrf(["a"], ["a", "b"])).toThrow(/`hypotheses` 1, `references` 2/);
});
