/** An encoder–decoder as two graphs: one reads the source once, the other writes with a cache. */
import type { TransformerSeq2Seq } from "../nn/models/transformer-seq2seq.ts";
import {
  cachedSelfAttention,
  cacheInput,
  cacheNames,
  cacheOutput,
  causalMask,
  crossAttention,
  newPlaces,
  projectMemory,
  timesOf,
  type KeyValue,
} from "./cached-attention.ts";
import { scoreTokens } from "./causal-graph.ts";
import { embedTokens, encodeText, type ModelWeights } from "./encoder-graphs.ts";
import { Graph, type Value } from "./graph.ts";
import { around, feedForward, layerNorm, paddingMask, type TransformerSetting } from "./layers.ts";

/** input_ids, attention_mask [batch, source] → last_hidden_state [batch, source, size] */
export function seq2seqEncoderGraph({ config }: TransformerSeq2Seq, setting: ModelWeights): Graph {
  const { graph, hidden } = encodeText({ ...config, typeVocabSize: 0 }, setting);
  graph.output("last_hidden_state", hidden, { shape: ["batch", "time", config.hiddenSize] });
  return graph;
}

/**
 * The decoder of both kinds of steps in one graph, as the model hub's "merged" decoders are:
 *
 *     use_cache_branch [1]        false: read encoder_hidden_states    true: take the source's keys and values from the cache
 *     input_ids [batch, time]     the new tokens
 *     encoder_hidden_states [batch, source, size], encoder_attention_mask [batch, source]
 *     past_key_values.N.decoder.key, .value [batch, heads, past, size]       what was written; past is 0 at first
 *     past_key_values.N.encoder.key, .value [batch, heads, source, size]     the source
 *     → logits [batch, time, vocabulary], present.N.decoder.…, present.N.encoder.…
 */
export function seq2seqDecoderGraph(
  { config }: TransformerSeq2Seq,
  { weights, ...options }: ModelWeights,
): Graph {
  const graph = new Graph("decoder", options);
  const { numLayers, numHeads, hiddenSize, positions } = config;
  const source = ["batch_size", "encoder_sequence_length"];
  const sourceMask = graph.input("encoder_attention_mask", "int64", source);
  const ids = graph.input("input_ids", "int64", ["batch_size", "decoder_sequence_length"]);
  const memory = graph.input("encoder_hidden_states", "float32", [...source, hiddenSize]);
  const cached = (time: string) => ["batch_size", numHeads, time, hiddenSize / numHeads];
  const layers = Array.from({ length: numLayers }, (_, layer) => layer);
  const pasts = layers.map((layer) => ({
    decoder: cacheInput(graph, cacheNames(layer, "decoder"), cached("past_decoder_sequence_length")),
    // A name of its own: at the first step it is 0, whatever the source's length.
    encoder: cacheInput(graph, cacheNames(layer, "encoder"), cached("past_encoder_sequence_length")),
  }));
  const useCache = graph.input("use_cache_branch", "bool", [1]);

  const times = timesOf(graph, ids, pasts[0].decoder.key);
  const places = graph.op("Unsqueeze", [newPlaces(graph, times), graph.integers([0])]); // [1, time]
  const setting: TransformerSetting = {
    graph,
    weights,
    ...config,
    ...(positions === "rotary" && { rotary: places }),
  };
  const sources = chooseSources(setting, { useCache, memory, cached: pasts.map(({ encoder }) => encoder) });
  const [ahead, padding] = [causalMask(graph, times), paddingMask(graph, sourceMask)];
  let hidden = embedTokens(setting, "embeddings", { config, ids, places });
  const presents = layers.map((layer): KeyValue => {
    const at = `decoder.layers.${layer}`;
    let present: KeyValue | undefined;
    const seen = around(setting, `${at}.norm1`, hidden, (x) => {
      const past = pasts[layer].decoder;
      const found = cachedSelfAttention(setting, `${at}.self_attn`, { x, past, blocked: ahead });
      present = found.present;
      return found.output;
    });
    const informed = around(setting, `${at}.norm2`, seen, (x) =>
      crossAttention(setting, `${at}.multihead_attn`, { x, memory: sources[layer], blocked: padding }),
    );
    hidden = around(setting, `${at}.norm3`, informed, (x) => feedForward(setting, at, x));
    return present as KeyValue;
  });
  const normed = weights.has("decoder.norm.weight") ? layerNorm(setting, "decoder.norm", hidden) : hidden;
  graph.output("logits", scoreTokens(setting, normed), {
    shape: ["batch_size", "decoder_sequence_length", config.targetVocabSize],
  });
  for (const layer of layers) {
    const [written, read] = [cached("total_decoder_sequence_length"), cached("encoder_sequence_length_out")];
    cacheOutput(graph, cacheNames(layer, "decoder"), { keyValue: presents[layer], shape: written });
    cacheOutput(graph, cacheNames(layer, "encoder"), { keyValue: sources[layer], shape: read });
  }
  return graph;
}

/** The source's keys and values of each layer: from the cache, or from the encoder's output. */
function chooseSources(
  setting: TransformerSetting,
  { useCache, memory, cached }: { useCache: Value; memory: Value; cached: readonly KeyValue[] },
): KeyValue[] {
  const { graph, numHeads, hiddenSize } = setting;
  const [taken, projected] = [graph.branch("cached"), graph.branch("projected")];
  cached.forEach((past, layer) => {
    const own = projectMemory(
      { ...setting, graph: projected },
      `decoder.layers.${layer}.multihead_attn`,
      memory,
    );
    for (const part of ["key", "value"] as const) {
      const shape = ["batch_size", numHeads, `source_${layer}`, hiddenSize / numHeads];
      taken.output(`cached_${part}_${layer}`, past[part], { shape });
      projected.output(`projected_${part}_${layer}`, own[part], { shape });
    }
  });
  const outputs = 2 * cached.length;
  const chosen = graph.choose(useCache, { then: taken, else: projected, outputs });
  return cached.map((_, layer) => ({ key: chosen[2 * layer], value: chosen[2 * layer + 1] }));
}
