/**
 * The layers and losses beside PyTorch's numbers (tests/reference): what each case computes here and what it should
 * have been. Free of the test runner and of Node, so that a page in a browser can run the same cases.
 */
import * as tf from "@tensorflow/tfjs";
import {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  Embedding,
  GELU,
  GRU,
  infoNCE,
  l1,
  LayerNorm,
  LSTM,
  mse,
  MultiheadAttention,
  RNN,
  smoothL1,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type AnyModule,
} from "gongbu/nn";
import { valueAndGradients } from "gongbu/train";
import layerFile from "../../../reference/layers.json" with { type: "json" };
import lossFile from "../../../reference/losses.json" with { type: "json" };

export interface ReferenceResult {
  /** Held to 1e-4. */
  readonly values: Record<string, number[]>;
  /** Held to 2e-4. */
  readonly gradients: Record<string, number[]>;
  /** PyTorch's numbers, under the same names. */
  readonly expected: Record<string, number[]>;
}

export interface ReferenceCase {
  readonly name: string;
  /** Computes the case on TensorFlow.js's present backend and leaves no tensor behind. */
  run(): ReferenceResult;
}

export const TOLERANCE = { values: 1e-4, gradients: 2e-4 } as const;

interface Entry {
  readonly layer?: string;
  readonly loss?: string;
  readonly note?: string;
  readonly [field: string]: unknown;
}

/** The fields of an entry, read as what they are. */
function fields(entry: Entry) {
  return {
    flat: (name: string) => [entry[name]].flat(Infinity) as number[],
    tensor: (name: string, dtype: "float32" | "int32" = "float32") =>
      tf.tensor(entry[name] as tf.TensorLike, undefined, dtype),
    maybe: (name: string) => (name in entry ? tf.tensor(entry[name] as tf.TensorLike) : undefined),
    state: entry.state as Readonly<Record<string, readonly number[]>>,
    has: (name: string) => name in entry,
  };
}

/** Runs a layer on `input`, and back from `upstream` if the entry has one. */
function runLayer<M extends AnyModule>(
  entry: Entry,
  module: M,
  {
    input = "input",
    gradient = "gradInput",
    forward,
  }: {
    input?: string;
    gradient?: string;
    forward: (module: M, x: tf.Tensor) => { readonly [name: string]: tf.Tensor };
  },
): ReferenceResult {
  const { tensor, maybe, flat, state, has } = fields(entry);
  if (state) module.loadStateDict(state);
  module.eval();
  try {
    return tf.tidy(() => {
      const x = tensor(input);
      const outputs = forward(module, x);
      const values = Object.fromEntries(
        Object.entries(outputs).map(([name, output]) => [name, [...output.dataSync()]]),
      );
      const expected = Object.fromEntries(Object.keys(values).map((name) => [name, flat(name)]));
      if (!has(gradient)) return { values, gradients: {}, expected };
      const upstream = maybe("upstream") ?? tf.onesLike(outputs.output);
      const { gradients } = valueAndGradients(() => tf.sum(tf.mul(forward(module, x).output, upstream)), [x]);
      return {
        values,
        gradients: { [gradient]: [...gradients[0].dataSync()] },
        expected: { ...expected, [gradient]: flat(gradient) },
      };
    });
  } finally {
    module.dispose();
  }
}

function runRecurrent(entry: Entry): ReferenceResult {
  const kind = { RNN, GRU, LSTM }[entry.layer as "RNN"];
  const { state, flat } = fields(entry);
  const hiddenSize = state.weight_hh_l0.length / { RNN: 1, GRU: 3, LSTM: 4 }[entry.layer as "RNN"];
  const make = () => new kind(8, hiddenSize, { bidirectional: entry.bidirectional as boolean });
  const whole = runLayer(entry, make(), { forward: (module, x) => ({ output: module.forward(x).output }) });
  const packed = runLayer({ ...entry, gradInput: undefined }, make(), {
    gradient: "none",
    forward: (module, x) => ({
      outputPacked: module.forward(x, { lengths: flat("lengths") }).output,
    }),
  });
  return {
    values: { ...whole.values, ...packed.values },
    gradients: whole.gradients,
    expected: { ...whole.expected, ...packed.expected },
  };
}

function runAttention(entry: Entry): ReferenceResult {
  const { maybe } = fields(entry);
  return runLayer(entry, new MultiheadAttention(8, entry.heads as number), {
    input: "query",
    gradient: "gradQuery",
    forward(module, x) {
      const { output, weights } = module.forward(x, {
        keyPaddingMask: maybe("keyPaddingMask"),
        causal: entry.causal as boolean | undefined,
        needWeights: true,
      });
      return { output, weights: weights as tf.Tensor };
    },
  });
}

function layerOptions(entry: Entry) {
  return {
    dimFeedforward: 16,
    normFirst: entry.normFirst as boolean,
    activation: (entry.activation ?? "relu") as "relu" | "gelu",
  };
}

