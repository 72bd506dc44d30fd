import * as tf from "@tensorflow/tfjs";
import { autopsy, generate } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import {
  attention,
  bars,
  beamAutopsy,
  beamTree,
  confusion,
  decodingComparison,
  figure,
  html,
  lines,
  markdown,
  progress,
  table,
  text,
  tokens,
  trainingBoard,
} from "../../../../kernels/runtime/display/index.ts";
import { isOutput } from "../../../../kernels/runtime/display/displayed.ts";

const loss = text({ en: "loss", ko: "손실" });
/** What a learner may write in spite of the types. */
const wrong = (value: unknown) => value as never;

describe("what gongbu/display makes", () => {
  it.each([
    [
      "figure",
      figure([{ x: new Float32Array([1]), y: tf.tensor1d([2]), hovertemplate: () => 1 }], {
        title: { text: loss },
      }),
    ],
    [
      "lines",
      lines([{ name: loss, y: tf.tensor1d([1, 2]) as never }], {
        title: loss,
        xType: "log",
        xRange: [1, 100],
      }),
    ],
    ["bars", bars([loss, "b"], new Uint8Array([1, 2]), { title: loss })],
    ["table", table([{ a: 1, b: loss, c: new Date(0), d: [1], e: () => 1, f: 2n }])],
    [
      "confusion",
      confusion(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]) as never,
        { labels: [loss, "b"] },
      ),
    ],
    [
      "tokens",
      tokens({ tokens: ["a"], ids: new Int32Array([1]), weights: tf.tensor1d([0.5]) as never } as never),
    ],
    ["attention", attention({ name: loss, queries: ["a", "b"], weights: tf.ones([1, 2, 2]), mask: [1, 0] })],
    [
      "training",
      trainingBoard({
        epoch: 1,
        epochs: 2,
        step: 2,
        totalSteps: 4,
        tokensPerSecond: 9,
        history: { step: [1, 2], loss: new Float32Array([2, 1]), validation: { step: [2], accuracy: [0.5] } },
      }),
    ],
    ["progress", progress({ value: 1, total: 2, label: loss, rate: 3 })],
    ["markdown", markdown(loss)],
    ["html", html("<b>x</b>")],
  ])("is plain data: %s survives the way to the page", (_, output) => {
    expect(isOutput(output)).toBe(true);
    expect(structuredClone(output)).toEqual(output);
  });
});

