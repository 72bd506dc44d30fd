/** Models that read a text from both sides, as one ONNX graph each: input_ids, attention_mask, token_type_ids → logits. */
import type { EncoderClassifier } from "../nn/models/encoder-classifier.ts";
import type { EncoderConfig } from "../nn/models/encoder-model.ts";
import type { MaskedLanguageModel } from "../nn/models/masked-language-model.ts";
import type { RecurrentEncoderConfig } from "../nn/models/recurrent-encoder.ts";
import type { SequenceLabeller } from "../nn/models/sequence-labeller.ts";
import { sinusoidalTable } from "../nn/functional/positions.ts";
import { Graph, type GraphOptions, type Value } from "./graph.ts";
import {
  embedding,
  findWeight,
  gelu,
  layerNorm,
  linear,
  multiply,
  paddingMask,
  transformerEncoder,
  type LayerSetting,
  type TransformerSetting,
  type Weights,
} from "./layers.ts";
import { recurrentLayers, type Cell, type RecurrentValues } from "./recurrent-layers.ts";

export interface ModelWeights extends GraphOptions {
  readonly weights: Weights;
}

const TEXT = ["batch", "time"] as const;

/** Sorts a text: logits [batch, classes]. */
export function classifierGraph({ config }: EncoderClassifier, { weights, ...options }: ModelWeights): Graph {
  const { graph, hidden, attentionMask } = encodeText(config, { weights, ...options });
  const pooled = pool(graph, hidden, { pooling: config.pooling, attentionMask });
  graph.output("logits", linear({ graph, weights }, "classifier", pooled), {
    shape: ["batch", config.classes],
  });
  return graph;
}

/** Labels each token: logits [batch, time, classes]. */
export function labellerGraph({ config }: SequenceLabeller, { weights, ...options }: ModelWeights): Graph {
  const { graph, hidden } =
    config.encoder === "transformer"
      ? encodeText(config as Required<EncoderConfig>, { weights, ...options })
      : encodeRecurrently(config as Required<Omit<RecurrentEncoderConfig, "cell">>, {
          weights,
          cell: config.encoder ?? "lstm",
          ...options,
        });
  graph.output("logits", linear({ graph, weights }, "classifier", hidden), {
    shape: [...TEXT, config.classes],
  });
  return graph;
}

/** Scores every token at every place: logits [batch, time, vocabulary]. */
export function maskedGraph({ config }: MaskedLanguageModel, { weights, ...options }: ModelWeights): Graph {
  const { graph, hidden } = encodeText(config, { weights, ...options });
  const setting = { graph, weights };
  const features = layerNorm(setting, "norm", gelu(graph, linear(setting, "dense", hidden)));
  const name = "encoder.embeddings.token";
  const logits = multiply(graph, features, {
    name,
    weight: findWeight(weights, `${name}.weight`),
    bias: findWeight(weights, "bias"),
  });
  graph.output("logits", logits, { shape: [...TEXT, config.vocabSize] });
  return graph;
}

export interface Encoded {
  readonly graph: Graph;
  /** [batch, time, size] */
  readonly hidden: Value;
  readonly attentionMask: Value;
}

/** An `EncoderModel` under the name "encoder". */
export function encodeText(config: Required<EncoderConfig>, { weights, ...options }: ModelWeights): Encoded {
  const graph = new Graph("encoder", options);
  const ids = graph.input("input_ids", "int64", TEXT);
  const attentionMask = graph.input("attention_mask", "int64", TEXT);
  const types = config.typeVocabSize > 0 ? graph.input("token_type_ids", "int64", TEXT) : undefined;
  const setting: TransformerSetting = { graph, weights, ...config, rotary: maybeRotary(graph, config, ids) };
  const x = embedTokens(setting, "encoder.embeddings", { config, ids, types });
  const blocked = paddingMask(graph, attentionMask);
  const { numLayers } = config;
  const hidden = transformerEncoder(setting, "encoder.encoder", { x, blocked, numLayers });
  return { graph, hidden, attentionMask };
}

