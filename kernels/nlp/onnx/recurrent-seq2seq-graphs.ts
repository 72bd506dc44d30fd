/**
 * A recurrent encoder–decoder in the two graphs that Transformers.js has for a Transformer. All that it carries from one to the
 * other is last_hidden_state, and all that a step leaves for the next is a cache of keys and values by layers. So the decoder's
 * first states go before the encoder's outputs, and the states are the cache:
 *
 *     last_hidden_state [batch, states · layers + source, size]
 *     past_key_values.N.decoder.key [batch, 1, 1, hidden]      layer N's hidden state; of an LSTM .value is its cell state
 */
import type { RecurrentSeq2Seq } from "../nn/models/recurrent-seq2seq.ts";
import { cacheNames } from "./cached-attention.ts";
import { encodeRecurrently, type ModelWeights } from "./encoder-graphs.ts";
import { Graph, type Value } from "./graph.ts";
import { embedding, linear, maskedSoftmax, type LayerSetting } from "./layers.ts";
import { recurrentLayers, rowsOf } from "./recurrent-layers.ts";

type Config = RecurrentSeq2Seq["config"];

/** input_ids, attention_mask [batch, source] → last_hidden_state */
export function recurrentEncoderGraph(
  { config }: RecurrentSeq2Seq,
  { weights, ...options }: ModelWeights,
): Graph {
  const { graph, hidden, states } = encodeRecurrently(config, { weights, cell: config.cell, ...options });
  const setting = { graph, weights };
  const first = states.map((state, index) => {
    const handed = config.bidirectional ? bridge(setting, state, { config, index }) : state;
    const rowsFirst = graph.op("Transpose", [handed], { perm: [1, 0, 2] }); // [batch, layers, hidden]
    const missing = sizeOf(config) - config.hiddenSize;
    return missing > 0 ? graph.op("Pad", [rowsFirst, graph.integers([0, 0, 0, 0, 0, missing])]) : rowsFirst;
  });
  const parts = config.attention === "none" ? first : [...first, hidden];
  const packed = parts.length === 1 ? parts[0] : graph.op("Concat", parts, { axis: 1 });
  graph.output("last_hidden_state", packed, { shape: ["batch", "packed_time", sizeOf(config)] });
  return graph;
}

/** input_ids [batch, time], encoder_hidden_states, encoder_attention_mask, use_cache_branch, the states → logits, the states */
export function recurrentDecoderGraph(
  { config }: RecurrentSeq2Seq,
  { weights, ...options }: ModelWeights,
): Graph {
  const graph = new Graph("decoder", options);
  const setting = { graph, weights };
  const { cell, numLayers, hiddenSize, attention } = config;
  const ids = graph.input("input_ids", "int64", ["batch_size", "decoder_sequence_length"]);
  const packed = graph.input("encoder_hidden_states", "float32", [
    "batch_size",
    "packed_time",
    sizeOf(config),
  ]);
  const initial = firstStates(graph, { config, packed });
  const x = embedding(setting, "embedding", ids);
  const spec = { x, cell, numLayers, hiddenSize, bidirectional: false, initial };
  const { output, states } = recurrentLayers(setting, "decoder", spec);
  const own = attention === "none" ? output : lookBack(setting, output, { config, packed });
  graph.output("logits", linear(setting, "output", own), {
    shape: ["batch_size", "decoder_sequence_length", config.targetVocabSize],
  });
  states.forEach((state, index) => {
    for (let layer = 0; layer < numLayers; layer++) {
      const row = graph.op("Transpose", [rowsOf(graph, state, { from: layer, count: 1 })], {
        perm: [1, 0, 2],
      });
      graph.output(`present.${stateName(layer, index)}`, graph.op("Unsqueeze", [row, graph.integers([1])]), {
        shape: ["batch_size", 1, 1, hiddenSize],
      });
    }
  });
  return graph;
}

function sizeOf({ attention, hiddenSize, bidirectional }: Config): number {
  return attention === "none" || !bidirectional ? hiddenSize : 2 * hiddenSize;
}

/** Which of the cache's tensors holds a layer's hidden state (0) or cell state (1). */
function stateName(layer: number, index: number): string {
  const { key, value } = cacheNames(layer, "decoder");
  return index === 0 ? key : value;
}

