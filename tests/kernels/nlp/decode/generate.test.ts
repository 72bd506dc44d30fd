import {
  generate,
  generateStream,
  type GenerateEvent,
  type GenerateOptions,
  type NextTokenModel,
} from "gongbu/decode";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createChain, createModel, createNoise } from "./chain.ts";

const EOS = 3;

async function collect(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const all: GenerateEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const tokensOf = ({ outputs }: Awaited<ReturnType<typeof generate>>) =>
  outputs.map(({ hypotheses }) => hypotheses.map(({ tokens }) => tokens));

afterEach(() => vi.unstubAllGlobals());

describe("a model that generate has never seen", () => {
  it("is a learner's trigram model of a dozen lines", async () => {
    const text = "the cat sat on the mat . the cat saw the dog . the dog sat on the cat .".split(" ");
    const words = [...new Set(text)];
    const ids = text.map((word) => words.indexOf(word));
    const counts = new Map<string, number[]>();
    ids.forEach((id, i) => {
      for (const context of [`${ids[i - 2]} ${ids[i - 1]}`, `${ids[i - 1]}`]) {
        const row =
          counts.get(context) ??
          counts
            .set(
              context,
              words.map(() => 0.01),
            )
            .get(context)!;
        row[id] += 1;
      }
    });
    const next = (history: number[]) =>
      (counts.get(history.slice(-2).join(" ")) ?? counts.get(`${history[history.length - 1]}`)!).map(
        Math.log,
      );
    const look = (state: number[][]) => ({ state, logits: state.map(next) });
    const trigrams: NextTokenModel<number[], number[][]> = {
      start: (prompts) => look([...prompts]),
      step: (state, tokens) => look(state.map((history, row) => [...history, tokens[row]])),
    };

    const prompt = ["the", "dog"].map((word) => words.indexOf(word));
    const options = { numBeams: 3, eosTokenId: words.indexOf("."), noRepeatNgramSize: 3, maxNewTokens: 8 };
    const { outputs } = await generate(trigrams, [prompt], options);
    const best = outputs[0].hypotheses[0].tokens.map((id) => words[id]).join(" ");
    expect(best).toBe("sat on the mat .");
  });
});

describe("greedy search", () => {
  it("takes the best token until the end token, or the greatest length", async () => {
    const chain = createChain({
      0: [0.1, 0.6, 0.3, 0],
      1: [0.2, 0.1, 0.4, 0.3],
      2: [0.1, 0.1, 0.1, 0.7],
    });
    const { outputs, sequences, steps } = await generate(chain, [[0]], { eosTokenId: EOS });
    const [hypothesis] = outputs[0].hypotheses;
    expect(hypothesis).toMatchObject({ tokens: [1, 2, 3], ending: "eos", id: 0, entered: 3, left: null });
    expect(hypothesis.logProbability).toBeCloseTo(Math.log(0.6 * 0.4 * 0.7), 12);
    expect(hypothesis.score).toBeCloseTo(Math.log(0.6 * 0.4 * 0.7) / 3, 12);
    expect(outputs[0].stop).toEqual({ step: 3, reason: "eos" });
    expect(sequences).toEqual([[0, 1, 2, 3]]);
    expect(steps).toBe(3);

    const cut = await generate(chain, [[0]], { eosTokenId: EOS, maxNewTokens: 2 });
    expect(cut.outputs[0].hypotheses[0]).toMatchObject({ tokens: [1, 2], ending: "length" });
    expect(cut.outputs[0].stop).toEqual({ step: 2, reason: "length" });
  });

  it("is what one beam gives, token by token the argmax of the model", async () => {
    for (let seed = 0; seed < 10; seed++) {
      const model = createNoise(6, { seed });
      const ids = [1];
      while (ids.length < 9 && ids[ids.length - 1] !== EOS) {
        const scores = model.score(ids);
        ids.push(scores.indexOf(Math.max(...scores)));
      }
      const { sequences } = await generate(model, [[1]], { numBeams: 1, eosTokenId: EOS, maxNewTokens: 8 });
      expect(sequences).toEqual([ids]);
    }
  });

  it("generates 20 tokens where nothing is said, and stops at none without an end token", async () => {
    const { outputs } = await generate(createNoise(4, { seed: 1 }), [[0]]);
    expect(outputs[0].hypotheses[0].tokens).toHaveLength(20);
  });
});

describe("several inputs", () => {
  const strategies: GenerateOptions[] = [
    {},
    { numBeams: 3, numReturnSequences: 3, earlyStopping: true },
    { numBeams: 3, numReturnSequences: 2, lengthPenalty: 2, earlyStopping: "never" },
    { numBeams: 4, numBeamGroups: 2, numReturnSequences: 4, diversityPenalty: 1 },
    { doSample: true, numReturnSequences: 3, topK: 0 },
    { doSample: true, numBeams: 3, numReturnSequences: 3, topK: 4 },
    { numBeams: 3, noRepeatNgramSize: 2, repetitionPenalty: 1.2, minNewTokens: 2 },
  ];
  for (const options of strategies) {
    it(`give together what each gives alone: ${JSON.stringify(options)}`, async () => {
      const model = createNoise(6, { seed: 5 });
      const inputs = [[1], [2, 4, 1], [5, 5], [4, 0, 2, 1], [3]];
      const rest = { eosTokenId: EOS, maxNewTokens: 9, ...options };
      const together = await generate(model, inputs, { ...rest, seed: 7 });
      for (const [index, input] of inputs.entries()) {
        const alone = await generate(model, [input], { ...rest, seed: 7 + index });
        expect(alone.outputs[0]).toEqual(together.outputs[index]);
      }
    });
  }

  it("that have ended take no more rows, and are filled up with the pad token", async () => {
    const rows: number[] = [];
    const chain = createChain({ 0: [0, 0, 0, 1], 1: [0, 0, 1, 0], 2: [0, 0, 0.9, 0.1] });
    const counting: typeof chain = {
      ...chain,
      step: (state, tokens) => {
        rows.push(tokens.length);
        return chain.step(state, tokens);
      },
    };
    const { sequences } = await generate(counting, [[0], [1]], {
      eosTokenId: EOS,
      padTokenId: 9,
      maxNewTokens: 3,
    });
    expect(sequences).toEqual([
      [0, 3, 9, 9],
      [1, 2, 2, 2],
    ]);
    expect(rows).toEqual([1, 1]);
  });
});

describe("a state", () => {
  /** Recomputes nothing: the state of a row is a running sum, and rows are kept side by side in one array. */
  function createCached(seed: number): NextTokenModel<number[], { sums: Float64Array; freed: boolean }> & {
    states: { freed: boolean }[];
  } {
    const scores = createModel(([sum]) =>
      Array.from({ length: 5 }, (_, v) => Math.sin(sum * 7.3 + v * v + seed) * 2),
    );
    const states: { freed: boolean }[] = [];
    const look = (sums: Float64Array) => {
      const state = { sums, freed: false };
      states.push(state);
      const rows = Array.from(sums, (sum) => [sum]);
      return { state, logits: scores.start(rows, rows).logits };
    };
    const add = (sum: number, id: number) => sum * 0.5 + id + 1;
    return {
      states,
      start: (prompts) => look(Float64Array.from(prompts, (ids) => ids.reduce(add, 0))),
      step: (state, tokens) => {
        if (state.freed) throw new Error("A freed state was used.");
        state.freed = true;
        return look(state.sums.map((sum, row) => add(sum, tokens[row])));
      },
      reorder: (state, rows) => {
        state.freed = true;
        const next = { sums: Float64Array.from(rows, (row) => state.sums[row]), freed: false };
        states.push(next);
        return next;
      },
      dispose: (state) => {
        state.freed = true;
      },
    };
  }

  const strategies: GenerateOptions[] = [
    { numBeams: 1 },
    { numBeams: 4, numReturnSequences: 4 },
    { numBeams: 6, numBeamGroups: 3, numReturnSequences: 6, diversityPenalty: 0.5 },
    { doSample: true, numReturnSequences: 4 },
  ];
  for (const options of strategies) {
    it(`that is a cache gives what the whole history gives: ${JSON.stringify(options)}`, async () => {
      const add = (sum: number, id: number) => sum * 0.5 + id + 1;
      const whole = createModel((ids) => {
        const sum = ids.reduce(add, 0);
        return Array.from({ length: 5 }, (_, v) => Math.sin(sum * 7.3 + v * v + 2) * 2);
      });
      const cached = createCached(2);
      const inputs = [[1, 2], [4], [0, 0, 1]];
      const rest = { eosTokenId: EOS, maxNewTokens: 10, trace: true, ...options };
      const [a, b] = [await generate(cached, inputs, rest), await generate(whole, inputs, rest)];
      expect(a).toEqual(b);
      expect(cached.states.length).toBeGreaterThan(4);
      expect(cached.states.every(({ freed }) => freed)).toBe(true);
    });
  }

  it("is freed when the search is left, aborted or fails", async () => {
    const leaving = createCached(1);
    for await (const event of generateStream(leaving, [[1]], { numBeams: 2 })) {
      if (event.type === "step" && event.step === 3) break;
    }
    expect(leaving.states.every(({ freed }) => freed)).toBe(true);

    const failing = createCached(1);
    const step = failing.step.bind(failing);
    failing.step = (state, tokens) => {
      if (failing.states.length > 5) throw new Error("out of memory");
      return step(state, tokens);
    };
    await expect(generate(failing, [[1]], { numBeams: 2 })).rejects.toThrow("out of memory");
    expect(failing.states.every(({ freed }) => freed)).toBe(true);
  });

  it("that is neither an array of rows nor comes with reorder is refused, once the order changes", async () => {
    const model = createNoise(5, { seed: 1 });
    const odd: NextTokenModel<readonly number[], { all: readonly (readonly number[])[] }> = {
      start: (inputs, prompts) => {
        const { logits, state } = model.start(inputs, prompts);
        return { logits, state: { all: state } };
      },
      step: ({ all }, tokens) => {
        const { logits, state } = model.step(all, tokens);
        return { logits, state: { all: state } };
      },
    };
    await expect(generate(odd, [[1]], { maxNewTokens: 3 })).resolves.toBeDefined();
    await expect(generate(odd, [[1]], { numBeams: 2 })).rejects.toThrow(
      /no `reorder` and its state is no array of 1 rows/,
    );
  });
});

describe("an encoder–decoder", () => {
  const model = { ...createNoise<string>(8, { seed: 3 }), isEncoderDecoder: true };

  it("begins with its start token, which the call, the model or bosTokenId names", async () => {
    const first = async (options: GenerateOptions, config = {}) =>
      (await generate({ ...model, generationConfig: config }, ["x"], { maxNewTokens: 1, ...options }))
        .sequences[0][0];
    expect(await first({ decoderStartTokenId: 2 })).toBe(2);
    expect(await first({}, { decoderStartTokenId: 4 })).toBe(4);
    expect(await first({ bosTokenId: 5 })).toBe(5);
    await expect(first({})).rejects.toThrow(/generate: The model is an encoder–decoder/);
  });

  it("goes on from decoder ids, one list for all inputs or one for each", async () => {
    const sequences = async (decoderInputIds: GenerateOptions["decoderInputIds"]) =>
      (await generate(model, ["x", "y"], { decoderStartTokenId: 2, decoderInputIds, maxNewTokens: 1 }))
        .sequences;
    expect((await sequences([6, 7])).map((ids) => ids.slice(0, 3))).toEqual([[2, 6, 7], [2, 6, 7]]); // prettier-ignore
    expect((await sequences([[2, 6], [7]])).map((ids) => ids.slice(0, 2))).toEqual([[2, 6], [2, 7]]); // prettier-ignore
    await expect(sequences([[6]])).rejects.toThrow(/The lengths are `inputs` 2, `decoderInputIds` 1/);
  });
});

describe("an encoded text", () => {
  it("is the prompt of a causal model, its padding left out", async () => {
    const encoded = { inputIds: [1, 2, 0, 0], attentionMask: [1, 1, 0, 0] };
    const a = await generate(createNoise<typeof encoded>(5, { seed: 9 }), [encoded], { maxNewTokens: 4 });
    const b = await generate(createNoise(5, { seed: 9 }), [[1, 2]], { maxNewTokens: 4 });
    expect(a.sequences).toEqual(b.sequences);
  });
});

describe("generateStream", () => {
  it("tells each token of greedy search, then the step, and at last everything", async () => {
    const chain = createChain({ 0: [0, 1, 0, 0], 1: [0, 0, 1, 0], 2: [0, 0, 0, 1] });
    const events = await collect(generateStream(chain, [[0], [2]], { eosTokenId: EOS }));
    expect(events.map(({ type }) => type)).toEqual(["token", "token", "step", "token", "step", "token", "step", "finished"]); // prettier-ignore
    expect(events[1]).toEqual({ type: "token", step: 1, input: 1, sequence: 0, token: 3, tokens: [3] });
    expect(events[2]).toMatchObject({
      step: 1,
      done: [1],
      live: [{ input: 0, group: 0, tokens: [1], total: 0 }],
    });
    expect(events[5]).toMatchObject({ input: 0, token: 3, tokens: [1, 2, 3] });
    const { type: _, ...finished } = events[7];
    expect(finished).toEqual(await generate(chain, [[0], [2]], { eosTokenId: EOS }));
  });

  it("tells the live beams of every step, the best first, and no token before its time", async () => {
    const model = createNoise(6, { seed: 4 });
    const events = await collect(
      generateStream(model, [[1]], { numBeams: 3, eosTokenId: EOS, maxNewTokens: 6 }),
    );
    expect(events.some(({ type }) => type === "token")).toBe(false);
    for (const event of events) {
      if (event.type !== "step" || event.live.length === 0) continue;
      expect(event.live.map(({ tokens }) => tokens.length)).toEqual([event.step, event.step, event.step]);
      const totals = event.live.map(({ total }) => total);
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    }
  });

  it("ends with the signal's reason before the next step", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const reason = new Error("enough");
    const run = async () => {
      for await (const event of generateStream(createNoise(5, { seed: 1 }), [[1]], {
        signal: controller.signal,
      })) {
        seen.push(event.type === "step" ? event.step : 0);
        if (event.type === "step" && event.step === 2) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    expect(Math.max(...seen)).toBe(2);
    const started = vi.fn();
    const model = { start: started, step: started };
    await expect(generate(model as never, [[1]], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(started).not.toHaveBeenCalled();
  });

  it("gives way between steps", async () => {
    const yielded = vi.fn(async () => {});
    vi.stubGlobal("scheduler", { yield: yielded });
    await generate(createNoise(5, { seed: 1 }), [[1]], { maxNewTokens: 6 });
    expect(yielded).toHaveBeenCalledTimes(5);
  });
});

describe("where no token is allowed any more", () => {
  const forbidAll = { suppressTokens: [0, 1, 2, 3] };

  it("greedy search ends with what it has", async () => {
    const { outputs } = await generate(createNoise(4, { seed: 1 }), [[0]], {
      noRepeatNgramSize: 1,
      maxNewTokens: 9,
    });
    const [hypothesis] = outputs[0].hypotheses;
    expect(hypothesis.ending).toBe("stuck");
    expect(hypothesis.tokens.toSorted()).toEqual([1, 2, 3]);
    expect(outputs[0].stop.reason).toBe("stuck");
    const nothing = await generate(createNoise(4, { seed: 1 }), [[0]], forbidAll);
    expect(nothing.outputs[0].hypotheses[0]).toMatchObject({ tokens: [], total: 0, score: 0 });
  });

  it("a beam search returns what has ended, or else its live beams", async () => {
    const options = { noRepeatNgramSize: 1, numBeams: 2, numReturnSequences: 2, maxNewTokens: 9 };
    const ended = await generate(createNoise(4, { seed: 1 }), [[0]], {
      ...options,
      eosTokenId: EOS,
      earlyStopping: "never",
    });
    expect(ended.outputs[0].hypotheses.every(({ ending }) => ending === "eos")).toBe(true);
    const stuck = await generate(createNoise(4, { seed: 1 }), [[0]], options);
    expect(stuck.outputs[0].hypotheses.map(({ ending }) => ending)).toEqual(["stuck", "stuck"]);
    expect(stuck.outputs[0].stop.reason).toBe("stuck");
  });
});

describe("several end tokens", () => {
  it("leave as many live beams, though every beam likes them best", async () => {
    const after = [0, 0.1, 0.1, 0.4, 0.4];
    const chain = createChain({ 0: [0, 0.5, 0.5, 0, 0], 1: after, 2: after });
    const options = { numBeams: 2, eosTokenId: [3, 4], earlyStopping: "never", lengthPenalty: 9 } as const;
    const events = await collect(generateStream(chain, [[0]], options));
    const second = events.find((event) => event.type === "step" && event.step === 2);
    expect(second).toMatchObject({ live: [{ tokens: [1, 1] }, { tokens: [1, 2] }] });
  });
});

describe("diverse beam search", () => {
  it("keeps the groups apart: the stronger the penalty, the fewer first tokens they share", async () => {
    const shared: number[] = [];
    for (const diversityPenalty of [0.001, 5]) {
      const { outputs } = await generate(createNoise(12, { seed: 6 }), [[1]], {
        numBeams: 4,
        numBeamGroups: 4,
        numReturnSequences: 4,
        diversityPenalty,
        maxNewTokens: 4,
      });
      shared.push(new Set(outputs[0].hypotheses.map(({ tokens }) => tokens[0])).size);
    }
    expect(shared).toEqual([1, 4]);
  });
});

describe("what cannot be meant", () => {
  const model = createNoise(5, { seed: 1 });
  const refused: [GenerateOptions | object, RegExp][] = [
    [{ num_beams: 4 }, /no option `num_beams`.*Write `numBeams`/],
    [{ beams: 4 }, /no option `beams`.*The options are maxNewTokens/],
    [{ numBeams: 0 }, /`numBeams` is 0/],
    [{ maxNewTokens: 0 }, /`maxNewTokens` is 0/],
    [{ maxLength: 1 }, /The prompt has 1 tokens, so at most 0 tokens may be generated/],
    [{ maxNewTokens: 3, minNewTokens: 4 }, /at most 3 tokens may be generated and at least 4 must be/],
    [{ temperature: 0, doSample: true }, /`temperature` is 0/],
    [{ temperature: 0.5 }, /`temperature` is given, but nothing is drawn.*doSample: true/],
    [{ topP: 1.5, doSample: true }, /`topP` is 1.5/],
    [{ repetitionPenalty: 0 }, /`repetitionPenalty` is 0/],
    [{ earlyStopping: "always" }, /`earlyStopping` is "always"/],
    [{ numReturnSequences: 2 }, /`numReturnSequences` is 2, `numBeams` is 1/],
    [{ numReturnSequences: 3, numBeams: 2, doSample: true }, /`numReturnSequences` is 3/],
    [{ numBeams: 4, numBeamGroups: 3 }, /`numBeamGroups` is 3, `numBeams` is 4/],
    [{ numBeams: 4, numBeamGroups: 2, doSample: true }, /`doSample` is true/],
    [{ numBeams: 4, diversityPenalty: 1 }, /`diversityPenalty` is given, but there is one group only/],
    [{ forcedBosTokenId: 1, suppressTokens: [1] }, /`suppressTokens` holds what `forcedBosTokenId` asks for: 1/],
    [{ eosTokenId: 5 }, /`eosTokenId` names the token 5.*0 to 4/],
    [{ badWordsIds: [[1, 9]] }, /`badWordsIds` names the token 9/],
    [{ prefixAllowedTokensFn: () => [] }, /`prefixAllowedTokensFn\(…\)` is empty/],
    [{ prefixAllowedTokensFn: () => [7] }, /`prefixAllowedTokensFn` names the token 7/],
    [{ trace: { candidates: 0 } }, /`trace.candidates` is 0/],
    [{ logitsProcessor: [{ name: "mine", process: (s: Float64Array) => s.fill(NaN) }] }, /The rule `mine` makes the score of token 0 NaN/],
  ]; // prettier-ignore
  for (const [options, message] of refused) {
    it(`is refused by name: ${JSON.stringify(options)}`, async () => {
      await expect(generate(model, [[1]], options as GenerateOptions)).rejects.toThrow(message);
    });
  }

  it("may stand in a model's own configuration, where the call does not use it", async () => {
    const configured = {
      ...model,
      generationConfig: { temperature: 0.5, topK: 3, maxNewTokens: 2, eosTokenId: 4 },
    };
    expect((await generate(configured, [[1]])).outputs[0].hypotheses[0].tokens).toHaveLength(2);
    const longer = await generate(configured, [[1]], { maxLength: 5, minLength: 5 });
    expect(longer.sequences[0]).toHaveLength(5);
  });

  it("is refused in inputs and in what a model returns", async () => {
    await expect(generate(model, [])).rejects.toThrow(/generate: `inputs` is empty/);
    await expect(generate(model, ["text"] as never)).rejects.toThrow(
      /`inputs\[0\]` is neither a list of token ids/,
    );
    const returning = (logits: unknown) =>
      ({ start: () => ({ state: [0], logits }), step: () => ({}) }) as never;
    const failing = (logits: unknown) => generate<number[], never>(returning(logits), [[1]]);
    await expect(failing([])).rejects.toThrow(/`logits` hold 0 rows.*1 sequences/);
    await expect(failing(new Float32Array(5))).rejects.toThrow(/`logits` hold 5 rows.*toRows/);
    await expect(failing([[]])).rejects.toThrow(/Row 0 of the model's `logits` has 0 numbers/);
    await expect(failing([[0, NaN]])).rejects.toThrow(/score of token 1 in row 0 is NaN/);
    await expect(failing([[NaN, -Infinity]])).rejects.toThrow(/score of token 0 in row 0 is NaN/);
    await expect(failing([[Infinity, 0]])).rejects.toThrow(/score of token 0 in row 0 is Infinity/);
    const growing = createModel((ids) => ids.map(() => 0));
    await expect(generate(growing, [[1]])).rejects.toThrow(
      /Row 0 of the model's `logits` has 2 numbers.*: 1\./,
    );
  });
});

it("tokensOf the best of several returned are in order of their scores", async () => {
  const generation = await generate(createNoise(6, { seed: 8 }), [[1]], {
    numBeams: 5,
    numReturnSequences: 3,
    eosTokenId: EOS,
  });
  const scores = generation.outputs[0].hypotheses.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(tokensOf(generation)[0]).toHaveLength(3);
});
