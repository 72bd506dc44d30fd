/** Attention that goes on from what was computed before: the parts of a decoder with a cache. */
import type { Graph, Value } from "./graph.ts";
import { attend, linear, project, rotate, type TransformerSetting } from "./layers.ts";

/** A layer's keys and values as the heads see them, [batch, heads, time, size / heads] each. */
export interface KeyValue {
  readonly key: Value;
  readonly value: Value;
}

/** How many positions the cache holds and how many there are with the new ones: [1] int64 each. */
export interface Times {
  readonly past: Value;
  readonly total: Value;
}

/** The names of a cache's tensors: of layer 0 in a decoder `0.key` or, where there are two kinds, `0.decoder.key`. */
export function cacheNames(layer: number, kind?: "decoder" | "encoder"): KeyValue {
  const at = kind ? `${layer}.${kind}` : String(layer);
  return { key: `${at}.key`, value: `${at}.value` };
}

export function cacheInput(graph: Graph, names: KeyValue, shape: readonly (number | string)[]): KeyValue {
  const input = (name: string) => graph.input(`past_key_values.${name}`, "float32", shape);
  return { key: input(names.key), value: input(names.value) };
}

export function cacheOutput(
  graph: Graph,
  names: KeyValue,
  { keyValue, shape }: { keyValue: KeyValue; shape: readonly (number | string)[] },
): void {
  graph.output(`present.${names.key}`, keyValue.key, { shape });
  graph.output(`present.${names.value}`, keyValue.value, { shape });
}

/** ids [batch, time] after a cache [batch, heads, past, size] */
export function timesOf(graph: Graph, ids: Value, cached: Value): Times {
  const size = (of: Value, axis: number) =>
    graph.op("Gather", [graph.op("Shape", [of]), graph.integers([axis])]);
  const past = size(cached, 2);
  return { past, total: graph.op("Add", [past, size(ids, 1)]) };
}

/** past, past + 1, … for the new columns: [time] */
export function newPlaces(graph: Graph, { past, total }: Times): Value {
  const scalar = (x: Value) => graph.op("Squeeze", [x, graph.integers([0])]);
  return graph.op("Range", [scalar(past), scalar(total), graph.integer(1)]);
}

/** 1 where a new position would look ahead, [time, total]. */
export function causalMask(graph: Graph, times: Times): Value {
  const last = graph.op("Squeeze", [times.total, graph.integers([0])]);
  const keys = graph.op("Range", [graph.integer(0), last, graph.integer(1)]);
  const queries = graph.op("Unsqueeze", [newPlaces(graph, times), graph.integers([1])]); // [time, 1]
  return graph.op("Cast", [graph.op("Greater", [keys, queries])], { to: 1 });
}

/** New positions look at those before them and at themselves; `present` is the cache with them. */
export function cachedSelfAttention(
  setting: TransformerSetting,
  name: string,
  { x, past, blocked }: { x: Value; past: KeyValue; blocked: Value },
): { readonly output: Value; readonly present: KeyValue } {
  const { graph, rotary } = setting;
  const [query, ownKey, ownValue] = ([0, 1, 2] as const).map((place) => project(setting, name, { x, place }));
  const turn = (heads: Value) => (rotary ? rotate(setting, heads, rotary) : heads);
  const key = graph.op("Concat", [past.key, turn(ownKey)], { axis: 2 });
  const value = graph.op("Concat", [past.value, ownValue], { axis: 2 });
  const attended = attend(setting, { query: turn(query), key, value, blocked });
  return { output: linear(setting, `${name}.out_proj`, attended), present: { key, value } };
}

/** The keys and values of an encoder's output. */
export function projectMemory(setting: TransformerSetting, name: string, memory: Value): KeyValue {
  const [key, value] = ([1, 2] as const).map((place) => project(setting, name, { x: memory, place }));
  return { key, value };
}

export function crossAttention(
  setting: TransformerSetting,
  name: string,
  { x, memory, blocked }: { x: Value; memory: KeyValue; blocked: Value },
): Value {
  const query = project(setting, name, { x, place: 0 });
  return linear(setting, `${name}.out_proj`, attend(setting, { query, ...memory, blocked }));
}
