import { nextTokenProbabilities } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import {
  badWordsIds,
  prefixAllowedTokens,
  suppressTokens,
} from "../../../../kernels/nlp/decode/processors/bans.ts";
import {
  minP,
  temperature,
  topK,
  topP,
  typicalP,
} from "../../../../kernels/nlp/decode/processors/drawing.ts";
import {
  forcedBosToken,
  forcedEosToken,
  minimumLength,
} from "../../../../kernels/nlp/decode/processors/lengths.ts";
import type { LogitsProcessor } from "../../../../kernels/nlp/decode/processors/processor.ts";
import {
  encoderNoRepeatNgramSize,
  noRepeatNgramSize,
  repetitionPenalty,
} from "../../../../kernels/nlp/decode/processors/repetition.ts";
import reference from "../../../reference/generation.json" with { type: "json" };

const FORBIDDEN = -Infinity;

/** The scores after a rule; the prompt is the first id. */
function apply(rule: LogitsProcessor, scores: readonly number[], ids: readonly number[] = [0]): number[] {
  const written = Float64Array.from(scores);
  rule.process(written, { ids, promptLength: 1, input: 0 });
  return [...written];
}

const findForbidden = (rule: LogitsProcessor, ids: readonly number[], size = 6) =>
  apply(rule, new Array<number>(size).fill(0), ids).flatMap((score, token) =>
    score === FORBIDDEN ? [token] : [],
  );

describe("repetitionPenalty", () => {
  it("divides what is positive and multiplies what is negative, once a token", () => {
    expect(apply(repetitionPenalty(2), [4, -4, 3, 0], [0, 1, 0, 0, 3])).toEqual([2, -8, 3, 0]);
  });

  it("below 1 it invites what was there; ids beyond the scores are passed over", () => {
    expect(apply(repetitionPenalty(0.5), [4, -4], [0, 1, 77])).toEqual([8, -2]);
  });
});

describe("noRepeatNgramSize", () => {
  it("forbids what came after the last tokens before, and names the run", () => {
    const rule = noRepeatNgramSize(3);
    const ids = [1, 2, 3, 5, 1, 2];
    expect(findForbidden(rule, ids)).toEqual([3]);
    expect(rule.explain!(3, { ids, promptLength: 1, input: 0 })).toEqual({
      option: "noRepeatNgramSize",
      ngram: [1, 2, 3],
    });
  });

  it("counts the prompt, several continuations, and a run that overlaps itself", () => {
    expect(findForbidden(noRepeatNgramSize(2), [1, 2, 1, 3, 1])).toEqual([2, 3]);
    expect(findForbidden(noRepeatNgramSize(2), [4, 4])).toEqual([4]);
    expect(findForbidden(noRepeatNgramSize(1), [1, 4, 1])).toEqual([1, 4]);
  });

  it("forbids nothing before a run is complete", () => {
    expect(findForbidden(noRepeatNgramSize(3), [1, 1])).toEqual([]);
    expect(findForbidden(noRepeatNgramSize(4), [1])).toEqual([]);
  });
});

describe("encoderNoRepeatNgramSize", () => {
  it("forbids what came after the same tokens in the input", () => {
    const rule = encoderNoRepeatNgramSize(2, { sources: [[3, 4, 5, 4]] });
    expect(findForbidden(rule, [0, 4])).toEqual([5]);
    expect(rule.explain!(5, { ids: [0, 4], promptLength: 1, input: 0 }).ngram).toEqual([4, 5]);
    expect(findForbidden(encoderNoRepeatNgramSize(1, { sources: [[3, 4]] }), [0])).toEqual([3, 4]);
  });
});

describe("badWordsIds", () => {
  it("forbids the last token of a word whose beginning stands there", () => {
    const rule = badWordsIds([[2], [1, 3], [0, 1, 4]], { eosTokenIds: [5] });
    expect(findForbidden(rule, [0])).toEqual([2]);
    expect(findForbidden(rule, [0, 1])).toEqual([2, 3, 4]);
    expect(rule.explain!(4, { ids: [0, 1], promptLength: 1, input: 0 })).toEqual({
      option: "badWordsIds",
      ngram: [0, 1, 4],
    });
  });

  it("never forbids an end token alone", () => {
    expect(findForbidden(badWordsIds([[5], [1, 5]], { eosTokenIds: [5] }), [0])).toEqual([]);
    expect(findForbidden(badWordsIds([[5], [1, 5]], { eosTokenIds: [5] }), [1])).toEqual([5]);
  });
});

