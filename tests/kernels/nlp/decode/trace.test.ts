import { generate, type Candidate, type GenerateOptions, type SearchTrace } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import { createChain, createNoise, type HistoryModel } from "./chain.ts";

const EOS = 4;
/** 0 begins; 1, 2 and 3 are words. */
const chain = createChain({
  0: [0, 0.5, 0.4, 0.1, 0],
  1: [0, 0.1, 0.3, 0.2, 0.4],
  2: [0, 0.1, 0, 0, 0.9],
  3: [0, 0, 0, 0.5, 0.5],
});

async function trace(options: GenerateOptions, model: HistoryModel = chain): Promise<SearchTrace> {
  const { outputs } = await generate(model, [[0]], { eosTokenId: EOS, trace: true, ...options });
  return outputs[0].trace!;
}

const words = ({ candidates }: SearchTrace, { parent, token }: Candidate): number[] =>
  parent === null ? [token] : [...words({ candidates } as SearchTrace, candidates[parent]), token];

describe("the trace of a beam search, worked by hand", () => {
  it("has every candidate of a step with its probabilities, its parent and its fate", async () => {
    const search = await trace({ numBeams: 2, maxNewTokens: 3, lengthPenalty: 0 });
    const rows = search.candidates.map((one) => [
      one.step,
      words(search, one).join(""),
      Math.round(Math.exp(one.total) * 1000) / 1000,
      one.rank,
      one.fate.kind === "pruned" ? one.fate.reason : one.fate.kind,
    ]);
    expect(rows).toEqual([
      [1, "1", 0.5, 0, "kept"],
      [1, "2", 0.4, 1, "kept"],
      [1, "3", 0.1, 2, "beam"],
      [2, "24", 0.36, 0, "finished"],
      [2, "14", 0.2, 1, "finished"],
      [2, "12", 0.15, 2, "kept"],
      [2, "13", 0.1, 3, "kept"],
      [2, "11", 0.05, 4, "beam"],
    ]);
    const dropped = search.candidates[2].fate;
    expect(dropped).toMatchObject({ kind: "pruned", reason: "beam" });
    expect(dropped.kind === "pruned" && dropped.margin).toBeCloseTo(Math.log(0.4 / 0.1), 12);
    expect(search.steps).toEqual([
      { step: 1, first: 0, end: 3, beams: [0, 1], pool: [], forbidden: 0 },
      { step: 2, first: 3, end: 8, beams: [], pool: [0, 1], forbidden: 0 },
    ]);
    // The best live beam, 0.15, cannot get better than 0.2.
    expect(search.stop).toEqual({ step: 2, reason: "hopeless" });
    expect(search).toMatchObject({
      strategy: "beam",
      prompt: [0],
      longest: 3,
      returned: [0],
      limits: { candidates: 5, forbidden: 5 },
    });
  });

  it("says when a hypothesis entered the pool and when a better one pushed it out", async () => {
    const search = await trace({ numBeams: 2, maxNewTokens: 3, earlyStopping: "never" });
    const score = (p: number, length: number) => expect.closeTo(Math.log(p) / length, 10);
    expect(search.hypotheses).toMatchObject([
      { tokens: [2, 4], score: score(0.36, 2), ending: "eos", entered: 2, left: null },
      { tokens: [1, 4], score: score(0.2, 2), ending: "eos", entered: 2, left: { step: 3, by: 2 } },
      { tokens: [1, 2, 4], score: score(0.135, 3), ending: "eos", entered: 3, left: null },
      { tokens: [1, 3, 3], score: score(0.05, 3), ending: "length", entered: null, left: null },
    ]);
    const last = search.candidates.filter(({ step }) => step === 3);
    expect(last.map(({ fate }) => fate)).toMatchObject([
      { kind: "finished", hypothesis: 2 },
      {
        kind: "pruned",
        reason: "pool",
        margin: expect.closeTo(Math.log(0.135) / 3 - Math.log(0.05) / 3, 10),
      },
      { kind: "pruned", reason: "late", margin: 0 },
      { kind: "pruned", reason: "late", margin: expect.closeTo(Math.log(0.05 / 0.015), 10) },
    ]);
    expect(search.steps[2].pool).toEqual([0, 2]);
    expect(search.stop).toEqual({ step: 3, reason: "length" });
  });

  it("is full when earlyStopping is true and as many have ended as there are beams", async () => {
    const search = await trace({ numBeams: 2, maxNewTokens: 3, earlyStopping: true });
    expect(search.stop).toEqual({ step: 2, reason: "full" });
  });

  it("names the rule that forbids a token, the run that would have come again, and what it would have been worth", async () => {
    const search = await trace({ numBeams: 2, maxNewTokens: 4, noRepeatNgramSize: 1, minNewTokens: 3 });
    const forbidden = search.candidates.filter(({ fate }) => fate.kind === "forbidden");
    const second = forbidden.filter(({ step }) => step === 2);
    expect(second.map((one) => [words(search, one).join(""), one.fate])).toEqual([
      ["24", { kind: "forbidden", by: { option: "minNewTokens" } }],
      ["14", { kind: "forbidden", by: { option: "minNewTokens" } }],
      ["11", { kind: "forbidden", by: { option: "noRepeatNgramSize", ngram: [1] } }],
    ]);
    expect(second[0]).toMatchObject({
      processed: null,
      rank: null,
      total: expect.closeTo(Math.log(0.36), 10),
    });
    expect(search.steps[1].forbidden).toBe(3);
  });

  it("keeps the log-probabilities before and after a rule that only changes scores", async () => {
    const search = await trace({
      numBeams: 2,
      maxNewTokens: 2,
      repetitionPenalty: 2,
      trace: { candidates: 9 },
    });
    const again = search.candidates.find((one) => words(search, one).join("") === "11")!;
    expect(again.logProbability).toBeCloseTo(Math.log(0.1), 12);
    expect(again.processed).toBeCloseTo(2 * Math.log(0.1), 12);
  });
});