function maybeRotary(graph: Graph, config: Required<EncoderConfig>, ids: Value): Value | undefined {
  return config.positions === "rotary" ? placesOf(graph, ids) : undefined;
}

/** 0, 1, 2, … for each column of [batch, time] → [1, time] */
export function placesOf(graph: Graph, ids: Value): Value {
  const time = graph.op("Gather", [graph.op("Shape", [ids]), graph.integer(1)]);
  const places = graph.op("Range", [graph.integer(0), time, graph.integer(1)]);
  return graph.op("Unsqueeze", [places, graph.integers([0])]);
}

/** `TokenEmbeddings`: token, segment and position added up and normalised. */
export function embedTokens(
  setting: LayerSetting,
  name: string,
  {
    config,
    ids,
    types,
    places,
  }: {
    config: Pick<Required<EncoderConfig>, "positions" | "maxLength" | "hiddenSize">;
    ids: Value;
    types?: Value;
    /** [batch or 1, time]. Default: 0, 1, 2, … */
    places?: Value;
  },
): Value {
  const { graph, weights } = setting;
  let sum = embedding(setting, `${name}.token`, ids); // [batch, time, size]
  if (types) sum = graph.op("Add", [sum, embedding(setting, `${name}.segment`, types)]);
  const at = () => places ?? placesOf(graph, ids);
  if (weights.has(`${name}.position.weight`))
    sum = graph.op("Add", [sum, embedding(setting, `${name}.position`, at())]);
  if (config.positions === "sinusoidal") {
    const { maxLength, hiddenSize } = config;
    const data = sinusoidalTable(maxLength, hiddenSize);
    const table = graph.weight("sinusoidal_positions", { shape: [maxLength, hiddenSize], data });
    sum = graph.op("Add", [sum, graph.op("Gather", [table, at()])]);
  }
  return layerNorm(setting, `${name}.norm`, sum);
}

function pool(
  graph: Graph,
  hidden: Value,
  { pooling, attentionMask }: { pooling: "cls" | "mean" | "max"; attentionMask: Value },
): Value {
  if (pooling === "cls") return graph.op("Gather", [hidden, graph.integer(0)], { axis: 1 });
  const float = graph.op("Cast", [attentionMask], { to: 1 });
  const mask = graph.op("Unsqueeze", [float, graph.integers([2])]); // [batch, time, 1]
  const sum = (x: Value) => graph.op("ReduceSum", [x, graph.integers([1])], { keepdims: 0 });
  if (pooling === "mean") {
    const count = graph.op("Max", [sum(mask), graph.float(1)]);
    return graph.op("Div", [sum(graph.op("Mul", [hidden, mask])), count]);
  }
  const lowered = graph.op("Mul", [graph.op("Sub", [graph.float(1), mask]), graph.float(-1e9)]);
  const largest = (x: Value) => graph.op("ReduceMax", [x], { axes: [1], keepdims: 0 });
  return graph.op("Mul", [largest(graph.op("Add", [hidden, lowered])), largest(mask)]);
}

/** A `RecurrentEncoder` under the name "encoder". */
export function encodeRecurrently(
  config: Required<Omit<RecurrentEncoderConfig, "cell">>,
  { weights, cell, ...options }: ModelWeights & { readonly cell: Cell },
): Encoded & Pick<RecurrentValues, "states"> {
  const graph = new Graph("recurrent-encoder", options);
  const ids = graph.input("input_ids", "int64", TEXT);
  const attentionMask = graph.input("attention_mask", "int64", TEXT);
  const setting = { graph, weights };
  const x = embedding(setting, "encoder.embedding", ids);
  const { numLayers, hiddenSize, bidirectional } = config;
  const { output: hidden, states } = recurrentLayers(setting, "encoder.recurrent", {
    x,
    attentionMask,
    cell,
    numLayers,
    hiddenSize,
    bidirectional,
  });
  return { graph, hidden, attentionMask, states };
}
