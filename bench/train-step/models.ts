/**
 * The models whose training step is measured. Sizes as in a lecture; ids and targets are drawn once. Each is there twice: of
 * the library's layers, and as a learner would write it in plain TensorFlow.js.
 */
import * as tf from "@tensorflow/tfjs";
import {
  crossEntropy,
  Embedding,
  LearnedPositionalEncoding,
  Linear,
  LSTM,
  TransformerEncoder,
  BagOfWordsClassifier,
  type AnyModule,
} from "../../kernels/nlp/nn/index.ts";
import { Adam, valueAndGradients } from "../../kernels/nlp/train/index.ts";

/** Computes one step and gives its loss. */
export type Step = () => Promise<number>;

export const SIZES = {
  transformer: { vocabulary: 2000, width: 64, heads: 4, layers: 2, time: 32, batch: 32, classes: 4 },
  tagger: { input: 64, hidden: 128, time: 32, batch: 32, classes: 10 },
  classifier: { features: 2000, hidden: 32, batch: 32, classes: 4 },
} as const;

export type ModelName = keyof typeof SIZES;
export type Variant = "layers" | "plain";

const RATE = 1e-3;

/** Step functions by model and variant; what they hold is never freed. */
export const MODELS: Readonly<Record<ModelName, Readonly<Record<Variant, () => Step>>>> = {
  /** A sentence classifier: embedding, positions, two Transformer layers, mean, linear. */
  transformer: {
    layers() {
      const { vocabulary, width, heads, layers, time, classes } = SIZES.transformer;
      const embedding = new Embedding(vocabulary, width, { seed: 1 });
      const positions = new LearnedPositionalEncoding(width, { maxLength: time, seed: 2 });
      const encoder = new TransformerEncoder(width, heads, {
        numLayers: layers,
        dimFeedforward: 4 * width,
        dropout: 0,
        normFirst: true,
        finalNorm: false,
        seed: 3,
      });
      const output = new Linear(width, classes, { seed: 4 });
      const { ids, targets } = drawSentences();
      return train([embedding, positions, encoder, output], () => {
        const x = encoder.forward(positions.forward(embedding.forward(ids))); // [batch, time, width]
        return crossEntropy(output.forward(tf.mean(x, 1)), targets);
      });
    },
    plain() {
      const { vocabulary, width, heads, layers, time, batch, classes } = SIZES.transformer;
      const draw = (...shape: [number, number]) =>
        tf.variable(tf.randomNormal(shape, 0, 0.05)) as tf.Variable<tf.Rank.R2>;
      const embedding = draw(vocabulary, width);
      const positions = draw(time, width);
      const blocks = Array.from({ length: layers }, () => ({
        query: draw(width, width),
        key: draw(width, width),
        value: draw(width, width),
        joined: draw(width, width),
        scale1: tf.variable(tf.ones([width])),
        shift1: tf.variable(tf.zeros([width])),
        scale2: tf.variable(tf.ones([width])),
        shift2: tf.variable(tf.zeros([width])),
        inner: draw(width, 4 * width),
        innerBias: tf.variable(tf.zeros([4 * width])),
        outer: draw(4 * width, width),
        outerBias: tf.variable(tf.zeros([width])),
      }));
      const output = draw(width, classes);
      const normalize = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
        const centred = x.sub(x.mean(-1, true));
        return centred.mul(centred.square().mean(-1, true).add(1e-5).rsqrt()).mul(scale).add(shift);
      };
      const { ids, targets } = drawSentences();
      const wanted = tf.oneHot(targets, classes);
      const forward = () => {
        let x: tf.Tensor = embeddingOf(embedding, ids).add(positions);
        for (const block of blocks) {
          const normal = normalize(x, block.scale1, block.shift1).reshape([batch * time, width]);
          const head = (weight: tf.Tensor) =>
            normal
              .matMul(weight)
              .reshape([batch, time, heads, width / heads])
              .transpose([0, 2, 1, 3]);
          const scores = tf.matMul(head(block.query), head(block.key), false, true);
          const weights = tf.softmax(scores.div(Math.sqrt(width / heads)));
          const mixed = tf.matMul(weights, head(block.value)).transpose([0, 2, 1, 3]);
          x = x.add(
            mixed
              .reshape([batch * time, width])
              .matMul(block.joined)
              .reshape([batch, time, width]),
          );
          const inner = normalize(x, block.scale2, block.shift2).reshape([batch * time, width]);
          const outer = inner.matMul(block.inner).add(block.innerBias).relu().matMul(block.outer);
          x = x.add(outer.add(block.outerBias).reshape([batch, time, width]));
        }
        return x.mean(1).matMul(output);
      };
      const optimizer = tf.train.adam(RATE);
      return minimize(optimizer, () => tf.losses.softmaxCrossEntropy(wanted, forward()));
    },
  },
  /** A tagger: a bidirectional LSTM over word vectors, and a linear layer at each word. */
  tagger: {
    layers() {
      const { input, hidden, classes } = SIZES.tagger;
      const lstm = new LSTM(input, hidden, { bidirectional: true, seed: 1 });
      const output = new Linear(2 * hidden, classes, { seed: 2 });
      const { x, targets } = drawTagged();
      return train([lstm, output], () => crossEntropy(output.forward(lstm.forward(x).output), targets));
    },
    plain() {
      const { input, hidden, time, batch, classes } = SIZES.tagger;
      const model = tf.sequential({
        layers: [
          tf.layers.bidirectional({
            layer: tf.layers.lstm({
              units: hidden,
              returnSequences: true,
              recurrentActivation: "sigmoid",
              // The default, orthogonal, takes seconds to draw.
              recurrentInitializer: "glorotNormal",
            }) as tf.RNN,
            inputShape: [time, input],
          }),
          tf.layers.dense({ units: classes }),
        ],
      });
      const { x, targets } = drawTagged();
      const wanted = tf.oneHot(targets.reshape([batch * time]), classes);
      const optimizer = tf.train.adam(RATE);
      return minimize(optimizer, () =>
        tf.losses.softmaxCrossEntropy(wanted, (model.apply(x) as tf.Tensor).reshape([batch * time, classes])),
      );
    },
  },
  /** Lecture 01's classifier of bags of words. */
  classifier: {
    layers() {
      const { features, hidden, classes } = SIZES.classifier;
      const model = new BagOfWordsClassifier({ inputSize: features, classes, hiddenSize: hidden, seed: 1 });
      const { bags, targets } = drawBags();
      return train([model], () => crossEntropy(model.forward(bags), targets));
    },
    plain() {
      const { features, hidden, classes } = SIZES.classifier;
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: hidden, activation: "relu", inputShape: [features] }),
          tf.layers.dense({ units: classes }),
        ],
      });
      const { bags, targets } = drawBags();
      const wanted = tf.oneHot(targets, classes);
      return minimize(tf.train.adam(RATE), () =>
        tf.losses.softmaxCrossEntropy(wanted, model.apply(bags) as tf.Tensor),
      );
    },
  },
};

