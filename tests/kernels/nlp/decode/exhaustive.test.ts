/** Beam search against enumeration: on a small tree a beam as wide as the tree must find every output, in the right order. */
import { generate, type GenerateOptions } from "gongbu/decode";
import { createRandom } from "gongbu/data";
import { describe, expect, it } from "vitest";
import { createNoise } from "./chain.ts";

const VOCABULARY = [0, 1, 2, 3];
const EOS = 3;
const LONGEST = 4;
const PROMPT = [1];
/** 1 + 3 + 9 + 27 · 4 = 121 outputs. */
const WIDTH = 130;

interface Rules {
  readonly noRepeatNgramSize?: number;
  readonly repetitionPenalty?: number;
  readonly minNewTokens?: number;
  readonly badWordsIds?: readonly (readonly number[])[];
  readonly suppressTokens?: readonly number[];
  readonly forcedBosTokenId?: number;
  readonly forcedEosTokenId?: number;
}

/** Every output that the rules allow, with its total, by plain recursion over strings. */
function enumerate(
  score: (ids: readonly number[]) => number[],
  rules: Rules,
  generated: readonly number[] = [],
): { tokens: readonly number[]; total: number }[] {
  const ids = [...PROMPT, ...generated];
  const logits = score(ids);
  const sum = Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0));
  return VOCABULARY.flatMap((token) => {
    const value = maybeValue(token, { ids, generated, logProbability: logits[token] - sum, rules });
    if (value === undefined) return [];
    const tokens = [...generated, token];
    if (token === EOS || tokens.length === LONGEST) return [{ tokens, total: value }];
    return enumerate(score, rules, tokens).map((rest) => ({
      tokens: rest.tokens,
      total: value + rest.total,
    }));
  });
}

function maybeValue(
  token: number,
  {
    ids,
    generated,
    logProbability,
    rules,
  }: { ids: number[]; generated: readonly number[]; logProbability: number; rules: Rules },
): number | undefined {
  const { noRepeatNgramSize: size = 0, suppressTokens = [], badWordsIds = [], minNewTokens = 0 } = rules;
  if (suppressTokens.includes(token)) return undefined;
  const forced =
    ids.length === 1 && rules.forcedBosTokenId !== undefined
      ? rules.forcedBosTokenId
      : generated.length === LONGEST - 1
        ? rules.forcedEosTokenId
        : undefined;
  if (forced !== undefined) return token === forced ? 0 : undefined;
  const text = [...ids, token].join(",");
  const before = `,${ids.join(",")},`;
  if (size > 0 && ids.length >= size - 1) {
    const ngram = [...ids, token].slice(-size).join(",");
    if (ids.length + 1 >= size && before.includes(`,${ngram},`)) return undefined;
  }
  if (badWordsIds.some((word) => `,${text}`.endsWith(`,${word.join(",")}`))) return undefined;
  if (token === EOS && generated.length < minNewTokens) return undefined;
  const penalty = rules.repetitionPenalty ?? 1;
  return ids.includes(token) ? logProbability * penalty : logProbability;
}

const random = createRandom(11);
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)];

function chooseRules(): Rules {
  const options: Record<keyof Rules, readonly unknown[]> = {
    noRepeatNgramSize: [2, 3],
    repetitionPenalty: [0.7, 1.4],
    minNewTokens: [1, 2, 3],
    badWordsIds: [
      [[0, 2]],
      [
        [2, 2],
        [1, 1],
      ],
    ],
    suppressTokens: [[0]],
    forcedBosTokenId: [2],
    forcedEosTokenId: [EOS],
  };
  const chosen = Object.entries(options).filter(() => random.uniform() < 0.35);
  return Object.fromEntries(chosen.map(([name, values]) => [name, pick(values)]));
}

describe("a beam as wide as the tree", () => {
  const penalties = [-1, 0, 0.5, 1, 2];
  const stops = [true, false, "never"] as const;
  for (let round = 0; round < 60; round++) {
    const rules = round === 0 ? {} : chooseRules();
    const lengthPenalty = penalties[round % penalties.length];
    const earlyStopping = stops[round % stops.length];
    const title = JSON.stringify({ ...rules, lengthPenalty, earlyStopping });
    it(`finds every output in order of its score, round ${round}: ${title}`, async () => {
      const model = createNoise(VOCABULARY.length, { seed: round });
      const all = enumerate(model.score, rules)
        .map(({ tokens, total }) => ({ tokens, score: total / tokens.length ** lengthPenalty }))
        .sort((a, b) => b.score - a.score);
      expect(all.length).toBeGreaterThan(0);
      const options: GenerateOptions = {
        ...rules,
        lengthPenalty,
        earlyStopping,
        numBeams: WIDTH,
        numReturnSequences: WIDTH,
        maxNewTokens: LONGEST,
        eosTokenId: EOS,
      };
      const { outputs } = await generate(model, [PROMPT], options);
      const found = outputs[0].hypotheses;
      expect(found.map(({ tokens }) => tokens)).toEqual(all.map(({ tokens }) => tokens));
      found.forEach((one, index) => expect(one.score).toBeCloseTo(all[index].score, 10));
    });
  }
});

describe("a narrower beam", () => {
  it("never returns a better score than the best of all, and sometimes a worse one", async () => {
    let worse = 0;
    for (let seed = 0; seed < 30; seed++) {
      const model = createNoise(VOCABULARY.length, { seed });
      const options = { maxNewTokens: LONGEST, eosTokenId: EOS, lengthPenalty: 0 };
      const [narrow, wide] = await Promise.all(
        [2, WIDTH].map((numBeams) => generate(model, [PROMPT], { ...options, numBeams })),
      );
      const [a, b] = [narrow, wide].map(({ outputs }) => outputs[0].hypotheses[0].score);
      expect(a).toBeLessThanOrEqual(b + 1e-12);
      if (a < b - 1e-9) worse += 1;
    }
    expect(worse).toBeGreaterThan(0);
  });
});
