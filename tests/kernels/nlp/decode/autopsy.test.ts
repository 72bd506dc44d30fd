import { autopsy, generate, scoreSequence } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import { createChain, createNoise } from "./chain.ts";

const EOS = 4;
/** Greedy takes 1, after which nothing is likely; 2 4 is the best, 3 3 4 comes last. */
const chain = createChain({
  0: [0, 0.5, 0.4, 0.1, 0],
  1: [0, 0.25, 0.25, 0.25, 0.25],
  2: [0, 0.1, 0, 0, 0.9],
  3: [0, 0, 0, 0.5, 0.5],
});
const options = { eosTokenId: EOS, maxNewTokens: 4, lengthPenalty: 0 };

describe("scoreSequence", () => {
  it("gives the log-probability of each token, its rank, and what the model would have liked better", async () => {
    const score = await scoreSequence(chain, [0], { tokens: [2, 1, 4], ...options, lengthPenalty: 1 });
    const close = (p: number) => expect.closeTo(Math.log(p), 12);
    expect(score.tokens).toMatchObject([
      { token: 2, logProbability: close(0.4), rank: 1, best: { token: 1, logProbability: close(0.5) } },
      { token: 1, logProbability: close(0.1), rank: 1, best: { token: 4, logProbability: close(0.9) } },
      { token: 4, logProbability: close(0.25), rank: 0, forbidden: null },
    ]);
    expect(score.logProbability).toBeCloseTo(Math.log(0.4 * 0.1 * 0.25), 12);
    expect(score.score).toBeCloseTo(Math.log(0.4 * 0.1 * 0.25) / 3, 12);
  });

  it("gives the hypotheses of a beam search the scores that the search gave them, under the same rules", async () => {
    const rules = {
      numBeams: 5,
      repetitionPenalty: 1.5,
      minNewTokens: 2,
      noRepeatNgramSize: 2,
      lengthPenalty: 0.7,
    };
    for (let seed = 0; seed < 5; seed++) {
      const model = createNoise(6, { seed });
      const all = { ...rules, eosTokenId: EOS, maxNewTokens: 7 };
      const { outputs } = await generate(model, [[1, 2]], { ...all, numReturnSequences: 5 });
      for (const { tokens, total, score, logProbability } of outputs[0].hypotheses) {
        const scored = await scoreSequence(model, [1, 2], { tokens, ...all });
        expect(scored.total).toBeCloseTo(total, 10);
        expect(scored.score).toBeCloseTo(score, 10);
        expect(scored.logProbability).toBeCloseTo(logProbability, 10);
      }
    }
  });

  it("names the rule where one forbids the sequence", async () => {
    const rules = { ...options, suppressTokens: [1] };
    const score = await scoreSequence(chain, [0], { tokens: [2, 1, 4], ...rules });
    expect(score).toMatchObject({ total: null, score: null });
    expect(score.tokens.map(({ forbidden }) => forbidden)).toEqual([
      null,
      { option: "suppressTokens" },
      null,
    ]);
    expect(score.logProbability).toBeCloseTo(Math.log(0.4 * 0.1 * 0.25), 12);
  });

  it("refuses an empty sequence and ids that the model does not know", async () => {
    await expect(scoreSequence(chain, [0], { tokens: [] })).rejects.toThrow(
      /scoreSequence: `tokens` is empty/,
    );
    await expect(scoreSequence(chain, [0], { tokens: [5] })).rejects.toThrow(/`tokens` names the token 5/);
    await expect(scoreSequence(chain, [0], { tokens: [0.5] })).rejects.toThrow(
      /`tokens` names the token 0.5/,
    );
  });
});