describe("the traces of other searches", () => {
  it("of greedy search have the best candidates beside the one that was taken", async () => {
    const search = await trace({ trace: { candidates: 2 } });
    expect(search.strategy).toBe("greedy");
    expect(search.candidates.map((one) => [words(search, one).join(""), one.fate.kind])).toEqual([
      ["1", "kept"],
      ["2", "pruned"],
      ["14", "finished"],
      ["12", "pruned"],
    ]);
    expect(search.candidates[1].fate).toMatchObject({
      reason: "beam",
      margin: expect.closeTo(Math.log(0.5 / 0.4), 10),
    });
  });

  it("of samples have the token that was drawn, however unlikely, and what top-k forbids", async () => {
    const options = { doSample: true, numReturnSequences: 40, maxNewTokens: 1, trace: { candidates: 2 } };
    const search = await trace({ ...options, topK: 0 });
    const drawn = search.candidates.filter(({ fate }) => fate.kind === "finished");
    expect(drawn).toHaveLength(40);
    expect(new Set(drawn.map(({ token }) => token))).toEqual(new Set([1, 2, 3]));
    expect(drawn.every(({ token, rank }) => rank === token - 1)).toBe(true);
    expect(
      search.candidates.filter(({ fate }) => fate.kind === "pruned" && fate.reason === "undrawn"),
    ).toHaveLength(40);
    const cut = await trace({ ...options, topK: 1, numReturnSequences: 1 });
    expect(cut.candidates.find(({ token }) => token === 2)?.fate).toEqual({
      kind: "forbidden",
      by: { option: "topK" },
    });
    expect(cut.steps[0].forbidden).toBe(2);
  });
});