describe("figure", () => {
  it("takes typed arrays and tensors of any rank where Plotly takes lists", () => {
    const { data } = figure([
      {
        type: "heatmap",
        z: tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        x: new Float64Array([1, 2]),
      },
      { y: tf.tensor1d([5, 6]), marker: { size: tf.scalar(3) } },
    ]);
    expect(data).toEqual([
      {
        type: "heatmap",
        z: [
          [1, 2],
          [3, 4],
        ],
        x: [1, 2],
      },
      { y: [5, 6], marker: { size: 3 } },
    ]);
  });

  it("describes itself by its title and traces in both languages, unless it is told how", () => {
    expect(figure([{ y: [1], name: loss }], { title: "Run" }).description).toEqual({
      en: "Run, loss",
      ko: "Run, 손실",
    });
    expect(figure([{ y: [1] }]).description).toEqual({ en: "Figure", ko: "그림" });
    const told = figure([], { description: "an empty plane" });
    expect(told.description).toBe("an empty plane");
    expect(told.layout).not.toHaveProperty("description");
  });

  it.each([
    [
      "a trace that the page cannot draw",
      () => figure([{ y: [] }, { type: "pie" }]),
      /trace 1 has the type "pie"; the page draws scatter, bar/,
    ],
    [
      "one trace instead of a list",
      () => figure(wrong({ y: [1] })),
      /takes a list of Plotly traces, but was given object/,
    ],
    [
      "a trace that is no record",
      () => figure(wrong([[1, 2]])),
      /trace 0 must be a record .* but was a list/,
    ],
    [
      "a description that is no text",
      () => figure([], wrong({ description: 5 })),
      /description must be a string or text/,
    ],
    [
      "data that go round in a circle",
      () => {
        const customdata: unknown[] = [];
        customdata.push(customdata);
        return figure([{ customdata }]);
      },
      /refer back to themselves/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("lines", () => {
  it("counts from 1 where x is left out, and shows a legend only for several series", () => {
    const one = lines([{ name: "a", y: [3, 4], dash: "dot" }]);
    expect(one.data).toEqual([
      { type: "scatter", mode: "lines", name: "a", x: [1, 2], y: [3, 4], line: { dash: "dot" } },
    ]);
    expect(one.layout.showlegend).toBe(false);
    expect(
      lines([
        { name: "a", y: [] },
        { name: "b", y: [] },
      ]).layout.showlegend,
    ).toBe(true);
  });

  it("gives a logarithmic axis its range in exponents, as Plotly wants it", () => {
    expect(lines([], { xType: "log", xRange: [0.001, 10] }).layout.xaxis).toEqual({
      type: "log",
      range: [-3, 1],
    });
  });

  it.each([
    ["no list", () => lines(wrong({ name: "a", y: [1] })), /takes a list of \{ name, y \}/],
    [
      "a series without y",
      () => lines(wrong([{ name: "a" }])),
      /y of series 0 must be a list.* but was undefined/,
    ],
    [
      "a series without a name",
      () => lines(wrong([{ y: [1] }])),
      /name of series 0 must be a string or text/,
    ],
    [
      "x and y of different lengths",
      () => lines([{ name: "a", x: [1, 2, 3], y: [1, 2] }]),
      /series 0 has 3 values of x and 2 of y/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("bars", () => {
  it("draws groups side by side with a legend", () => {
    const { data, layout } = bars(
      ["x", "y"],
      [
        { name: "a", values: [1, 2] },
        { name: loss, values: new Float32Array([3, 4]) },
      ],
    );
    expect(data.map(({ name, y }) => [name, y])).toEqual([
      ["a", [1, 2]],
      [loss, [3, 4]],
    ]);
    expect(layout.showlegend).toBe(true);
  });

  it.each([
    ["fewer values than labels", () => bars(["a", "b"], [1]), /values are 1, but there are 2 labels/],
    ["a group without values", () => bars(["a"], wrong([{ name: "g" }])), /values of group 0 must be a list/],
    ["no values at all", () => bars(["a"], wrong(undefined)), /values must be a list/],
    ["labels that are none", () => bars(wrong(3), [1]), /labels must be a list/],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("table", () => {
  it("finds each column's type, and shows what is missing as empty", () => {
    const { columns, rows } = table([
      { n: 1, s: "a", b: true, m: 1 },
      { n: null, s: loss, b: false, m: "x" },
    ]);
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ["n", "number"],
      ["s", "text"],
      ["b", "boolean"],
      ["m", "text"],
    ]);
    expect(rows).toEqual([
      [1, "a", true, 1],
      [null, loss, false, "x"],
    ]);
  });

  it("writes nested values as JSON, typed arrays and circles among them", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(table([{ a: new Float32Array([1, 2]), b: loop, c: { en: 1, ko: 2 } }]).rows).toEqual([
      ["[1,2]", '{"self":"[circular]"}', '{"en":1,"ko":2}'],
    ]);
  });

  it("sends a bounded number of rows and says how many there were", () => {
    const output = table(Array.from({ length: 6000 }, (_, i) => ({ i })));
    expect([output.rows.length, output.totalRows]).toEqual([5000, 6000]);
  });

  it("of no rows has the columns that it is given", () => {
    expect(table([], { columns: ["a"] })).toMatchObject({ columns: [{ name: "a" }], rows: [], totalRows: 0 });
  });

  it.each([
    [
      "no list",
      () => table(wrong(5)),
      /takes a list of records, but was given of the type number|takes a list of records/,
    ],
    [
      "rows that are no records",
      () => table(wrong([{ a: 1 }, 2])),
      /row 1 must be a record .* but was of the type number/,
    ],
    [
      "a column that no row has",
      () => table([{ a: 1, b: 2 }], { columns: ["a", "c"] }),
      /no row has a column "c"; the rows have a, b/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("confusion", () => {
  it.each([
    [
      "counts that are not square",
      () => confusion([[1, 2]], { labels: ["a", "b"] }),
      /shape \[1, 2\], but there are 2 labels/,
    ],
    ["missing labels", () => confusion([[1]], wrong(undefined)), /shape \[1, 1\], but there are 0 labels/],
    [
      "rows that are no lists",
      () => confusion(wrong([1, 2]), { labels: ["a", "b"] }),
      /row 0 of the counts must be a list/,
    ],
    [
      "an example of a class that is not there",
      () => confusion([[1]], { labels: ["a"], examples: [{ truth: 0, prediction: 1, text: "x" }] }),
      /example 0 has the class 1; with 1 labels/,
    ],
    [
      "examples without a text",
      () => confusion([[1]], wrong({ labels: ["a"], examples: [{ truth: 0, prediction: 0 }] })),
      /the text of example 0 must be a string/,
    ],
    [
      "labels that are no words",
      () => confusion([[1]], wrong({ labels: [1] })),
      /label 0 must be a string or text/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("tokens", () => {
  it("takes words, one sequence or several", () => {
    expect(tokens(["a", "b"]).sequences).toMatchObject([{ tokens: ["a", "b"] }]);
    expect(tokens({ tokens: ["a"] }).sequences).toHaveLength(1);
    expect(tokens([{ tokens: ["a"] }, { tokens: [] }]).sequences).toHaveLength(2);
    expect(tokens([]).sequences).toEqual([]);
  });

  it("takes ids of 64 bits as numbers", () => {
    expect(tokens(wrong({ tokens: ["a"], ids: new BigInt64Array([7n]) })).sequences[0].ids).toEqual([7]);
  });

  it.each([
    [
      "nothing",
      () => tokens(wrong(null)),
      /a sequence must be a list of strings or a record .* tokens were undefined/,
    ],
    ["a string for tokens", () => tokens(wrong({ tokens: "abc" })), /tokens were of the type string/],
    ["words among sequences", () => tokens(wrong([{ tokens: ["a"] }, "b"])), /its tokens were undefined/],
    [
      "a list of another length",
      () => tokens({ tokens: ["a", "b"], ids: [1] }),
      /2 tokens, but 1 ids: give one a token/,
    ],
    ["ids that are no list", () => tokens(wrong({ tokens: ["a"], ids: 5 })), /tokens: ids must be a list/],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

describe("progress", () => {
  it("works out the time that is left from the rate", () => {
    expect(progress({ value: 4, total: 10, rate: 2 }).remaining).toBe(3);
    expect(progress({ value: 12, total: 10, rate: 2 }).remaining).toBe(0);
    expect(progress({ value: 4, rate: 2 }).remaining).toBeUndefined();
  });

  it.each([
    ["no value", () => progress(wrong({})), /takes a number as its value, but was given undefined/],
    ["nothing", () => progress(wrong(undefined)), /takes a number as its value/],
    ["NaN", () => progress({ value: NaN }), /but was given NaN/],
    [
      "a negative total",
      () => progress({ value: 1, total: -1 }),
      /total must be a number that is not negative, but was -1/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(message);
  });
});

it("markdown refuses what is no text", () => {
  expect(() => markdown(wrong(undefined))).toThrow(
    /source must be a string or text\(\{ en, ko \}\), but was undefined/,
  );
  expect(() => markdown(wrong(["a"]))).toThrow(/but was a list/);
});

it("a confusion matrix is sent with the first twenty examples of each cell", () => {
  const examples = Array.from({ length: 30 }, (_, i) => ({ truth: 0, prediction: 0, text: `text ${i}` }));
  const sent = confusion([[30]], { labels: ["a"], examples }).examples!;
  expect(sent).toHaveLength(20);
  expect(sent.at(-1)!.text).toBe("text 19");
});

describe("attention", () => {
  const queries = ["a", "b"];

  it("takes one matrix, one layer's heads, or a list of layers", () => {
    const matrix = [
      [1, 0],
      [0.33333333, 0.66666667],
    ];
    const shapes = [matrix, [matrix, matrix], [[matrix], [matrix]]].map((weights) =>
      attention({ queries, weights }).views[0].weights.map((heads) => heads.length),
    );
    expect(shapes).toEqual([[1], [2], [1, 1]]);
    expect(attention({ queries, weights: matrix }).views[0].weights[0][0][1]).toEqual([0.3333, 0.6667]);
    expect(
      attention({ queries, weights: [tf.ones([2, 2, 2]), tf.ones([3, 2, 2])] }).views[0].weights,
    ).toHaveLength(2);
  });

  it("looks at its own tokens where no others are given, and takes one mask for all queries", () => {
    const [view] = attention({ queries, weights: tf.ones([2, 2]), mask: [1, 0] }).views;
    expect(view.keys).toEqual(queries);
    expect(view.mask).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it("says which matrix has the wrong shape, and that a batch must be opened", () => {
    expect(() => attention({ queries, keys: ["x"], weights: [[[1], [1]], [[1]]] })).toThrow(
      "layer 0, head 1 has the shape [1, 1], but there are 2 queries and 1 keys",
    );
    expect(() => attention({ queries, weights: [[[[[1]]]]] })).toThrow(/5 dimensions.*out of the batch/);
    expect(() => attention([])).toThrow(/empty/);
    expect(() => attention(wrong([[1]]))).toThrow(/view 0 must be a record/);
  });
});

describe("trainingBoard", () => {
  const spec = { epoch: 1, epochs: 2, step: 2, totalSteps: 4 };

  it("keeps the points that it had when a long curve is thinned further", () => {
    const curve = (length: number) => Array.from({ length }, (_, i) => i);
    const thinned = (length: number) =>
      trainingBoard({ ...spec, history: { step: curve(length), loss: curve(length) } }).curves.loss;
    expect(thinned(2000)).toHaveLength(2000);
    expect(thinned(2001)).toHaveLength(1001);
    expect(thinned(3999).slice(0, 1001)).toEqual(thinned(2001));
    expect(thinned(9000)[1]).toBe(8);
  });

  it("draws every metric of the validations, tokens before examples, and no time left once it is done", () => {
    const history = { step: [1], loss: [2], validation: { step: [1], loss: [3], f1: [0.5], empty: [] } };
    const board = trainingBoard({ ...spec, examplesPerSecond: 1, tokensPerSecond: 2, remaining: 9, history });
    expect(board.validation.metrics.map(({ name }) => name)).toEqual(["loss", "f1"]);
    expect([board.rate, board.unit, board.remaining]).toEqual([2, "tokens", 9]);
    expect(trainingBoard({ ...spec, remaining: 9, done: true, history }).remaining).toBeUndefined();
  });

  it("says what it takes", () => {
    expect(() => trainingBoard(wrong(undefined))).toThrow(/what fit yields.*undefined/);
    expect(() => trainingBoard({ ...spec, history: { step: [1], loss: [1, 2] } })).toThrow(
      /1 steps and 2 losses/,
    );
  });
});

describe("beamTree", () => {
  /** Four words; after "a" comes "b", after anything else "a" or the end. */
  const model = {
    start: (prompts: readonly (readonly number[])[]) => look(prompts.map((prompt) => prompt.at(-1)!)),
    step: (_: number[], tokens: readonly number[]) => look([...tokens]),
  };
  const look = (state: number[]) => ({
    state,
    logits: state.map((token) => (token === 0 ? [-3, 2, 0.5, -1] : [1.5, 0, -2, 1])),
  });
  const vocabulary = ["a", "b", "c", "</s>"];
  const token = (id: number) => vocabulary[id];
  const find = async (options: object = {}) => {
    const { outputs } = await generate(model, [[1]], {
      maxNewTokens: 4,
      eosTokenId: 3,
      trace: true,
      ...options,
    });
    return outputs[0];
  };

  it("draws a search with its candidates, and greedy's path as far as the tree has it", async () => {
    const { trace } = await find({ numBeams: 2, noRepeatNgramSize: 2 });
    const greedy = (await find()).hypotheses[0].tokens;
    const tree = beamTree(trace!, { token, greedy });
    expect(structuredClone(tree)).toEqual(tree);
    expect(tree.prompt).toBe("b");
    expect(tree.nodes.length).toBe(trace!.candidates.length);
    expect(tree.greedy.map((id) => tree.nodes[id].token)).toEqual(
      ["a", "b", "a"].slice(0, tree.greedy.length),
    );
    expect(tree.greedy.length).toBeGreaterThan(1);
    const forbidden = tree.nodes.find(({ fate }) => fate === "forbidden")!;
    expect(forbidden.why).toMatchObject({
      en: expect.stringMatching(/^“. .” would come a second time/) as string,
    });
    expect(tree.hypotheses.every(({ node, length }) => tree.nodes[node].step === length)).toBe(true);
    expect(tree.hypotheses[tree.returned[0]].text.split(" ")).toHaveLength(
      tree.hypotheses[tree.returned[0]].length,
    );
  });

  it("says why each candidate was dropped, in both languages", async () => {
    const { trace } = await find({ numBeams: 3, numReturnSequences: 1 });
    const tree = beamTree(trace!, { token });
    const dropped = tree.nodes.filter(({ fate }) => fate === "pruned");
    expect(dropped.length).toBeGreaterThan(0);
    for (const { why } of dropped)
      expect(why).toMatchObject({ ko: expect.stringMatching(/[가-힣]/) as string });
    expect(tree.stop).toMatchObject({ en: expect.stringMatching(/^The search ended at step \d/) as string });
  });

  it("says what it takes", async () => {
    const { trace, hypotheses } = await find({ trace: false });
    expect(() => beamTree(trace as never, { token })).toThrow(/pass `trace: true` to generate/);
    expect(() => beamTree(hypotheses as never, { token })).toThrow(/takes the trace/);
    expect(() => beamTree((trace ?? { candidates: [], steps: [] }) as never, wrong({}))).toThrow(
      /a function from a token's id/,
    );
  });
});

describe("decodingComparison", () => {
  const strategies = [{ name: loss, metrics: { BLEU: 2 } }, { name: "beam" }];

  it("takes texts or results, one a strategy", () => {
    const inputs = [{ source: "a", results: ["b", { text: "c", score: -1 }] }];
    const output = decodingComparison({ strategies, inputs });
    expect(structuredClone(output)).toEqual(output);
    expect(output.inputs[0].results).toEqual([{ text: "b" }, { text: "c", score: -1 }]);
    expect(output.strategies[0].metrics).toEqual([{ name: "BLEU", value: 2 }]);
  });

  it("says which input lacks a result", () => {
    const inputs = [
      { source: "a", results: ["b", "c"] },
      { source: "d", results: ["e"] },
    ];
    expect(() => decodingComparison({ strategies, inputs })).toThrow(
      /input 1 has 1 results, but there are 2 strategies/,
    );
    expect(() => decodingComparison(wrong({}))).toThrow(/takes \{ strategies, inputs \}/);
  });
});

describe("beamAutopsy", () => {
  /** Greedy takes "a", which leads nowhere good; "b" and then "c" is likelier as a whole. */
  const rows = [
    [-9, -0.6, -0.9, -9],
    [-2, -2, -2, -1.9],
    [-9, -9, -9, -0.01],
    [0, 0, 0, 0],
  ];
  const look = (state: number[]) => ({ state, logits: state.map((token) => rows[token]) });
  const model = {
    start: (prompts: readonly (readonly number[])[]) => look(prompts.map((prompt) => prompt.at(-1)!)),
    step: (_: number[], tokens: readonly number[]) => look([...tokens]),
  };
  const token = (id: number) => ["<s>", "a", "b", "</s>"][id];

  it("tells a search error with the place, and the beam that would have kept the target", async () => {
    const found = await autopsy(model, [0], { target: [2, 3], maxNewTokens: 4, eosTokenId: 3 });
    const output = beamAutopsy(found, { token });
    expect(structuredClone(output)).toEqual(output);
    expect([output.verdict, output.loss?.step, output.smallestBeam]).toEqual(["search-error", 1, 2]);
    expect(output.target.map((scored) => [scored.token, scored.rank])).toEqual([["b", 1], ["</s>", 0]]); // prettier-ignore
    expect(output.loss?.why).toMatchObject({
      en: expect.stringContaining("At step 1 it fell out") as string,
    });
  });

  it("says what it takes", () => {
    expect(() => beamAutopsy(wrong({}), { token })).toThrow(/await autopsy\(model, input/);
  });
});

describe("tokens with entities", () => {
  const words = ["Yuna", "Kim", "left", "LG"];
  const span = (start: number, end: number, label: string) => ({ start, end, label });

  it("say how each span agrees with the other side", () => {
    const gold = [span(0, 2, "PER"), span(3, 4, "ORG")];
    const predicted = [span(0, 1, "PER"), span(2, 3, "LOC")];
    const [sequence] = tokens({ tokens: words, gold, predicted }).sequences;
    expect(sequence.spans!.map(({ of, label, agreement }) => `${of} ${label} ${agreement}`)).toEqual([
      "gold PER boundary",
      "predicted PER boundary",
      "gold ORG missed",
      "predicted LOC invented",
    ]);
    expect(tokens({ tokens: words, gold }).sequences[0].spans).toEqual([
      { ...gold[0], of: "gold" },
      { ...gold[1], of: "gold" },
    ]);
  });

  it("refuse a span that does not lie in the tokens", () => {
    expect(() => tokens({ tokens: words, gold: [span(3, 5, "ORG")] })).toThrow(/gold span \[3, 5\) of ORG/);
    expect(() => tokens({ tokens: words, predicted: [span(1, 1, "PER")] })).toThrow(/predicted span/);
  });
});
