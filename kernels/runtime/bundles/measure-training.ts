/** How fast this backend trains here: a training step of a small Transformer, as the lectures have them. */
import * as tf from "@tensorflow/tfjs";
import { crossEntropy, Linear, TransformerEncoder } from "../../nlp/nn/index.ts";
import { Adam, valueAndGradients } from "../../nlp/train/index.ts";

const WARM_UP = 3;
/** Steps until so many milliseconds have passed, and at least three. */
const ENOUGH = 400;

/** Milliseconds of a step, the median. What it makes it frees. */
export async function measureTraining(): Promise<number> {
  const encoder = new TransformerEncoder(64, 4, { numLayers: 1, dimFeedforward: 128, dropout: 0, seed: 1 });
  const output = new Linear(64, 4, { seed: 2 });
  const parameters = [...encoder.parameters(), ...output.parameters()];
  const optimizer = new Adam(parameters);
  const x = tf.ones([16, 32, 64]);
  const targets = Array.from({ length: 16 }, (_, index) => index % 4);

  async function step(): Promise<void> {
    const loss = tf.tidy(() => {
      const compute = () => crossEntropy(output.forward(tf.mean(encoder.forward(x), 1)), targets);
      const { value, gradients } = valueAndGradients(compute, parameters);
      optimizer.step(gradients);
      return value;
    });
    // A GPU has computed only when something has been read.
    await loss.data();
    loss.dispose();
  }

  try {
    for (let index = 0; index < WARM_UP; index++) await step();
    const times: number[] = [];
    const end = performance.now() + ENOUGH;
    while (times.length < 3 || performance.now() < end) {
      const start = performance.now();
      await step();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  } finally {
    optimizer.dispose();
    encoder.dispose();
    output.dispose();
    x.dispose();
  }
}
