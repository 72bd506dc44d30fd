import type { CausalLanguageModel } from "../nn/models/causal-language-model.ts";
import {
  cachedSelfAttention,
  cacheInput,
  cacheNames,
  cacheOutput,
  causalMask,
  timesOf,
  type KeyValue,
} from "./cached-attention.ts";
import { embedTokens, type ModelWeights } from "./encoder-graphs.ts";
import { Graph, type Value } from "./graph.ts";
import {
  around,
  feedForward,
  findWeight,
  layerNorm,
  multiply,
  paddingMask,
  type TransformerSetting,
} from "./layers.ts";

/**
 * A language model that goes on from a cache; an empty one, of time 0, begins a text:
 *
 *     input_ids [batch, time]                                      the new tokens
 *     attention_mask [batch, past + time]                          1 on tokens, 0 on padding, which stands in front
 *     position_ids [batch, time]                                   the tokens before each in its text; none without positions
 *     past_key_values.N.key, .value [batch, heads, past, size]     of each layer
 *     → logits [batch, time, vocabulary], present.N.key, .value [batch, heads, past + time, size]
 */
export function causalGraph({ config }: CausalLanguageModel, { weights, ...options }: ModelWeights): Graph {
  const graph = new Graph("decoder", options);
  const { numLayers, numHeads, hiddenSize, positions } = config;
  const ids = graph.input("input_ids", "int64", ["batch_size", "sequence_length"]);
  const attentionMask = graph.input("attention_mask", "int64", ["batch_size", "total_sequence_length"]);
  const cached = (time: string) => ["batch_size", numHeads, time, hiddenSize / numHeads];
  const pasts = Array.from({ length: numLayers }, (_, layer) =>
    cacheInput(graph, cacheNames(layer), cached("past_sequence_length")),
  );
  const times = timesOf(graph, ids, pasts[0].key);
  const shape = ["batch_size", "sequence_length"];
  const places = positions === "none" ? undefined : graph.input("position_ids", "int64", shape);
  const setting: TransformerSetting = {
    graph,
    weights,
    ...config,
    ...(positions === "rotary" && places && { rotary: places }),
  };
  const blocked = graph.op("Max", [paddingMask(graph, attentionMask), causalMask(graph, times)]);
  let hidden = embedTokens(setting, "embeddings", { config, ids, places });
  const presents: KeyValue[] = [];
  for (let layer = 0; layer < numLayers; layer++) {
    const at = `decoder.layers.${layer}`;
    const attended = around(setting, `${at}.norm1`, hidden, (x) => {
      const found = cachedSelfAttention(setting, `${at}.self_attn`, { x, past: pasts[layer], blocked });
      presents.push(found.present);
      return found.output;
    });
    hidden = around(setting, `${at}.norm2`, attended, (x) => feedForward(setting, at, x));
  }
  const normed = weights.has("decoder.norm.weight") ? layerNorm(setting, "decoder.norm", hidden) : hidden;
  graph.output("logits", scoreTokens(setting, normed), {
    shape: ["batch_size", "sequence_length", config.vocabSize],
  });
  presents.forEach((keyValue, layer) =>
    cacheOutput(graph, cacheNames(layer), { keyValue, shape: cached("total_sequence_length") }),
  );
  return graph;
}

/** hidden · Eᵀ + b with the embedding E of the decoder's tokens */
export function scoreTokens({ graph, weights }: TransformerSetting, hidden: Value): Value {
  const name = "embeddings.token";
  const [weight, bias] = [findWeight(weights, `${name}.weight`), findWeight(weights, "bias")];
  return multiply(graph, hidden, { name, weight, bias });
}
