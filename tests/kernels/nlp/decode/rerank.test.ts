import { breakEvenLengthPenalty, generate, rerank } from "gongbu/decode";
import { createRandom } from "gongbu/data";
import { describe, expect, it } from "vitest";
import { createNoise } from "./chain.ts";

const of = (total: number, length: number) => ({ total, tokens: new Array<number>(length).fill(0) });

describe("rerank", () => {
  const short = of(-2, 2);
  const long = of(-3, 4);

  it("divides the totals by another power of the length", () => {
    expect(rerank([long, short], { lengthPenalty: 0 }).map(({ score }) => score)).toEqual([-2, -3]);
    expect(rerank([short, long], { lengthPenalty: 1 }).map(({ score }) => score)).toEqual([-0.75, -1]);
  });

  it("gives the order of a new search, where the search has seen everything", async () => {
    const model = createNoise(3, { seed: 1 });
    const options = { eosTokenId: 2, maxNewTokens: 4, numBeams: 40, numReturnSequences: 40 };
    const { outputs } = await generate(model, [[0]], { ...options, lengthPenalty: 1 });
    for (const lengthPenalty of [-1, 0, 0.3, 2]) {
      const anew = (await generate(model, [[0]], { ...options, lengthPenalty })).outputs[0].hypotheses;
      const ranked = rerank(outputs[0].ended, { lengthPenalty });
      expect(ranked.map(({ tokens, score }) => ({ tokens, score }))).toEqual(
        anew.map(({ tokens, score }) => ({ tokens, score })),
      );
    }
  });

  it("refuses nothing to rank, an impossible total and no penalty", () => {
    expect(() => rerank([], { lengthPenalty: 1 })).toThrow(/rerank: `hypotheses` is empty/);
    expect(() => rerank([of(0.5, 2)], { lengthPenalty: 1 })).toThrow(/`hypotheses\[0\].total` is 0.5/);
    expect(() => rerank([of(-1, 2)], {} as never)).toThrow(/`lengthPenalty` is undefined/);
  });
});

describe("breakEvenLengthPenalty", () => {
  it("is where two scores are equal", () => {
    const [short, long] = [of(-2, 2), of(-3, 4)];
    const { ranges, values } = breakEvenLengthPenalty([long, short]);
    expect(values).toEqual([expect.closeTo(Math.log(1.5) / Math.log(2), 12)]);
    expect(ranges).toEqual([
      { from: -Infinity, to: values[0], hypothesis: short },
      { from: values[0], to: Infinity, hypothesis: long },
    ]);
  });

  it("passes over a hypothesis that never wins, and takes the better of one length", () => {
    // −4 with 3 tokens lies above both others everywhere.
    expect(breakEvenLengthPenalty([of(-2, 2), of(-4, 3), of(-3, 4)]).values).toHaveLength(1);
    const { ranges } = breakEvenLengthPenalty([of(-5, 3), of(-4, 3)]);
    expect(ranges).toEqual([{ from: -Infinity, to: Infinity, hypothesis: of(-4, 3) }]);
  });

  it("jumps to the longest where three cross in one point", () => {
    const { values, ranges } = breakEvenLengthPenalty([of(-1, 1), of(-2, 2), of(-4, 4)]);
    expect(values).toEqual([1]);
    expect(ranges[1].hypothesis.tokens).toHaveLength(4);
  });

  it("has no end to the reign of a certain output", () => {
    expect(breakEvenLengthPenalty([of(-1, 1), of(0, 5)])).toEqual({
      ranges: [{ from: -Infinity, to: Infinity, hypothesis: of(0, 5) }],
      values: [],
    });
  });

  it("tells the winner that rerank finds, on either side of every value", () => {
    const random = createRandom(5);
    let flips = 0;
    for (let round = 0; round < 50; round++) {
      const hypotheses = Array.from({ length: 8 }, () =>
        of(-10 * random.uniform() - 0.1, 1 + random.integer(12)),
      );
      const { ranges, values } = breakEvenLengthPenalty(hypotheses);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(ranges).toHaveLength(values.length + 1);
      flips += values.length;
      for (const { from, to, hypothesis } of ranges) {
        const inside = [
          Math.max(from, -30) + 1e-9,
          (Math.max(from, -30) + Math.min(to, 30)) / 2,
          Math.min(to, 30) - 1e-9,
        ];
        for (const lengthPenalty of inside) {
          const [best] = rerank(hypotheses, { lengthPenalty });
          expect({ total: best.total, tokens: best.tokens }).toEqual(hypothesis);
        }
      }
    }
    expect(flips).toBeGreaterThan(50);
  });

  it("refuses nothing to compare", () => {
    expect(() => breakEvenLengthPenalty([])).toThrow(/breakEvenLengthPenalty: `hypotheses` is empty/);
    expect(() => breakEvenLengthPenalty([of(-1, 0)])).toThrow(/`hypotheses\[0\].tokens` is empty/);
  });
});
