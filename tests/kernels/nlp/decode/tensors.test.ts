/** A model of tensors, with a cache that is reordered, beside the same model that computes everything anew at each step. */
import * as tf from "@tensorflow/tfjs";
import { Linear } from "gongbu/nn";
import { generate, generateStream, toRows, type GenerateOptions, type NextTokenModel } from "gongbu/decode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRandom } from "gongbu/data";
import { expectClose, onEveryBackend } from "../backends.ts";

const [VOCABULARY, HIDDEN, EOS] = [11, 6, 3];

onEveryBackend("a recurrent model", () => {
  let embedding: tf.Tensor2D;
  let recur: Linear;
  let out: Linear;

  beforeAll(() => {
    const random = createRandom(1);
    const numbers = Array.from({ length: VOCABULARY * HIDDEN }, () => 2 * random.normal());
    embedding = tf.keep(tf.tensor2d(numbers, [VOCABULARY, HIDDEN]));
    recur = new Linear(HIDDEN, HIDDEN, { seed: 2 });
    out = new Linear(HIDDEN, VOCABULARY, { seed: 3 });
  });
  afterAll(() => tf.dispose([embedding, ...recur.parameters(), ...out.parameters()]));

  /** hidden [rows, hidden], tokens one a row → hidden [rows, hidden] */
  const advance = (hidden: tf.Tensor, tokens: readonly number[]): tf.Tensor => {
    const embedded = tf.gather(embedding, tf.tensor1d([...tokens], "int32")); // [rows, hidden]
    return tf.tanh(tf.add(recur.forward(hidden), embedded));
  };
  const read = async (hidden: tf.Tensor): Promise<Float32Array[]> => {
    const logits = tf.tidy(() => tf.mul(out.forward(hidden), 3)); // [rows, vocabulary]
    const rows = toRows((await logits.data()) as Float32Array, VOCABULARY);
    logits.dispose();
    return rows;
  };

  const cached: NextTokenModel<number[], tf.Tensor> = {
    async start(_, prompts) {
      const states = tf.tidy(() =>
        prompts.map((ids) =>
          ids.reduce((hidden, id) => advance(hidden, [id]), tf.zeros([1, HIDDEN]) as tf.Tensor),
        ),
      );
      const state = tf.tidy(() => tf.concat(states));
      tf.dispose(states);
      return { state, logits: await read(state) };
    },
    async step(hidden, tokens) {
      const state = tf.tidy(() => advance(hidden, tokens));
      hidden.dispose();
      return { state, logits: await read(state) };
    },
    reorder(hidden, rows) {
      const state = tf.tidy(() => tf.gather(hidden, tf.tensor1d([...rows], "int32")));
      hidden.dispose();
      return state;
    },
    dispose: (hidden) => hidden.dispose(),
  };

  const anew: NextTokenModel<number[], number[][]> = {
    start: async (_, prompts) => ({ state: prompts.map((ids) => [...ids]), logits: await scoreAll(prompts) }),
    async step(histories, tokens) {
      const state = histories.map((ids, row) => [...ids, tokens[row]]);
      return { state, logits: await scoreAll(state) };
    },
  };
  const scoreAll = async (histories: readonly (readonly number[])[]): Promise<Float32Array[]> => {
    const { state, logits } = await cached.start([], histories);
    state.dispose();
    return logits as Float32Array[];
  };

  const strategies: GenerateOptions[] = [
    {},
    { numBeams: 4, numReturnSequences: 4 },
    { numBeams: 4, numBeamGroups: 2, numReturnSequences: 4, diversityPenalty: 0.5 },
    { doSample: true, numReturnSequences: 3 },
  ];
  for (const options of strategies) {
    it(`gives the same with and without its cache: ${JSON.stringify(options)}`, async () => {
      const inputs = [[1, 2], [5], [7, 7, 4]];
      const rest = { eosTokenId: EOS, maxNewTokens: 8, ...options };
      const [a, b] = [await generate(cached, inputs, rest), await generate(anew, inputs, rest)];
      expect(a.sequences).toEqual(b.sequences);
      const scores = ({ outputs }: typeof a) =>
        outputs.flatMap(({ hypotheses }) => hypotheses.map(({ score }) => score));
      expectClose(scores(a), scores(b));
    });
  }

  it("leaves no tensor when it is left, aborted or fails", async () => {
    for await (const event of generateStream(cached, [[1]], { numBeams: 3 })) {
      if (event.type === "step" && event.step === 2) break;
    }
    const controller = new AbortController();
    const aborted = async () => {
      const events = generateStream(cached, [[1]], { numBeams: 3, signal: controller.signal });
      while (!(await events.next()).done) controller.abort();
    };
    await expect(aborted()).rejects.toThrow(/abort/i);
    await expect(generate(cached, [[1]], { suppressTokens: [99] })).rejects.toThrow(
      /`suppressTokens` names the token 99/,
    );
  });
});

it("a flat array that holds no whole rows is refused", () => {
  expect(() => toRows(new Float32Array(7), 3)).toThrow(/toRows: The array has 7 numbers/);
  expect(() => toRows(new Float32Array(0), 3)).toThrow(/whole rows of 3/);
  expect(toRows(Float32Array.of(1, 2, 3, 4), 2)[1]).toEqual(Float32Array.of(3, 4));
});
