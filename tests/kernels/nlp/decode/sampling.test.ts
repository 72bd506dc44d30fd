/** Draws are compared with the distribution they should come from by χ²; seeds are fixed, so the tests never waver. */
import { generate, nextTokenProbabilities, type GenerateOptions } from "gongbu/decode";
import { expect, it } from "vitest";
import { createChain, createModel, createNoise } from "./chain.ts";

/** χ² above these comes once in a thousand times by chance; by degrees of freedom. */
const CRITICAL: Record<number, number> = { 2: 13.8, 3: 16.3, 4: 18.5, 5: 20.5 };

/** Σ (observed − expected)² / expected over the outcomes that can come, beside its critical value. */
function expectDistributed(counts: readonly number[], probabilities: readonly number[]): void {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  const possible = probabilities.flatMap((p, index) => (p > 0 ? [index] : []));
  expect(counts.filter((count, index) => count > 0 && probabilities[index] === 0)).toEqual([]);
  const chiSquare = possible.reduce((sum, index) => {
    const expected = draws * probabilities[index];
    return sum + (counts[index] - expected) ** 2 / expected;
  }, 0);
  expect(chiSquare).toBeLessThan(CRITICAL[possible.length - 1]);
}

const LOGITS = [1, 0.5, 0, -0.5, -1];
const model = createModel(() => LOGITS);

async function drawCounts(options: GenerateOptions): Promise<number[]> {
  const { outputs } = await generate(model, [[0]], {
    doSample: true,
    maxNewTokens: 1,
    numReturnSequences: 4000,
    seed: 3,
    ...options,
  });
  const counts = LOGITS.map(() => 0);
  for (const { tokens } of outputs[0].hypotheses) counts[tokens[0]] += 1;
  return counts;
}

const cases: GenerateOptions[] = [
  {},
  { temperature: 0.5 },
  { topK: 3 },
  { topP: 0.8 },
  { minP: 0.3 },
  { typicalP: 0.6 },
  { temperature: 2, topK: 4, topP: 0.9 },
  { repetitionPenalty: 1.5, suppressTokens: [2] },
];
for (const options of cases) {
  it(`draws come from the distribution after the rules: ${JSON.stringify(options)}`, async () => {
    const expected = nextTokenProbabilities(LOGITS, { ids: [0], ...options });
    expectDistributed(await drawCounts(options), expected);
  });
}

it("whole sequences come as often as the product of their tokens' probabilities says", async () => {
  const chain = createChain({ 0: [0, 0.5, 0.5], 1: [0.2, 0, 0.8], 2: [0.6, 0.4, 0] });
  const { outputs } = await generate(chain, [[0]], {
    doSample: true,
    topK: 0,
    maxNewTokens: 2,
    numReturnSequences: 3000,
  });
  const sequences = ["1,0", "1,2", "2,0", "2,1"];
  const counts = sequences.map(
    (sequence) => outputs[0].hypotheses.filter(({ tokens }) => tokens.join() === sequence).length,
  );
  expectDistributed(counts, [0.1, 0.4, 0.3, 0.2]);
  const { logProbability, total } = outputs[0].hypotheses[0];
  expect(total).toBeCloseTo(logProbability, 12);
});

it("the same seed draws the same, another seed something else", async () => {
  const noise = createNoise(20, { seed: 1 });
  const draw = async (seed: number) => (await generate(noise, [[1]], { doSample: true, seed })).sequences;
  expect(await draw(4)).toEqual(await draw(4));
  expect(await draw(4)).not.toEqual(await draw(5));
});

it("draws among the 50 best where nothing is said, as Hugging Face's library does", async () => {
  const flat = createModel(() => Array.from({ length: 60 }, (_, token) => -token / 1000));
  const options = { doSample: true, maxNewTokens: 1, numReturnSequences: 1500 };
  const highest = async (rest: GenerateOptions) =>
    Math.max(
      ...(await generate(flat, [[0]], { ...options, ...rest })).outputs[0].hypotheses.map(
        ({ tokens }) => tokens[0],
      ),
    );
  expect(await highest({})).toBe(49);
  expect(await highest({ topK: 0 })).toBe(59);
});

it("beam sampling draws its candidates without replacement, in order of the draws", async () => {
  const p = [0.5, 0.25, 0.15, 0.1];
  const chain = createChain({ 0: p });
  const pairs = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]; // prettier-ignore
  const counts = pairs.map(() => 0);
  for (let seed = 0; seed < 3000; seed++) {
    const { outputs } = await generate(chain, [[0]], {
      doSample: true,
      topK: 0,
      numBeams: 2,
      numReturnSequences: 2,
      maxNewTokens: 1,
      seed,
    });
    const drawn = outputs[0].hypotheses.map(({ tokens }) => tokens[0]).sort();
    counts[pairs.findIndex((pair) => pair.join() === drawn.join())] += 1;
  }
  // The first two draws, in either order: p(a) p(b) / (1 − p(a)) + p(b) p(a) / (1 − p(b))
  const expected = pairs.map(([a, b]) => (p[a] * p[b]) / (1 - p[a]) + (p[b] * p[a]) / (1 - p[b]));
  expectDistributed(counts, expected);
});
