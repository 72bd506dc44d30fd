/** The library's layers as ONNX operations, on the weights of a state dict. */
import type { Graph, Value, Weight } from "./graph.ts";

/** Weights by their names in the state dict. */
export type Weights = ReadonlyMap<string, Weight>;

export interface LayerSetting {
  readonly graph: Graph;
  readonly weights: Weights;
}

export interface TransformerSetting extends LayerSetting {
  readonly numHeads: number;
  readonly hiddenSize: number;
  readonly activation: "relu" | "gelu";
  readonly normFirst: boolean;
  /** For rotary positions: the position of each token, [batch, time] int64. */
  readonly rotary?: Value;
}

export function findWeight(weights: Weights, name: string): Weight {
  const weight = weights.get(name);
  if (!weight)
    throw new Error(
      `exportOnnx: the model has no weight "${name}"; it has ${[...weights.keys()].join(", ")}.`,
    );
  return weight;
}

/** Some rows of a matrix, or some numbers of a vector. */
export function cutRows({ shape, data }: Weight, from: number, to: number): Weight {
  const [rows, ...rest] = shape;
  const width = data.length / rows;
  return { shape: [to - from, ...rest], data: data.slice(from * width, to * width) };
}

/** x · Wᵀ + b; W [out, in] stays in its own order, so that its rows can be scaled one by one. */
export function multiply(
  graph: Graph,
  x: Value,
  { name, weight, bias }: { name: string; weight: Weight; bias?: Weight },
): Value {
  const turned = graph.op("Transpose", [graph.matrix(`${name}.weight`, weight)], { perm: [1, 0] });
  const product = graph.op("MatMul", [x, turned]);
  return bias ? graph.op("Add", [product, graph.weight(`${name}.bias`, bias)]) : product;
}

export function linear({ graph, weights }: LayerSetting, name: string, x: Value): Value {
  const [weight, bias] = [findWeight(weights, `${name}.weight`), weights.get(`${name}.bias`)];
  return multiply(graph, x, { name, weight, bias });
}

export function layerNorm({ graph, weights }: LayerSetting, name: string, x: Value): Value {
  const weight = graph.weight(`${name}.weight`, findWeight(weights, `${name}.weight`));
  const bias = graph.weight(`${name}.bias`, findWeight(weights, `${name}.bias`));
  return graph.op("LayerNormalization", [x, weight, bias], { axis: -1, epsilon: { float: 1e-5 } });
}

export function embedding({ graph, weights }: LayerSetting, name: string, ids: Value): Value {
  return graph.op("Gather", [graph.matrix(`${name}.weight`, findWeight(weights, `${name}.weight`)), ids]);
}

/** x · Φ(x) */
export function gelu(graph: Graph, x: Value): Value {
  const inner = graph.op("Erf", [graph.op("Div", [x, graph.float(Math.SQRT2)])]);
  const share = graph.op("Mul", [graph.op("Add", [inner, graph.float(1)]), graph.float(0.5)]);
  return graph.op("Mul", [x, share]);
}

/** 1 on padding, for every head and query: attentionMask [batch, key] → [batch, 1, 1, key]. */
export function paddingMask(graph: Graph, attentionMask: Value): Value {
  const padding = graph.op("Sub", [graph.float(1), graph.op("Cast", [attentionMask], { to: 1 })]);
  return graph.op("Unsqueeze", [padding, graph.integers([1, 2])]);
}

/** [batch, time, size] → [batch, heads, time, size / heads] */
export function splitHeads({ graph, numHeads, hiddenSize }: TransformerSetting, x: Value): Value {
  const shape = graph.integers([0, 0, numHeads, hiddenSize / numHeads]);
  return graph.op("Transpose", [graph.op("Reshape", [x, shape])], { perm: [0, 2, 1, 3] });
}

/** Softmax over the last dimension, in which a blocked key gets 0; `blocked` is 1 on those. */
export function maskedSoftmax(graph: Graph, scores: Value, blocked: Value | undefined): Value {
  if (!blocked) return graph.op("Softmax", [scores], { axis: -1 });
  const lowered = graph.op("Add", [scores, graph.op("Mul", [blocked, graph.float(-1e9)])]);
  const softened = graph.op("Softmax", [lowered], { axis: -1 });
  return graph.op("Mul", [softened, graph.op("Sub", [graph.float(1), blocked])]);
}