describe("autopsy", () => {
  it("finds a search error: the step, the margin, and the smallest beam that keeps the target", async () => {
    const found = await autopsy(chain, [0], { target: [2, 4], ...options });
    expect(found.verdict).toBe("search-error");
    expect(found.best.tokens[0]).toBe(1);
    expect(found.loss).toMatchObject({ step: 1, reason: "beam", by: null });
    expect(found.loss!.margin).toBeCloseTo(Math.log(0.5 / 0.4), 12);
    expect(found.trace.candidates[found.loss!.candidate!].token).toBe(2);
    expect(found.smallestBeam).toBe(2);
    expect(found.trials).toEqual([
      { numBeams: 1, kept: false, survived: 0 },
      { numBeams: 2, kept: true, survived: 2 },
    ]);
    const wider = await autopsy(chain, [0], { target: [2, 4], numBeams: 2, ...options });
    expect(wider).toMatchObject({ verdict: "found", loss: null, smallestBeam: 2 });
  });

  it("finds a model error: the model likes what it said better", async () => {
    const found = await autopsy(chain, [0], { target: [3, 3, 4], numBeams: 2, ...options });
    expect(found.verdict).toBe("model-error");
    expect(found.loss).toMatchObject({ step: 1, reason: "beam" });
    expect(found.targetScore.score!).toBeLessThan(found.best.score);
  });

  it("puts the end token where the target lacks it", async () => {
    expect((await autopsy(chain, [0], { target: [2], ...options })).target).toEqual([2, 4]);
    expect((await autopsy(chain, [0], { target: [1, 1, 1, 1], ...options })).target).toEqual([1, 1, 1, 1]);
  });

  it("names the rule that forbids the target, and a length that does", async () => {
    const banned = await autopsy(chain, [0], { target: [2, 4], ...options, badWordsIds: [[0, 2]] });
    expect(banned).toMatchObject({
      verdict: "forbidden",
      loss: { step: 1, reason: "forbidden", by: { option: "badWordsIds", ngram: [0, 2] } },
    });
    const long = await autopsy(chain, [0], { target: [1, 1, 1, 1, 4], numBeams: 200, ...options });
    expect(long).toMatchObject({ verdict: "forbidden", loss: { step: 5, by: { option: "maxNewTokens" } } });
  });

  it("says when the target ended too low in the step, was pushed out of the pool, or was cut off by the end", async () => {
    const late = await autopsy(chain, [0], { target: [3, 4], numBeams: 3, ...options });
    expect(late.loss).toMatchObject({ step: 2, reason: "late" });
    expect(late.loss!.margin).toBeCloseTo(Math.log(0.125 / 0.05), 12);
    const ending = createChain({ 0: [0, 0.5, 0.4, 0.1, 0], 1: [0, 0.1, 0.3, 0.2, 0.4], 2: [0, 0.1, 0, 0, 0.9], 3: [0, 0, 0, 0.5, 0.5] }); // prettier-ignore
    const never = { ...options, maxNewTokens: 3, lengthPenalty: 1, earlyStopping: "never" as const };
    const pushed = await autopsy(ending, [0], { target: [1, 4], numBeams: 2, ...never });
    expect(pushed.loss).toMatchObject({ step: 3, reason: "pool" });
    expect(pushed.loss!.margin).toBeCloseTo(Math.log(0.135) / 3 - Math.log(0.2) / 2, 12);
    const stopped = await autopsy(chain, [0], {
      target: [1, 1, 1, 4],
      numBeams: 2,
      ...options,
      earlyStopping: true,
    });
    expect(stopped.loss).toMatchObject({ step: 4, reason: "stopped", margin: null });
  });

  it("tells the margin of a beginning that ranks too low for the trace", async () => {
    const model = createNoise(30, { seed: 2 });
    const { outputs } = await generate(model, [[0]], {
      maxNewTokens: 1,
      numBeams: 30,
      numReturnSequences: 30,
      lengthPenalty: 0,
    });
    const [best, ...rest] = outputs[0].hypotheses;
    const worst = rest[rest.length - 1];
    const found = await autopsy(model, [0], {
      target: worst.tokens,
      maxNewTokens: 1,
      lengthPenalty: 0,
      maxBeams: 3,
    });
    expect(found.loss).toMatchObject({ step: 1, candidate: null });
    expect(found.smallestBeam).toBeNull();
    expect(found.trials).toHaveLength(3);
    expect(found.best.tokens).toEqual(best.tokens);
  });

  it("agrees with a search by hand over many small models", async () => {
    const verdicts = new Map<string, number>();
    for (let seed = 0; seed < 25; seed++) {
      const model = createNoise(5, { seed });
      const all = { eosTokenId: EOS, maxNewTokens: 4, lengthPenalty: 1 };
      const wide = await generate(model, [[0]], { ...all, numBeams: 300, numReturnSequences: 10 });
      for (const { tokens } of [wide.outputs[0].hypotheses[0], wide.outputs[0].hypotheses[9]]) {
        const found = await autopsy(model, [0], { target: tokens, numBeams: 2, maxBeams: 24, ...all });
        verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1);
        const kept = async (numBeams: number) => {
          const { outputs } = await generate(model, [[0]], {
            ...all,
            numBeams,
            numReturnSequences: numBeams,
          });
          return outputs[0].hypotheses.some((one) => one.tokens.join() === tokens.join());
        };
        let width = 1;
        while (width <= 24 && !(await kept(width))) width += 1;
        expect(found.smallestBeam).toBe(width <= 24 ? width : null);
        expect(found.loss === null).toBe(await kept(2));
      }
    }
    expect([...verdicts.keys()].sort()).toEqual(["found", "model-error", "search-error"]);
  });

  it("refuses draws, groups and an empty target", async () => {
    const target = [2, 4];
    await expect(autopsy(chain, [0], { target, doSample: true })).rejects.toThrow(/autopsy: `doSample` or/);
    await expect(autopsy(chain, [0], { target, numBeams: 4, numBeamGroups: 2 })).rejects.toThrow(
      /one group of beams/,
    );
    await expect(autopsy(chain, [0], { target: [] })).rejects.toThrow(/autopsy: `target` is empty/);
    await expect(autopsy(chain, [0], { target: [2, 4, 1], ...options })).rejects.toThrow(
      /`target\[1\]` is an end token, and 1 tokens/,
    );
    await expect(autopsy(chain, [0], { target: [2, 1] })).rejects.toThrow(
      /`target` has 2 tokens, and there is no/,
    );
    await expect(autopsy(chain, [0], { target, maxBeams: 0 })).rejects.toThrow(/`maxBeams` is 0/);
  });
});
