import { answerScores, normalizeAnswer, perplexity, rouge } from "gongbu/metrics";
import { expect, test } from "vitest";

test("perplexity is the number of equally likely tokens", () => {
  const {
    perplexity: value,
    loss,
    bitsPerToken,
    tokens,
  } = perplexity([Math.log(8), Math.log(8), Math.log(8)]);
  expect(value).toBeCloseTo(8, 10);
  expect(loss).toBeCloseTo(Math.log(8), 10);
  expect(bitsPerToken).toBeCloseTo(3, 10);
  expect(tokens).toBe(3);
  // ½ and ⅛: the geometric mean is ¼.
  expect(perplexity([Math.log(0.5), Math.log(0.125)], { from: "logProbabilities" }).perplexity).toBeCloseTo(
    4,
    10,
  );
});

test("ignored positions count for nothing, whatever their loss", () => {
  const losses = new Float32Array([Math.log(2), 50, Math.log(2), NaN]);
  const scores = perplexity(losses, { targets: [5, -100, 7, -100] });
  expect(scores.perplexity).toBeCloseTo(2, 6);
  expect(scores.tokens).toBe(2);
  expect(perplexity([1, 9], { targets: [3, 0], ignoreIndex: 0 }).loss).toBe(1);
});

test("a token held impossible makes the perplexity infinite, a certain one 1", () => {
  expect(perplexity([0, Infinity]).perplexity).toBe(Infinity);
  expect(perplexity([0, -1e-7]).perplexity).toBe(1);
});

test("losses and logarithms that cannot be any are refused", () => {
  expect(() => perplexity([])).toThrow(/perplexity: `values` is empty/);
  expect(() => perplexity([0.5, -2])).toThrow(/`values\[1\]` is -2.*logProbabilities/s);
  expect(() => perplexity([2], { from: "logProbabilities" })).toThrow(/`values\[0\]` is 2/);
  expect(() => perplexity([NaN])).toThrow(/`values\[0\]` is NaN/);
  expect(() => perplexity([1], { targets: [-100] })).toThrow(/Every target is -100/);
  expect(() => perplexity([1, 2], { targets: [1] })).toThrow(/`values` 2, `targets` 1/);
});

test("ROUGE counts words, pairs and the longest common subsequence: the examples of Lin's paper", () => {
  // Section 3.1: "police kill the gunman" keeps the order of 3 of 4 words (with a gap), "the gunman kill police" 2.
  const wanted = "police killed the gunman";
  const { examples } = rouge(["police kill the gunman", "the gunman kill police"], [wanted, wanted]);
  expect(examples.map(({ rougeL }) => rougeL.f1)).toEqual([3 / 4, 2 / 4]);
  expect(examples.map(({ rouge2 }) => rouge2.f1)).toEqual([1 / 3, 1 / 3]);
  const { rouge1 } = rouge(["the cat"], ["the cat sat on the mat"]);
  expect(rouge1).toEqual({ precision: 1, recall: 2 / 6, f1: 1 / 2 });
});

test("ROUGE takes the better reference, averages outputs, and cuts as it is told", () => {
  expect(rouge(["a b", "x"], [["c d", "a b"], "y"]).rouge1.f1).toBe(1 / 2);
  expect(rouge(["친구가 웃었다"], ["친구는 웃었다"]).rouge1.f1).toBe(1 / 2);
  expect(rouge(["친구가 웃었다"], ["친구는 웃었다"], { tokenize: "ko" }).rouge1.f1).toBeCloseTo(2 / 3, 10);
  expect(rouge([""], ["a"]).rougeL).toEqual({ precision: 0, recall: 0, f1: 0 });
  expect(() => rouge(["a"], [3 as unknown as string])).toThrow(/rouge: `references\[0\]` is number/);
});

test("SQuAD's rules drop case, punctuation and articles, and share words as often as both have them", () => {
  expect(normalizeAnswer("  The  cat's hat, an A-frame! ")).toBe("cats hat aframe");
  const { exactMatch, f1, examples } = answerScores(
    ["the Eiffel Tower", "in Paris, France", "blue blue", ""],
    [["Tour Eiffel", "Eiffel Tower!"], ["Paris"], ["blue"], ["", "none"]],
  );
  expect(examples.map((score) => score.exactMatch)).toEqual([1, 0, 0, 1]);
  expect(examples.map((score) => score.f1)).toEqual([1, 1 / 2, 2 / 3, 1]);
  expect(exactMatch).toBe(1 / 2);
  expect(f1).toBeCloseTo((1 + 1 / 2 + 2 / 3 + 1) / 4, 10);
});

test("KorQuAD's rules count characters, so a particle costs a part of the score", () => {
  const score = (answer: string, right: string) => answerScores([answer], [right], { rules: "korquad" });
  expect(score("서울에서", "서울").f1).toBeCloseTo((2 * 2) / (4 + 2), 10); // P 2/4, R 2/2
  expect(score("서울에서", "서울").exactMatch).toBe(0);
  expect(score("《토지》", "토지").exactMatch).toBe(1);
  expect(score("1919년 3월 1일", "1919년3월1일")).toMatchObject({ exactMatch: 0, f1: 1 });
  expect(answerScores(["서울에서"], ["서울"]).f1).toBe(0);
  expect(score("", "서울").f1).toBe(0);
});

test("answers without references and unknown rules are refused", () => {
  expect(() => answerScores(["a"], [])).toThrow(
    /answerScores: The lengths are `predictions` 1, `references` 0/,
  );
  expect(() => answerScores(["a"], ["a"], { rules: "klue" as "squad" })).toThrow(/`rules` is "klue"/);
});
