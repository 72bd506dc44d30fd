import { bleu, bleuCounts, bleuOfCounts, bootstrapInterval, sentenceBleu } from "gongbu/metrics";
import { expect, test } from "vitest";
import { tokenize13a } from "../../../../kernels/nlp/metrics/tokenize.ts";
import reference from "../../../reference/bleu.json";

interface Case {
  readonly references: readonly (readonly (readonly string[])[])[];
  readonly hypotheses: readonly (readonly string[])[];
  readonly bleu4: number;
  readonly bleu2: number;
  readonly bleu4AddEpsilon: number;
}
const cases: readonly Case[] = reference;
const join = (tokens: readonly string[]) => tokens.join(" ");

test("BLEU is NLTK's on tokens, to four and to two orders, without and with a floor", () => {
  expect(cases).toHaveLength(6);
  for (const { references, hypotheses, bleu4, bleu2, bleu4AddEpsilon } of cases) {
    const score = (options: object) =>
      bleu(
        hypotheses.map(join),
        references.map((list) => list.map(join)),
        { tokenize: "none", ...options },
      ).score / 100;
    expect(score({ smoothing: "none" })).toBeCloseTo(bleu4, 8);
    expect(score({ smoothing: "none", maxOrder: 2 })).toBeCloseTo(bleu2, 8);
    expect(score({ smoothing: "floor" })).toBeCloseTo(bleu4AddEpsilon, 8);
  }
});

/** The example of sacreBLEU's README (version 2.0.0) and the values of its own test_bleu.py. */
const hypotheses = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
const references = [
  ["The dog bit the man.", "The dog had bit the man."],
  ["It was not unexpected.", "No one was surprised."],
  ["The man bit him first.", "The man had bitten the dog."],
];

test("BLEU and its parts are sacreBLEU's on its own example", () => {
  const all = bleu(hypotheses, references);
  expect(all.score).toBeCloseTo(48.530827, 6);
  expect(all.precisions.map((value) => Number(value.toFixed(1)))).toEqual([82.4, 50.0, 45.5, 37.5]);
  expect(all.brevityPenalty).toBeCloseTo(0.943, 3);
  expect([all.hypothesisLength, all.referenceLength]).toEqual([17, 18]);
  expect(bleu(hypotheses, references, { tokenize: "none" }).score).toBeCloseTo(49.1919566, 6);
  expect(bleu(hypotheses, references, { smoothing: "none" }).score).toBeCloseTo(48.530827, 6);
  expect(bleu(["", "", ""], references).score).toBe(0);
});

/** From sacreBLEU's test_sentence_bleu.py. */
const given = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
const wanted = "producţia de zahăr brut se exprimă în zahăr alb;";

test.each([
  [{ smoothing: "exp" }, 8.493],
  [{ smoothing: "none" }, 0],
  [{ smoothing: "floor" }, 4.517],
  [{ smoothing: "floor", smoothingValue: 0.5 }, 10.1],
  [{ smoothing: "add-k" }, 14.882],
  [{ smoothing: "add-k", smoothingValue: 2 }, 21.389],
  [{ tokenize: "none" }, 7.347],
  [{ tokenize: "char" }, 40.876],
  [{ tokenize: "char", lowercase: true }, 42.027],
] as const)("a sentence with %j has sacreBLEU's score, %d", (options, score) => {
  expect(Math.abs(sentenceBleu(given, wanted, options).score - score)).toBeLessThan(1e-3);
});

test("a sentence shorter than four words is scored by the orders that it has", () => {
  expect(sentenceBleu("a test", "a test").score).toBeCloseTo(100, 10);
  expect(sentenceBleu("test", "a test").score).toBeCloseTo(100 * Math.exp(-1), 8);
  expect(bleu(["a test"], ["a test"]).score).toBe(0);
  expect(sentenceBleu("this is a cat", "okay thanks").score).toBe(0);
});

test("a word is matched at most as often as one reference has it, and the closest length counts", () => {
  const { matches, totals, referenceLength } = bleu(
    ["the the the the the the the"],
    [["the cat is on the mat", "there is a cat on the mat today"]],
    { tokenize: "none" },
  );
  expect([matches[0], totals[0]]).toEqual([2, 7]); // the example of Papineni et al., section 2.1
  expect(referenceLength).toBe(6); // 6 and 8 are equally close to 7
});

test("13a parts signs from words but not within numbers, and reads entities", () => {
  expect(tokenize13a("He paid $1,000.50 (twice), &quot;so&quot; 3-4.")).toEqual(
    'He paid $ 1,000.50 ( twice ) , " so " 3 - 4 .'.split(" "),
  );
});

test("the Korean cut gives credit for a noun whose particle is wrong", () => {
  const score = (tokenize: "13a" | "ko") =>
    sentenceBleu("학생이 책을 읽었다", "학생은 책을 읽었다", { tokenize, maxOrder: 1 }).score;
  expect(score("13a")).toBeCloseTo(200 / 3, 8);
  expect(score("ko")).toBeCloseTo(80, 8); // 학생 이 책 을 읽었다: 4 of 5
});

test("counts of sentences make the BLEU of the whole, and can be drawn from", () => {
  const counts = hypotheses.map((text, index) => bleuCounts(text, references[index]));
  expect(bleuOfCounts(counts)).toEqual(bleu(hypotheses, references));
  const { value, low, high } = bootstrapInterval(counts, {
    statistic: (drawn) => bleuOfCounts(drawn).score,
    samples: 200,
  });
  expect(value).toBeCloseTo(48.530827, 6);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

test("different lengths, nothing, tokens instead of texts, and unknown options are refused", () => {
  expect(() => bleu(["a"], [])).toThrow(/bleu: The lengths are `hypotheses` 1, `references` 0/);
  expect(() => bleu([], [])).toThrow(/`hypotheses` is empty/);
  expect(() => bleu(["a"], [[]])).toThrow(/`references\[0\]` is empty/);
  expect(() => bleu([["a", "b"] as unknown as string], ["a"])).toThrow(/`hypotheses\[0\]` is a list.*join/s);
  expect(() => sentenceBleu("a", "a", { smoothing: "add" as "add-k" })).toThrow(
    /sentenceBleu: `smoothing` is "add"/,
  );
  expect(() => bleu(["a"], ["a"], { tokenize: "intl" as "13a" })).toThrow(/`tokenize` is "intl"/);
  expect(() => bleuOfCounts([])).toThrow(/bleuOfCounts: `counts` is empty/);
});