describe("every trace", () => {
  const strategies: GenerateOptions[] = [
    {},
    { numBeams: 4, numReturnSequences: 2 },
    { numBeams: 3, earlyStopping: "never", noRepeatNgramSize: 2, repetitionPenalty: 1.3, minNewTokens: 3 },
    { numBeams: 6, numBeamGroups: 3, diversityPenalty: 1, numReturnSequences: 6 },
    { doSample: true, numReturnSequences: 3, topP: 0.7 },
    { doSample: true, numBeams: 3, temperature: 2 },
    { numBeams: 3, eosTokenId: [4, 5], suppressTokens: [2] },
  ];
  for (const options of strategies) {
    it(`adds up: ${JSON.stringify(options)}`, async () => {
      for (let seed = 0; seed < 8; seed++) {
        const search = await trace({ maxNewTokens: 7, ...options }, createNoise(7, { seed, spread: 1 }));
        expectConsistent(search);
        expect(JSON.parse(JSON.stringify(search))).toEqual(search);
      }
    });
  }

  it("changes nothing of what is found", async () => {
    for (const options of strategies) {
      const model = createNoise(7, { seed: 3 });
      const [plain, traced] = await Promise.all(
        [false, { candidates: 20 }].map((trace) =>
          generate(model, [[0]], { eosTokenId: EOS, ...options, trace }),
        ),
      );
      const found = ({ outputs }: typeof plain) =>
        outputs[0].hypotheses.map(({ candidate: _, ...rest }) => rest);
      expect(found(traced)).toEqual(found(plain));
    }
  });

  it("of 10 beams and 40 steps has no more than 20 candidates a step, beside 20 forbidden ones", async () => {
    const model = createNoise(200, { seed: 1 });
    const search = await trace(
      { numBeams: 10, maxNewTokens: 40, noRepeatNgramSize: 1, eosTokenId: undefined },
      model,
    );
    expect(search.steps).toHaveLength(40);
    for (const { first, end } of search.steps) expect(end - first).toBeLessThanOrEqual(40);
    expect(JSON.stringify(search).length).toBeLessThan(400_000);
  });
});

function expectConsistent(search: SearchTrace): void {
  const { candidates, steps, hypotheses, lengthPenalty } = search;
  for (const [index, one] of candidates.entries()) {
    expect(one.id).toBe(index);
    const parent = one.parent === null ? undefined : candidates[one.parent];
    expect(parent?.step ?? 0).toBe(one.step - 1);
    if (parent) expect(parent.fate.kind).toBe("kept");
    expect(one.total).toBeCloseTo((parent?.total ?? 0) + (one.processed ?? one.logProbability), 10);
    expect(one.score).toBeCloseTo(one.total / one.step ** lengthPenalty, 10);
    expect(one.rank === null).toBe(one.fate.kind === "forbidden");
    if (one.fate.kind === "finished") expect(hypotheses[one.fate.hypothesis].candidate).toBe(one.id);
  }
  for (const { step, first, end, beams, pool } of steps) {
    const own = candidates.slice(first, end);
    expect(own.every((one) => one.step === step)).toBe(true);
    const kept = own.filter(({ fate }) => fate.kind === "kept").map(({ id }) => id);
    // What was kept is not live any more where the group's search has ended with this step.
    const groups = new Set(beams.map((id) => candidates[id].group));
    expect(beams.toSorted()).toEqual(kept.filter((id) => groups.has(candidates[id].group)).toSorted());
    const inPool = hypotheses.filter(
      ({ entered, left }) => entered !== null && entered <= step && (left?.step ?? Infinity) > step,
    );
    expect(pool.toSorted((a, b) => a - b)).toEqual(inPool.map(({ id }) => id));
  }
  for (const { tokens, candidate, ending } of hypotheses) {
    if (ending !== "stuck") expect(words(search, candidates[candidate!])).toEqual(tokens);
  }
  expect(steps[steps.length - 1].beams).toEqual([]);
}