function runEncoderLayer(entry: Entry): ReferenceResult {
  const { maybe } = fields(entry);
  return runLayer(entry, new TransformerEncoderLayer(8, entry.heads as number, layerOptions(entry)), {
    forward: (module, x) => ({ output: module.forward(x, { keyPaddingMask: maybe("keyPaddingMask") }) }),
  });
}

function runDecoderLayer(entry: Entry): ReferenceResult {
  const { tensor } = fields(entry);
  return runLayer(entry, new TransformerDecoderLayer(8, entry.heads as number, layerOptions(entry)), {
    input: "target",
    forward: (module, x) => ({
      output: module.forward(x, tensor("memory"), { causal: entry.causal as boolean }),
    }),
  });
}

function runEmbedding(entry: Entry): ReferenceResult {
  const { tensor, flat } = fields(entry);
  const layer = new Embedding(7, 4, { paddingIdx: entry.paddingIdx as number });
  layer.loadStateDict({ weight: entry.weight as readonly number[] });
  try {
    return tf.tidy(() => {
      const [ids, upstream] = [tensor("ids", "int32"), tensor("upstream")];
      const { gradients } = valueAndGradients(
        () => tf.sum(tf.mul(layer.forward(ids), upstream)),
        layer.parameters(),
      );
      return {
        values: { output: [...layer.forward(ids).dataSync()] },
        gradients: { gradWeight: [...gradients[0].dataSync()] },
        expected: { output: flat("output"), gradWeight: flat("gradWeight") },
      };
    });
  } finally {
    layer.dispose();
  }
}

function runLoss(
  entry: Entry,
  { at, gradient, loss }: { at: string; gradient: string; loss: (x: tf.Tensor) => tf.Tensor },
): ReferenceResult {
  const { tensor, flat } = fields(entry);
  return tf.tidy(() => {
    const x = tensor(at);
    const { value, gradients } = valueAndGradients(() => loss(x), [x]);
    return {
      values: { value: [...value.dataSync()] },
      gradients: { [gradient]: [...gradients[0].dataSync()] },
      expected: { value: flat("value"), [gradient]: flat(gradient) },
    };
  });
}

function runCrossEntropy(entry: Entry): ReferenceResult {
  const { tensor } = fields(entry);
  const options = entry.options as { weight?: number[]; label_smoothing?: number; reduction?: "sum" };
  const { weight, label_smoothing: labelSmoothing, reduction } = options;
  return runLoss(entry, {
    at: "logits",
    gradient: "gradLogits",
    loss: (x) => crossEntropy(x, tensor("targets", "int32"), { weight, labelSmoothing, reduction }),
  });
}

function runElementwise(entry: Entry): ReferenceResult {
  const { tensor } = fields(entry);
  const losses = { mse, l1, smoothL1, binaryCrossEntropyWithLogits };
  return runLoss(entry, {
    at: "prediction",
    gradient: "gradPrediction",
    loss: (x) => losses[entry.loss as "mse"](x, tensor("target")),
  });
}

function runInfoNCE(entry: Entry): ReferenceResult {
  const { tensor } = fields(entry);
  return runLoss(entry, {
    at: "anchor",
    gradient: "gradAnchor",
    loss: (x) => infoNCE(x, tensor("positive"), { temperature: entry.temperature as number }),
  });
}

const RUNNERS: Readonly<Record<string, (entry: Entry) => ReferenceResult>> = {
  RNN: runRecurrent,
  GRU: runRecurrent,
  LSTM: runRecurrent,
  LayerNorm: (entry) =>
    runLayer(entry, new LayerNorm(8, { eps: entry.eps as number }), {
      forward: (module, x) => ({ output: module.forward(x) }),
    }),
  GELU: (entry) =>
    runLayer(entry, new GELU({ approximate: entry.approximate as "none" | "tanh" }), {
      forward: (module, x) => ({ output: module.forward(x) }),
    }),
  MultiheadAttention: runAttention,
  TransformerEncoderLayer: runEncoderLayer,
  TransformerDecoderLayer: runDecoderLayer,
  Embedding: runEmbedding,
  crossEntropy: runCrossEntropy,
  mse: runElementwise,
  l1: runElementwise,
  smoothL1: runElementwise,
  binaryCrossEntropyWithLogits: runElementwise,
  infoNCE: runInfoNCE,
};

export const REFERENCE_CASES: readonly ReferenceCase[] = [
  ...(layerFile as unknown as Entry[]),
  ...(lossFile as unknown as Entry[]),
].map((entry, index) => {
  const kind = (entry.layer ?? entry.loss) as string;
  const runner = RUNNERS[kind];
  return {
    name: `${kind} (case ${index})`,
    run() {
      if (!runner) throw new Error(`No runner for the reference case ${kind}.`);
      return runner(entry);
    },
  };
});

/** The largest difference between two lists of numbers; Infinity if their lengths differ or a number is NaN. */
export function worstDifference(given: readonly number[], expected: readonly number[]): number {
  if (given.length !== expected.length) return Infinity;
  const differences = given.map((value, index) => Math.abs(value - expected[index]));
  return differences.some(Number.isNaN) ? Infinity : differences.reduce((a, b) => Math.max(a, b), 0);
}
