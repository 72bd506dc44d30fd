import * as tf from "@tensorflow/tfjs";
import type { RecurrentCell } from "./cell.ts";

/**
 * The gated recurrent unit of K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder", 2014, in
 * PyTorch's form and order of gates. With x and u the products of the input and of the last hidden state:
 *
 *     r = σ(x_r + u_r)      how much of the past the proposal may see
 *     z = σ(x_z + u_z)      how much of the past stays
 *     n = tanh(x_n + r · u_n)
 *     h' = n + z · (h − n)
 *
 * and back, with g = ∂loss/∂h':
 *
 *     ∂n = g · (1 − z) · (1 − n²)     ∂z = g · (h − n) · z · (1 − z)     ∂r = ∂n · u_n · r · (1 − r)
 *     ∂x = [∂r, ∂z, ∂n]      ∂u = [∂r, ∂z, ∂n · r]      ∂h = g · z + …
 */
export const gruCell: RecurrentCell = {
  name: "gru",
  gates: 3,
  states: 1,
  step(fromInput, fromHidden, [last]) {
    const size = last.shape[1] as number;
    const [inputGates, inputNew] = tf.split(fromInput, [2 * size, size], 1);
    const [hiddenGates, hiddenNew] = tf.split(fromHidden, [2 * size, size], 1);
    const [reset, update] = tf.split(tf.sigmoid(tf.add(inputGates, hiddenGates)), 2, 1);
    const proposal = tf.tanh(tf.add(inputNew, tf.mul(reset, hiddenNew)));
    const hidden = tf.add(proposal, tf.mul(update, tf.sub(last, proposal)));
    return { states: [hidden], saved: [reset, update, proposal, hiddenNew] };
  },
  stepBack([gradHidden], [reset, update, proposal, hiddenNew], [last]) {
    const kept = tf.mul(gradHidden, update);
    const gradNew = tf.mul(tf.sub(gradHidden, kept), tf.sub(1, tf.square(proposal)));
    const gradUpdate = tf.mul(tf.mul(kept, tf.sub(last, proposal)), tf.sub(1, update));
    const gradReset = tf.mul(tf.mul(gradNew, hiddenNew), tf.mul(reset, tf.sub(1, reset)));
    return {
      fromInput: tf.concat([gradReset, gradUpdate, gradNew], 1),
      fromHidden: tf.concat([gradReset, gradUpdate, tf.mul(gradNew, reset)], 1),
      states: [kept],
    };
  },
};