/** softmax(q · kᵀ / √size, blocked keys left out) · v, all heads joined: → [batch, query, hiddenSize] */
export function attend(
  { graph, numHeads, hiddenSize }: TransformerSetting,
  { query, key, value, blocked }: { query: Value; key: Value; value: Value; blocked?: Value },
): Value {
  const scaled = graph.op("Div", [query, graph.float(Math.sqrt(hiddenSize / numHeads))]);
  const scores = graph.op("MatMul", [scaled, graph.op("Transpose", [key], { perm: [0, 1, 3, 2] })]);
  const taken = maskedSoftmax(graph, scores, blocked);
  const heads = graph.op("Transpose", [graph.op("MatMul", [taken, value])], { perm: [0, 2, 1, 3] });
  return graph.op("Reshape", [heads, graph.integers([0, 0, hiddenSize])]);
}

/** One of the three projections of `in_proj_weight`, split into heads: 0 the query's, 1 the key's, 2 the value's. */
export function project(
  setting: TransformerSetting,
  name: string,
  { x, place }: { x: Value; place: 0 | 1 | 2 },
): Value {
  const { graph, weights, hiddenSize } = setting;
  const [from, to] = [place * hiddenSize, (place + 1) * hiddenSize];
  const bias = weights.get(`${name}.in_proj_bias`);
  const product = multiply(graph, x, {
    name: `${name}.${["query", "key", "value"][place]}`,
    weight: cutRows(findWeight(weights, `${name}.in_proj_weight`), from, to),
    bias: bias && cutRows(bias, from, to),
  });
  return splitHeads(setting, product);
}

/** Queries or keys turned by their positions, [batch, heads, time, size]; positions [batch, time]. */
export function rotate(
  { graph, numHeads, hiddenSize }: TransformerSetting,
  x: Value,
  positions: Value,
): Value {
  const half = hiddenSize / numHeads / 2;
  const speeds = Float32Array.from({ length: half }, (_, index) => 10000 ** (-index / half));
  const places = graph.op("Unsqueeze", [graph.op("Cast", [positions], { to: 1 }), graph.integers([1, 3])]);
  const angles = graph.op("Mul", [places, graph.weight(`rotary_${half}`, { shape: [half], data: speeds })]);
  const [cos, sin] = [graph.op("Cos", [angles]), graph.op("Sin", [angles])]; // [batch, 1, time, half]
  const [first, second] = graph.ops("Split", [x, graph.integers([half, half])], {
    outputs: 2,
    attributes: { axis: 3 },
  });
  const turn = (sign: "Sub" | "Add", a: Value, b: Value) =>
    graph.op(sign, [graph.op("Mul", [a, cos]), graph.op("Mul", [b, sin])]);
  return graph.op("Concat", [turn("Sub", first, second), turn("Add", second, first)], { axis: 3 });
}

/** The feed-forward part of a Transformer's layer. */
export function feedForward(setting: TransformerSetting, name: string, x: Value): Value {
  const { graph, activation } = setting;
  const hidden = linear(setting, `${name}.linear1`, x);
  const active = activation === "relu" ? graph.op("Relu", [hidden]) : gelu(graph, hidden);
  return linear(setting, `${name}.linear2`, active);
}

/** A part with the way around it and its layer norm, before or after. */
export function around(
  setting: TransformerSetting,
  norm: string,
  x: Value,
  part: (x: Value) => Value,
): Value {
  const { graph, normFirst } = setting;
  const sum = graph.op("Add", [x, part(normFirst ? layerNorm(setting, norm, x) : x)]);
  return normFirst ? sum : layerNorm(setting, norm, sum);
}

/** A stack of encoder layers and its last norm; `blocked` is 1 where a key may not be looked at. */
export function transformerEncoder(
  setting: TransformerSetting,
  name: string,
  { x, blocked, numLayers }: { x: Value; blocked?: Value; numLayers: number },
): Value {
  let hidden = x;
  for (let layer = 0; layer < numLayers; layer++) {
    const at = `${name}.layers.${layer}`;
    const attended = around(setting, `${at}.norm1`, hidden, (input) =>
      selfAttention(setting, `${at}.self_attn`, input, blocked),
    );
    hidden = around(setting, `${at}.norm2`, attended, (input) => feedForward(setting, at, input));
  }
  return setting.weights.has(`${name}.norm.weight`) ? layerNorm(setting, `${name}.norm`, hidden) : hidden;
}

function selfAttention(
  setting: TransformerSetting,
  name: string,
  x: Value,
  blocked: Value | undefined,
): Value {
  const [query, key, value] = ([0, 1, 2] as const).map((place) => project(setting, name, { x, place }));
  const turn = (heads: Value) => (setting.rotary ? rotate(setting, heads, setting.rotary) : heads);
  return linear(
    setting,
    `${name}.out_proj`,
    attend(setting, { query: turn(query), key: turn(key), value, blocked }),
  );
}