/** tanh(W · both directions' last states): [layers · 2, batch, hidden] → [layers, batch, hidden] */
function bridge(
  setting: LayerSetting,
  state: Value,
  { config: { numLayers, hiddenSize }, index }: { config: Config; index: number },
): Value {
  const { graph } = setting;
  const apart = graph.op("Reshape", [state, graph.integers([numLayers, 2, -1, hiddenSize])]);
  const sideBySide = graph.op("Transpose", [apart], { perm: [0, 2, 1, 3] }); // [layers, batch, 2, hidden]
  const joined = graph.op("Reshape", [sideBySide, graph.integers([0, 0, 2 * hiddenSize])]);
  return graph.op("Tanh", [linear(setting, `bridges.${index}`, joined)]);
}

/** The states before the new tokens, [layers, batch, hidden] each: from the cache, or at first from the encoder. */
function firstStates(graph: Graph, { config, packed }: { config: Config; packed: Value }): Value[] {
  const { cell, numLayers, hiddenSize } = config;
  const layers = Array.from({ length: numLayers }, (_, layer) => layer);
  const shape = ["batch_size", 1, 1, hiddenSize];
  const names = cell === "lstm" ? [0, 1] : [0];
  const cached = names.map((index) =>
    layers.map((layer) => graph.input(`past_key_values.${stateName(layer, index)}`, "float32", shape)),
  );
  const useCache = graph.input("use_cache_branch", "bool", [1]);
  return names.map((index) => {
    const side = graph.op("Concat", cached[index], { axis: 1 }); // [batch, layers, 1, hidden]
    const kept = graph.op("Reshape", [side, graph.integers([0, numLayers, hiddenSize])]);
    const [from, to] = [index * numLayers, (index + 1) * numLayers];
    const handed = graph.op("Slice", [
      packed,
      graph.integers([from, 0]),
      graph.integers([to, hiddenSize]),
      graph.integers([1, 2]),
    ]);
    return graph.op("Transpose", [graph.op("Where", [useCache, kept, handed])], { perm: [1, 0, 2] });
  });
}

/** tanh(U · [h; attention(h, memory)]): [batch, time, hidden] */
function lookBack(
  setting: LayerSetting,
  hidden: Value,
  { config, packed }: { config: Config; packed: Value },
): Value {
  const { graph } = setting;
  const { cell, numLayers, attention, bidirectional } = config;
  const mask = graph.input("encoder_attention_mask", "int64", ["batch_size", "encoder_sequence_length"]);
  const padding = graph.op("Sub", [graph.float(1), graph.op("Cast", [mask], { to: 1 })]);
  const blocked = graph.op("Unsqueeze", [padding, graph.integers([1])]); // [batch, 1, source]
  const from = numLayers * (cell === "lstm" ? 2 : 1);
  const memory = graph.op("Slice", [
    packed,
    graph.integers([from]),
    graph.integers([2 ** 31 - 1]),
    graph.integers([1]),
  ]); // [batch, source, size]
  const scores =
    attention === "additive"
      ? additiveScores(setting, hidden, memory)
      : dotScores(setting, hidden, bidirectional ? linear(setting, "attention.key", memory) : memory);
  const seen = graph.op("MatMul", [maskedSoftmax(graph, scores, blocked), memory]);
  const both = graph.op("Concat", [hidden, seen], { axis: 2 });
  return graph.op("Tanh", [linear(setting, "combine", both)]);
}

/** q · k: [batch, time, source] */
function dotScores({ graph }: LayerSetting, query: Value, key: Value): Value {
  return graph.op("MatMul", [query, graph.op("Transpose", [key], { perm: [0, 2, 1] })]);
}

/** v · tanh(W·q + U·k): [batch, time, source] */
function additiveScores(setting: LayerSetting, query: Value, key: Value): Value {
  const { graph } = setting;
  const q = graph.op("Unsqueeze", [linear(setting, "attention.query", query), graph.integers([2])]);
  const k = graph.op("Unsqueeze", [linear(setting, "attention.key", key), graph.integers([1])]);
  const scored = linear(setting, "attention.score", graph.op("Tanh", [graph.op("Add", [q, k])]));
  return graph.op("Squeeze", [scored, graph.integers([3])]);
}