describe("rules that name tokens", () => {
  it("forbid them, or everything else", () => {
    expect(findForbidden(suppressTokens([1, 4]), [0])).toEqual([1, 4]);
    const rule = prefixAllowedTokens((input, ids) => [ids[ids.length - 1], input], { where: "generate" });
    expect(apply(rule, [1, 2, 3], [2])).toEqual([1, FORBIDDEN, 3]);
    expect(apply(minimumLength(2, { eosTokenIds: [0, 1], name: "minLength" }), [1, 2, 3], [7, 7])).toEqual([FORBIDDEN, FORBIDDEN, 3]); // prettier-ignore
    expect(apply(minimumLength(2, { eosTokenIds: [0], name: "minLength" }), [1, 2, 3], [7, 7, 7])).toEqual([
      1, 2, 3,
    ]);
  });

  it("force one at the beginning, and one at the end, whatever it scored", () => {
    expect(apply(forcedBosToken(1), [5, -9, 2], [7])).toEqual([FORBIDDEN, 0, FORBIDDEN]);
    expect(apply(forcedBosToken(1), [5, -9, 2], [7, 7])).toEqual([5, -9, 2]);
    const last = forcedEosToken([0, 2], { longest: 3 });
    expect(apply(last, [5, -9, 2], [7, 7, 7])).toEqual([0, FORBIDDEN, 0]);
    expect(apply(last, [5, -9, 2], [7, 7])).toEqual([5, -9, 2]);
  });
});

describe("what a token is drawn from", () => {
  const scores = [0.5, 0.3, 0.15, 0.05].map(Math.log);
  const kept = (rule: LogitsProcessor, from = scores) =>
    apply(rule, from).flatMap((score, token) => (score > FORBIDDEN ? [token] : []));

  it("temperature divides the scores", () => {
    expect(apply(temperature(2), [2, -4])).toEqual([1, -2]);
  });

  it("topK keeps the best, and what equals the last of them", () => {
    expect(kept(topK(2, { atLeast: 1 }))).toEqual([0, 1]);
    expect(kept(topK(1, { atLeast: 3 }))).toEqual([0, 1, 2]);
    expect(kept(topK(2, { atLeast: 1 }), [1, 3, 1, 0])).toEqual([0, 1, 2]);
    expect(kept(topK(9, { atLeast: 1 }), [1, FORBIDDEN, 0])).toEqual([0, 2]);
  });

  it("topP keeps the fewest that add up to p", () => {
    expect(kept(topP(0.79, { atLeast: 1 }))).toEqual([0, 1]);
    expect(kept(topP(0.81, { atLeast: 1 }))).toEqual([0, 1, 2]);
    expect(kept(topP(0, { atLeast: 1 }))).toEqual([0]);
    expect(kept(topP(0.1, { atLeast: 2 }))).toEqual([0, 1]);
  });

  it("minP keeps what is likely enough beside the best", () => {
    expect(kept(minP(0.3, { atLeast: 1 }))).toEqual([0, 1, 2]);
    expect(kept(minP(0.31, { atLeast: 1 }))).toEqual([0, 1]);
    expect(kept(minP(1, { atLeast: 3 }))).toEqual([0, 1, 2]);
  });

  it("typicalP may drop the likeliest", () => {
    // Entropy of 0.9, 9 · 1/90: 0.54. The surprise of the likeliest is 0.105, of the others 4.5: the first is the nearest.
    expect(
      kept(typicalP(0.5, { atLeast: 1 }), [0.9, ...new Array<number>(9).fill(1 / 90)].map(Math.log)),
    ).toEqual([0]);
    // Entropy of 0.4, 6 · 0.1: 1.75. Surprises 0.92 and 2.30: those of 0.1 are nearer.
    expect(
      kept(typicalP(0.5, { atLeast: 1 }), [0.4, ...new Array<number>(6).fill(0.1)].map(Math.log)),
    ).not.toContain(0);
  });

  it("keeps what transformers keeps", () => {
    const rules: Record<string, (value: number, options: { atLeast: number }) => LogitsProcessor> = {
      topK,
      topP,
      minP,
      typicalP,
    };
    for (const { size, rule, value, atLeast, kept: expected } of reference.distributions) {
      const logits = reference.logits[String(size) as keyof typeof reference.logits];
      expect(kept(rules[rule](value, { atLeast }), logits), `${rule} ${value} ${atLeast}`).toEqual(expected);
    }
  });
});

describe("nextTokenProbabilities", () => {
  it("are the softmax of the scores after the rules", () => {
    const logits = [2, 1, 0, -1].map((x) => x * Math.log(2)); // 4 : 2 : 1 : ½
    const expectClose = (given: number[], expected: number[]) =>
      given.forEach((value, token) => expect(value).toBeCloseTo(expected[token], 12));
    expectClose(nextTokenProbabilities(logits, { topK: 3 }), [4 / 7, 2 / 7, 1 / 7, 0]);
    expectClose(nextTokenProbabilities(logits, { topK: 2, temperature: 0.5 }), [16 / 20, 4 / 20, 0, 0]);
    expectClose(nextTokenProbabilities(logits, { suppressTokens: [0], topP: 0.7 }), [0, 2 / 3, 1 / 3, 0]);
    expectClose(nextTokenProbabilities(logits, { ids: [0, 1], noRepeatNgramSize: 1, topK: 0 }), [
      0,
      0,
      2 / 3,
      1 / 3,
    ]);
  });

  it("refuses a row that is none", () => {
    expect(() => nextTokenProbabilities([])).toThrow(/nextTokenProbabilities: Row 0/);
    expect(() => nextTokenProbabilities([0, 1], { suppressTokens: [2] })).toThrow(
      /`suppressTokens` names the token 2/,
    );
    expect(() => nextTokenProbabilities([0, 1], { topk: 2 } as never)).toThrow(/Write `topK`/);
  });
});
