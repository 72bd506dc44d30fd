/**
 * Recurrent layers as ONNX's own operators, whose gates stand in another order than PyTorch's: a cell's blocks of rows are
 * put into theirs. Source: onnx.ai/onnx/operators, LSTM, GRU, RNN.
 */
import type { Graph, Value, Weight } from "./graph.ts";
import { cutRows, findWeight, type LayerSetting, type Weights } from "./layers.ts";

export type Cell = "rnn" | "gru" | "lstm";

export interface RecurrentSpec {
  /** [batch, time, size] */
  readonly x: Value;
  /** [batch, time], 1 on tokens, which stand before the padding. Default: no padding. */
  readonly attentionMask?: Value;
  readonly cell: Cell;
  readonly numLayers: number;
  readonly hiddenSize: number;
  readonly bidirectional: boolean;
  /** The states before the first step, [layers · directions, batch, hidden] each. Default: zeros. */
  readonly initial?: readonly Value[];
}

export interface RecurrentValues {
  /** [batch, time, directions · hidden] */
  readonly output: Value;
  /** After the last step, in the form of `initial`: the hidden state, and an LSTM's cell state. */
  readonly states: readonly Value[];
}

/** Of each cell: the operator, and which of PyTorch's blocks stands at each of ONNX's places. */
const OPERATORS = {
  rnn: { type: "RNN", blocks: [0], states: 1 },
  gru: { type: "GRU", blocks: [1, 0, 2], states: 1 },
  lstm: { type: "LSTM", blocks: [0, 3, 1, 2], states: 2 },
} as const;

export function recurrentLayers(
  { graph, weights }: LayerSetting,
  name: string,
  spec: RecurrentSpec,
): RecurrentValues {
  const { x, attentionMask, cell, numLayers, hiddenSize, bidirectional, initial } = spec;
  const { type, states: stateCount } = OPERATORS[cell];
  const directions = bidirectional ? 2 : 1;
  const lengths = attentionMask ? countTokens(graph, attentionMask) : "";
  const finals: Value[][] = Array.from({ length: stateCount }, () => []);
  let below = graph.op("Transpose", [x], { perm: [1, 0, 2] }); // [time, batch, size]
  for (let layer = 0; layer < numLayers; layer++) {
    const stacked = (part: string, of: (suffix: string) => Weight) => {
      const suffixes = [`l${layer}`, `l${layer}_reverse`].slice(0, directions);
      return graph.weight(`${name}.${part}.${layer}`, stack(suffixes.map(of)));
    };
    const find = (suffix: string, part: string) => findWeight(weights, `${name}.${part}_${suffix}`);
    const starts =
      initial?.map((state) => rowsOf(graph, state, { from: layer * directions, count: directions })) ?? [];
    const [output, ...states] = graph.ops(
      type,
      [
        below,
        stacked("W", (suffix) => reorder(find(suffix, "weight_ih"), cell)),
        stacked("R", (suffix) => reorder(find(suffix, "weight_hh"), cell)),
        stacked("B", (suffix) => biases(weights, { name, suffix, cell, hiddenSize })),
        lengths,
        ...starts,
      ],
      {
        outputs: 1 + stateCount,
        attributes: {
          hidden_size: hiddenSize,
          direction: bidirectional ? "bidirectional" : "forward",
          ...(cell === "gru" && { linear_before_reset: 1 }),
        },
      },
    );
    states.forEach((state, index) => finals[index].push(state));
    const sideBySide = graph.op("Transpose", [output], { perm: [0, 2, 1, 3] }); // [time, batch, directions, hidden]
    below = graph.op("Reshape", [sideBySide, graph.integers([0, 0, directions * hiddenSize])]);
  }
  return {
    output: graph.op("Transpose", [below], { perm: [1, 0, 2] }),
    states: finals.map((parts) => (parts.length === 1 ? parts[0] : graph.op("Concat", parts, { axis: 0 }))),
  };
}

/** [batch] int32 */
function countTokens(graph: Graph, attentionMask: Value): Value {
  const counts = graph.op("ReduceSum", [attentionMask, graph.integers([1])], { keepdims: 0 });
  return graph.op("Cast", [counts], { to: 6 });
}

/** Some rows of a tensor. */
export function rowsOf(graph: Graph, x: Value, { from, count }: { from: number; count: number }): Value {
  return graph.op("Slice", [x, graph.integers([from]), graph.integers([from + count]), graph.integers([0])]);
}

/** [gates · hidden, …] with the gates in ONNX's order. */
function reorder(weight: Weight, cell: Cell): Weight {
  const { blocks } = OPERATORS[cell];
  const height = weight.shape[0] / blocks.length;
  const parts = blocks.map((block) => cutRows(weight, block * height, (block + 1) * height));
  return { shape: weight.shape, data: join(parts.map(({ data }) => data)) };
}

/** Both biases of a direction one after the other, [2 · gates · hidden]; a layer without has zeros. */
function biases(
  weights: Weights,
  { name, suffix, cell, hiddenSize }: { name: string; suffix: string; cell: Cell; hiddenSize: number },
): Weight {
  const length = OPERATORS[cell].blocks.length * hiddenSize;
  const parts = ["bias_ih", "bias_hh"].map((part) => {
    const bias = weights.get(`${name}.${part}_${suffix}`);
    return bias ? reorder(bias, cell).data : new Float32Array(length);
  });
  return { shape: [2 * length], data: join(parts) };
}

/** Weights of the same shape, one for each direction. */
function stack(parts: readonly Weight[]): Weight {
  return { shape: [parts.length, ...parts[0].shape], data: join(parts.map(({ data }) => data)) };
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