/** TensorFlow.js's own wasm backend has no gradient of gather: there a learner multiplies one-hot vectors. */
function embeddingOf(embedding: tf.Tensor2D, ids: tf.Tensor2D): tf.Tensor {
  if (tf.getKernel("UnsortedSegmentSum", tf.getBackend())) return tf.gather(embedding, ids);
  const [vocabulary, width] = embedding.shape;
  const hot = tf.oneHot(ids.flatten(), vocabulary).cast("float32");
  return hot.matMul(embedding).reshape([...ids.shape, width]);
}

function train(modules: readonly AnyModule[], loss: () => tf.Tensor): Step {
  const parameters = modules.flatMap((module) => module.parameters());
  const optimizer = new Adam(parameters, { lr: RATE });
  return () =>
    read(
      tf.tidy(() => {
        const { value, gradients } = valueAndGradients(loss, parameters);
        optimizer.step(gradients);
        return value;
      }),
    );
}

function minimize(optimizer: tf.Optimizer, loss: () => tf.Tensor): Step {
  return () => read(optimizer.minimize(() => loss() as tf.Scalar, true)!);
}

async function read(loss: tf.Tensor): Promise<number> {
  const [value] = await loss.data();
  loss.dispose();
  return value;
}

function drawSentences() {
  const { vocabulary, time, batch, classes } = SIZES.transformer;
  return {
    ids: tf.randomUniform([batch, time], 0, vocabulary, "int32", 1) as tf.Tensor2D,
    targets: tf.randomUniform([batch], 0, classes, "int32", 2) as tf.Tensor1D,
  };
}

function drawTagged() {
  const { input, time, batch, classes } = SIZES.tagger;
  return {
    x: tf.randomNormal([batch, time, input], 0, 1, "float32", 1) as tf.Tensor3D,
    targets: tf.randomUniform([batch, time], 0, classes, "int32", 2) as tf.Tensor2D,
  };
}

function drawBags() {
  const { features, batch, classes } = SIZES.classifier;
  return {
    bags: tf.randomUniform([batch, features], 0, 1.02, "float32", 1).floor() as tf.Tensor2D,
    targets: tf.randomUniform([batch], 0, classes, "int32", 2) as tf.Tensor1D,
  };
}
